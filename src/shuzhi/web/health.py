"""What must be in order for people to work: asked by `/healthz`, `shuzhi check` and the page."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.calendar import missing_years

from .heartbeat import alive

GIB = 1024**3
LEAST_FREE = 1 * GIB
OTHERS = 0o077  # the permission bits of everybody but the owner


@dataclass(frozen=True)
class Finding:
    """One thing that is in order, or what to do where it is not."""

    name: str
    title: str | Promise
    good: bool
    advice: str | Promise = ""


def database_answers() -> bool:
    """Tell whether the database can be read."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _enough_room() -> bool:
    return shutil.disk_usage(settings.VAR).free > LEAST_FREE


def _keys_are_private() -> bool:
    folder = Path(settings.KEYS_ROOT)
    return not folder.exists() or not folder.stat().st_mode & OTHERS


def _calendar_reaches() -> bool:
    today = timezone.localdate()
    return not missing_years(today, today)


def _built() -> bool:
    return bool(find("vendor/tabler/tabler.min.css"))


CHECKS: tuple[tuple[str, Promise, Callable[[], bool], Promise], ...] = (
    ("database", _("数据库"), database_answers, _("数据库没有应答,请查看数据库服务和磁盘。")),
    ("migrations", _("数据库版本"), _migrated, _("请运行 shuzhi migrate。")),
    ("worker", _("后台任务"), alive, _("后台任务没有运行,请用 shuzhi serve 启动。")),
    ("disk", _("磁盘空间"), _enough_room, _("剩余空间不足 1 GB,请清理磁盘。")),
    ("keys", _("密钥目录"), _keys_are_private, _("密钥目录可被他人读取,请把权限改为 700。")),
    ("calendar", _("工作日历"), _calendar_reaches, _("缺少今年的放假安排,请在工作日历中补录。")),
    ("assets", _("页面文件"), _built, _("缺少页面样式文件,请运行 make setup。")),
)


def findings(*, quick: bool = False) -> Iterator[Finding]:
    """Check everything; `quick` leaves out what takes a tenth of a second.

    Without a database only what needs none is checked.
    """
    skipped = {"migrations"} if quick else set()
    skipped |= set() if database_answers() else {"migrations", "calendar"}
    for name, title, check, advice in CHECKS:
        if name not in skipped:
            yield Finding(name, title, good := check(), "" if good else advice)
