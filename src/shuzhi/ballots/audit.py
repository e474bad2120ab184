"""Audit events of a poll. Casting a ballot is none: it would be a time."""

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.audit import EventKind

KINDS = (
    EventKind("poll.created", _("建立测评")),
    EventKind("poll.changed", _("修改测评")),
    EventKind("poll.merged", _("合并评议人员类别")),
    EventKind("poll.cards", _("更新述职人员卡片")),
    EventKind("poll.slips_issued", _("印制测评票")),
    EventKind("poll.slips_cancelled", _("注销测评票")),
    EventKind("poll.paper_issued", _("登记纸质测评票发出数")),
    EventKind("poll.entry_finished", _("录完纸质测评票")),
    EventKind("poll.entry_reopened", _("退回重新录入")),
    EventKind("poll.cell_settled", _("裁定录入差异")),
    EventKind("poll.open", _("开始测评")),
    EventKind("poll.close", _("截止测评")),
    EventKind("poll.seal", _("封存测评")),
    EventKind("poll.box_sealed", _("票箱封存摘要")),
    EventKind("poll.annul", _("作废测评")),
)
