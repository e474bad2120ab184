"""The command line: help in two languages, exit codes, and what it does not import."""

import subprocess
import sys
from textwrap import dedent

import pytest

from shuzhi.web import cli


@pytest.fixture(autouse=True)
def no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({"LANG": "en_GB.UTF-8"}, "run the server"),
        ({"LANG": "zh_CN.UTF-8"}, "启动服务"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "启动服务"),
        ({}, "run the server"),
    ],
)
def test_help_speaks_the_language_of_the_terminal(
    environment: dict[str, str],
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cli.main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert line in shown
    assert "worker" not in shown, "what serve starts is not a person's command"


def test_nothing_asked_shows_the_commands_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == cli.USAGE
    assert "serve" in capsys.readouterr().out


def test_an_unknown_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["dance"]) == cli.USAGE
    assert "'dance'" in capsys.readouterr().err


def test_every_command_offered_can_be_imported() -> None:
    for command in cli.commands():
        assert command.chinese
        assert command.english


def test_counting_again_needs_no_django() -> None:
    code = """
        import sys
        from shuzhi.web import cli
        try:
            cli.main(["score", "--help"])
        except SystemExit:
            pass
        print("django" in sys.modules)
    """
    command = [sys.executable, "-c", dedent(code)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.splitlines()[-1] == "False"
