"""Lists of this room."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import ReviewState
from shuzhi.kernel.tables import Column, Empty, Filter, Table, Tone, badge_of, state_column

from .content import number_of
from .enums import BulletinState

TONES = {
    BulletinState.WRITING: Tone.GOING,
    BulletinState.DRAFTED: Tone.WAITING,
    BulletinState.CHECKED: Tone.WAITING,
    BulletinState.ISSUED: Tone.DONE,
    BulletinState.WITHDRAWN: Tone.WARN,
    BulletinState.DISCARDED: Tone.PLAIN,
}
state_of = badge_of(TONES)
STATES = [choice for choice in BulletinState.choices if choice[0] != BulletinState.DISCARDED]


BULLETINS = Table(
    name="bulletins",
    title=_("通报"),
    columns=(
        Column(
            "title",
            _("标题"),
            sort="title",
            link=lambda row: reverse("bulletins:detail", args=[row.public_id]),
        ),
        Column("number", _("发文字号"), value=number_of, sort="number"),
        Column("unit", _("单位"), value="unit.name", sort="unit__path"),
        Column("year", _("评议年度"), value="review.year", sort="review__year", numeric=True),
        Column("issued_at", _("印发时间"), sort="issued_at"),
        state_column(TONES),
    ),
    search=("title", "unit__name"),
    filters=(Filter("state", _("状态"), STATES),),
    empty=Empty(_("还没有通报。考核结果批准公布并印发通报后，会出现在这里。")),
)
MEETINGS = Table(
    name="meeting-papers",
    title=_("会议材料"),
    columns=(
        Column(
            "title",
            _("年度述职评议"),
            sort="title",
            link=lambda row: reverse("bulletins:meeting", args=[row.public_id]),
        ),
        Column("unit", _("单位"), value="unit.name", sort="unit__path"),
        Column("year", _("年度"), sort="year", numeric=True),
        Column("meets_on", _("会议日期"), sort="gathering__starts_at"),
        Column("state", _("状态"), value="get_state_display", sort="state"),
    ),
    search=("title", "unit__name"),
    filters=(Filter("state", _("状态"), ReviewState.choices),),
    default_sort="-year",
    empty=Empty(_("还没有年度述职评议。建立以后，签到表、测评表、汇总表等材料都在这里下载。")),
)
