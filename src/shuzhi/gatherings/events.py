"""The words of what the meetings room records."""

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.audit import EventKind

AUDIT = (
    EventKind("gathering.created", _("建立会议")),
    EventKind("gathering.changed", _("修改会议安排")),
    EventKind("gathering.order", _("排定述职次序")),
    EventKind("gathering.called", _("更新参会名单")),
    EventKind("gathering.open", _("宣布开会")),
    EventKind("gathering.close", _("宣布散会")),
    EventKind("gathering.recorded", _("修改会议记录")),
    EventKind("attendee.presence", _("登记到会情况"), personal=frozenset({"substitute"})),
    EventKind("turn.start", _("开始述职")),
    EventKind("turn.pause", _("暂停述职")),
    EventKind("turn.resume", _("继续述职")),
    EventKind("turn.ask", _("进入提问")),
    EventKind("turn.finish", _("述职结束")),
    EventKind("turn.again", _("重新等候")),
)
