"""The list of schemes, and that of figures with their origin."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.tables import Column, Empty, Filter, Table, Tone, state_column

from .enums import SchemeState
from .figures import shown
from .models import Review
from .queries.scheme import scheme_of

TONES = {
    SchemeState.DRAFT: Tone.GOING,
    SchemeState.PUBLISHED: Tone.DONE,
    SchemeState.WITHDRAWN: Tone.PLAIN,
}


def _url(row: Any) -> str:
    return reverse("appraisal:scheme-editor", args=[row.public_id])


SCHEMES = Table(
    name="schemes",
    title=_("考核方案"),
    columns=(
        Column("title", _("方案"), sort="title", link=_url),
        Column("version", _("版本"), sort="version", numeric=True),
        Column("unit", _("制定单位"), value="unit.name", sort="unit__path"),
        Column("basis", _("依据")),
        Column("changed_at", _("修改时间"), sort="changed_at"),
        state_column(TONES),
    ),
    search=("title", "unit__name"),
    filters=(Filter("state", _("状态"), SchemeState.choices),),
    default_sort="-changed_at",
    empty=Empty(
        _("还没有自己的考核方案。可以抄上年的、抄制度库里的，边改边看按上年数据会怎样。"),
        _("起草考核方案"),
        lambda: reverse("appraisal:scheme-create"),
    ),
)


def figure_sources(review: Review) -> Table:
    """Return the list of a review's figures: items bear the names that its scheme gives them."""
    titles = scheme_of(review).titles
    return Table(
        name="review-figure-sources",
        title=_("数据来源"),
        columns=(
            Column("unit", _("单位"), value="entrant.unit.short_name", sort="entrant__unit__path"),
            Column(
                "indicator",
                _("指标"),
                value=lambda row: titles.get(row.indicator, row.indicator),
                sort="indicator",
            ),
            Column("value", _("计分用的数值"), value=lambda row: shown(row.value), numeric=True),
            Column("source", _("原始填写")),
            Column("note", _("说明")),
            Column("by", _("确认人"), value="entered_by.name", sort="entered_by__name"),
            Column("at", _("确认时间"), value="entered_at", sort="entered_at"),
        ),
        search=("entrant__unit__name", "note"),
        filters=(Filter("indicator", _("指标"), list(titles.items())),),
        default_sort="unit",
        empty=Empty(_("还没有数据。可以逐格填写、从 Excel 导入，或从业务数据取数。")),
        per_page=60,
    )
