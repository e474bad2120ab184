"""The command line: one table of commands, each imported only when it is called.

`shuzhi score` counts a published result again anywhere, so nothing here may import Django.
"""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from shuzhi import __version__
from shuzhi.engine.say import speaks_chinese

PACKAGE = Path(__file__).resolve().parent.parent
Main = Callable[[Sequence[str]], int]
USAGE, FAILED, INTERRUPTED = 2, 1, 130


@dataclass(frozen=True)
class Command:
    """A command: where its `main(arguments)` is, and one line in both languages."""

    name: str
    module: str
    chinese: str
    english: str
    django: bool = True
    hidden: bool = False


_OURS = "shuzhi.web.commands"
COMMANDS = (
    Command("serve", "shuzhi.web.serve.command", "启动服务", "run the server", django=False),
    Command("demo", f"{_OURS}.demo", "建立示范县", "build the demo county"),
    Command("check", f"{_OURS}.check", "检查运行条件", "check what the product needs to run"),
    Command("score", "shuzhi.engine.cli", "重新计分", "count a result again", django=False),
    Command(
        "tally", "shuzhi.engine.tally.cli", "选举计票", "count an election again", django=False
    ),
    Command("log", "shuzhi.kernel.audit.cli", "核验存证日志", "verify the proof log"),
    Command("measures", "shuzhi.registry.cli_measures", "查看指标", "print measures"),
    Command("import", "shuzhi.registry.cli_import", "导入表格", "import a workbook"),
    Command("export", "shuzhi.registry.cli_export", "导出表格", "export a workbook"),
    Command("catalogue", "shuzhi.catalogue.cli", "制度库", "list and check mechanisms"),
    Command("backup", "shuzhi.kernel.backup.cli", "备份", "write a backup, without keys"),
    Command("restore", "shuzhi.kernel.backup.restore_cli", "恢复备份", "restore a backup"),
    Command("migrate", f"{_OURS}.prepare", "更新数据库", "bring the database up to date"),
    Command("worker", f"{_OURS}.worker", "后台任务", "run background tasks", hidden=True),
)


def _exists(command: Command) -> bool:
    # Looked up as a file: asking the import system would import the packages above it.
    return (PACKAGE.parent / command.module.replace(".", "/")).with_suffix(".py").exists()


def commands() -> list[Command]:
    """Return the commands that this installation has."""
    return [command for command in COMMANDS if _exists(command)]


def _help() -> str:
    chinese = speaks_chinese()
    head = "用法:shuzhi 命令 [选项]" if chinese else "usage: shuzhi COMMAND [options]"
    more = (
        "每个命令加 --help 可看选项。" if chinese else "Each command explains itself with --help."
    )
    lines = [
        f"  {command.name:<10} {command.chinese if chinese else command.english}"
        for command in commands()
        if not command.hidden
    ]
    return "\n".join([f"shuzhi {__version__}", head, "", *lines, "", more])


def _unknown(name: str) -> str:
    if speaks_chinese():
        return f"没有“{name}”这个命令。用 shuzhi --help 查看全部命令。"
    return f"There is no command {name!r}. See shuzhi --help."


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuzhi.web.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate("zh-hans" if speaks_chinese() else "en")


def _run(command: Command, arguments: Sequence[str]) -> int:
    if command.django:
        _set_up_django()
    main = cast("Main", import_module(command.module).main)
    try:
        return main(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return FAILED


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 done, 1 refused or failed, 2 wrong usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in {"-h", "--help", "help"}:
        sys.stdout.write(_help() + "\n")
        return 0 if given else USAGE
    if given[0] == "--version":
        sys.stdout.write(f"shuzhi {__version__}\n")
        return 0
    for command in commands():
        if command.name == given[0]:
            return _run(command, given[1:])
    sys.stderr.write(_unknown(given[0]) + "\n")
    return USAGE


if __name__ == "__main__":
    sys.exit(main())
