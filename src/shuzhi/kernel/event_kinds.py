"""The kinds of event that the kernel itself records."""

from django.utils.translation import gettext_lazy as _

from .audit.kinds import EventKind

EVENTS = (
    EventKind("calendar.set", _("修改工作日历")),
    EventKind("calendar.clear", _("恢复工作日历")),
)
