"""Lists of the meetings room."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.tables import Column, Empty, Filter, Table, Tone, badge_of, state_column

from .enums import GatheringState, Presence

STATE_TONES = {
    GatheringState.PREPARING: Tone.WAITING,
    GatheringState.OPEN: Tone.GOING,
    GatheringState.CLOSED: Tone.DONE,
}
PRESENCE_TONES = {
    Presence.EXPECTED: Tone.WAITING,
    Presence.PRESENT: Tone.DONE,
    Presence.SUBSTITUTE: Tone.WARN,
    Presence.EXCUSED: Tone.PLAIN,
}


GATHERINGS = Table(
    name="gatherings",
    title=_("会议"),
    columns=(
        Column(
            "title",
            _("会议"),
            sort="title",
            link=lambda row: reverse("gatherings:detail", args=[row.public_id]),
        ),
        Column("unit", _("单位"), value="unit.name", sort="unit__path"),
        Column("starts_at", _("开会时间"), sort="starts_at"),
        Column("place", _("地点")),
        state_column(STATE_TONES),
    ),
    search=("title", "place", "host", "unit__name"),
    filters=(Filter("state", _("状态"), GatheringState.choices),),
    default_sort="-starts_at",
    empty=Empty(_("还没有会议。从“年度述职评议”里建立的会议会出现在这里。")),
)

ROLL = Table(
    name="gathering-roll",
    title=_("参会名单"),
    columns=(
        Column("name", _("姓名"), sort="name"),
        Column(
            "category",
            _("类别"),
            value=lambda row: row.gathering.category_title(row.category),
            sort="category",
        ),
        Column("unit_name", _("单位"), sort="unit_name"),
        Column("post", _("职务")),
        Column(
            "presence",
            _("到会情况"),
            value="get_presence_display",
            sort="presence",
            badge=badge_of(PRESENCE_TONES, "presence"),
        ),
        Column("substitute", _("替会人")),
    ),
    search=("name", "unit_name", "post"),
    filters=(Filter("presence", _("到会情况"), Presence.choices),),
    default_sort="category",
    empty=Empty(_("名单还是空的。可以下载表格填好再上传，也可以在下面逐个添加。")),
)
