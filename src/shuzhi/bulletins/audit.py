"""The audit events of a bulletin, with their words."""

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.audit import EventKind

EVENTS = (
    EventKind("bulletin.begin", _("起草通报")),
    EventKind("bulletin.edit", _("修改通报草稿")),
    EventKind("bulletin.offer", _("拟稿送审")),
    EventKind("bulletin.check", _("审核通报")),
    EventKind("bulletin.return", _("退回拟稿人")),
    EventKind("bulletin.issue", _("签发通报")),
    EventKind("bulletin.withdraw", _("撤回通报")),
    EventKind("bulletin.discard", _("作废通报草稿")),
    EventKind("bulletin.filed", _("通报文件存档")),
    EventKind("bulletin.seal", _("上传盖章件")),
    EventKind("bulletin.papers", _("下载会议材料")),
)
