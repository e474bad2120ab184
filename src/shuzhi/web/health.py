"""What must be in order beside the kernel's own health: the worker, the schema, built files."""

from collections.abc import Iterator

from django.contrib.staticfiles.finders import find
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from shuzhi.kernel.health import Check, health

from .heartbeat import alive


def database_answers() -> bool:
    """Tell whether the database can be read."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _worker() -> Check:
    words = _("正在运行") if alive() else _("没有运行，请用 shuzhi serve 启动")
    return Check(_("后台服务"), alive(), words)


def _schema() -> Check:
    executor = MigrationExecutor(connection)
    left = executor.migration_plan(executor.loader.graph.leaf_nodes())
    words = _("请运行 shuzhi migrate") if left else _("已是最新")
    return Check(_("数据库版本"), not left, words)


def _assets() -> Check:
    built = bool(find("vendor/tabler/tabler.min.css"))
    words = _("齐全") if built else _("缺少页面样式，请运行 make setup")
    return Check(_("页面文件"), built, words)


def troubles() -> Iterator[Check]:
    """Yield what a running site's administrator must look at."""
    yield from (check for check in (_worker(), *health()) if not check.well)


def everything() -> Iterator[Check]:
    """Yield all that was looked at; where the schema is old, the rest cannot be asked."""
    yield _assets()
    yield _worker()
    if not database_answers():
        yield Check(_("数据库"), well=False, words=_("没有应答，请查看数据库服务和磁盘"))
        return
    yield (schema := _schema())
    if schema.well:
        yield from health()
