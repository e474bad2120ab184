"""Whether the site is well: what a system administrator sees, and what must be done."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.language import listed

from .calendar import missing_years
from .models import AuditEvent, Job, JobState, LogState

GIB = 1024**3
LOW_DISK = 2 * GIB
SLOW = timedelta(minutes=2)  # a healthy worker takes seconds
AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Check:
    """One thing looked at: its name, whether it is well, and in words what was found."""

    name: str | Promise
    well: bool
    words: str


def _database() -> Check:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Check(_("数据库"), well=True, words=connection.vendor)


def _queue() -> Check:
    since = timezone.now() - SLOW
    stuck = Job.objects.filter(state=JobState.WAITING, touched_at__lt=since).count()
    if stuck:
        words = gettext("有 %(count)d 项任务久未办理，请看后台服务是否在运行") % {"count": stuck}
    else:
        words = gettext("没有积压")
    return Check(_("后台任务"), not stuck, words)


def _log() -> Check:
    late = AuditEvent.objects.filter(position=None, at__lt=timezone.now() - SLOW).count()
    if late:
        words = gettext("有 %(count)d 条记录久未编入存证，请看后台服务是否在运行") % {"count": late}
        return Check(_("存证日志"), well=False, words=words)
    state = LogState.objects.filter(pk=1).first()
    words = gettext("已编入 %(count)d 条记录") % {"count": state.size if state else 0}
    return Check(_("存证日志"), well=True, words=words)


def _calendar() -> Check:
    today = timezone.localdate()
    missing = missing_years(today, today + AHEAD)
    if missing:
        years = listed(missing)
        words = gettext("%(years)s 年的放假安排还没有录入，期限会按周一至周五计算") % {
            "years": years
        }
    else:
        words = gettext("近期的放假安排都已录入")
    return Check(_("工作日历"), not missing, words)


def _disk() -> Check:
    folder = Path(settings.VAR)
    free = shutil.disk_usage(folder if folder.exists() else folder.parent).free
    words = gettext("剩余 %(free).1f GB") % {"free": free / GIB}
    return Check(_("磁盘"), free > LOW_DISK, words)


def _keys() -> Check:
    folder = Path(settings.KEYS_ROOT)
    private = not folder.exists() or not folder.stat().st_mode & 0o077
    mine = not folder.exists() or os.access(folder, os.W_OK)
    if private and mine:
        return Check(_("密钥"), well=True, words=gettext("只有服务账号能读取"))
    return Check(_("密钥"), well=False, words=gettext("密钥文件夹的权限应为 0700，且属于服务账号"))


_rooms: list[Callable[[], Check]] = []


def register_check(check: Callable[[], Check]) -> None:
    """Let a room say whether something of its own is well."""
    if check not in _rooms:
        _rooms.append(check)


def health() -> Iterator[Check]:
    """Yield what was found, in a fixed order; what rooms look after comes last."""
    for check in (_database, _queue, _log, _calendar, _disk, _keys, *_rooms):
        yield check()
