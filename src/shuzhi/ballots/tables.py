"""The list of polls."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.tables import Column, Empty, Filter, Table, Tone, badge_of, state_column

from .enums import PollState
from .models import Poll

TONES = {
    PollState.DRAFT: Tone.WAITING,
    PollState.OPEN: Tone.GOING,
    PollState.CLOSED: Tone.WARN,
    PollState.SEALED: Tone.DONE,
    PollState.ANNULLED: Tone.PLAIN,
}
state_badge = badge_of(TONES)


def _opened(poll: Poll) -> str:
    return timezone.localtime(poll.opened_at).strftime("%Y-%m-%d %H:%M") if poll.opened_at else ""


POLLS = Table(
    name="polls",
    title=_("测评"),
    columns=(
        Column(
            "title",
            _("名称"),
            sort="title",
            link=lambda poll: reverse("ballots:poll", args=[poll.public_id]),
        ),
        Column("unit", _("组织单位"), value="unit.name", sort="unit__path"),
        state_column(TONES),
        Column("opened", _("开始时间"), value=_opened, sort="opened_at"),
    ),
    search=("title", "unit__name"),
    filters=(Filter("state", _("状态"), PollState.choices),),
    empty=Empty(_("这里会列出每次无记名测评。测评通常随年度评议一起建立，也可以单独建立。")),
)
