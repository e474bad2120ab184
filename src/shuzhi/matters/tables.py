"""Lists of the matters room."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuzhi.kernel.access import Actor
from shuzhi.kernel.access.rule import EVERYTHING
from shuzhi.kernel.language import listed
from shuzhi.kernel.tables import Badge, Column, Empty, Filter, Table, Tone
from shuzhi.kernel.typed import whole
from shuzhi.kernel.worklist import countdown
from shuzhi.registry.queries import name_in_reach

from .enums import StateKind
from .models import Matter
from .queries.beside import story_url
from .queries.county import BEHIND, Figure
from .queries.listing import (
    SOON,
    TONES,
    View,
    kind_words,
    kinds,
    looked_at,
    state_label,
    stood,
    turn_names,
)
from .yearly import At, Year

FIGURES = {
    Figure.OVERDUE: _("逾期未办结"),
    Figure.OPEN: _("未办结"),
    Figure.TOTAL: _("件数"),
    Figure.DONE: _("办结数"),
    Figure.DONE_RATE: _("办结率"),
    Figure.ON_TIME: _("按期率"),
    Figure.REOPENED: _("重新打开率"),
}
VIEWS = {
    View.MINE: _("轮到我办"),
    View.OTHERS: _("等待他人办理"),
    View.OVERDUE: _("已经逾期"),
    View.TODAY: _("今天到期"),
    View.WEEK: _("本周到期"),
    View.OPEN: _("全部未办结"),
    View.ENDED: _("已经办结"),
}


def state_badge(row: Matter) -> Badge:
    """Return where a matter stands."""
    return Badge(str(row.state), Tone(TONES[StateKind(row.state.kind)]))


def due_badge(due: date | None, today: date | None = None) -> Badge | None:
    """Return a countdown: green while there is time, amber from three days, red when over."""
    if due is None:
        return None
    today = today or timezone.localdate()
    left = (due - today).days
    tone = Tone.LATE if left < 0 else Tone.WARN if left <= SOON else Tone.CALM
    return Badge(f"{countdown(due, today)} · {due:%m-%d}", tone)


def _due(row: Matter) -> Badge | None:
    if row.ended:
        return Badge(_("超期办结"), Tone.WARN) if row.late else None
    return due_badge(row.due)


def _picked(row: Matter) -> SafeString:
    """Return the title with a box to tick, for doing something with many at once."""
    return format_html(
        '<input class="form-check-input matter-pick" type="checkbox" name="pick" value="{}"'
        ' form="bulk" aria-label="{}"> <a href="{}">{}</a>',
        row.public_id,
        row.title,
        story_url(row),
        row.title,
    )


def _turn(row: Matter) -> str:
    urged = _("%(day)s 催办") % {"day": f"{row.urged_on:%m-%d}"} if row.urged_on else ""
    return " · ".join(filter(None, (listed(turn_names(row)), urged)))


TITLE = Column("title", pgettext_lazy("督办", "事项"), sort="title", link=story_url)
PICKED = Column("title", pgettext_lazy("督办", "事项"), value=_picked, sort="title")
COLUMNS = (
    Column("kind", _("种类"), value=lambda row: capfirst(kind_words(row)), sort="mechanism"),
    Column("unit", _("单位"), value="unit.short_name", sort="unit__path"),
    Column("state", _("办到哪一步"), value="state", sort="state__kind", badge=state_badge),
    Column("turn", _("现在轮到"), value=_turn),
    Column("due", _("期限"), value="due", sort="due", badge=_due),
    Column("number", _("编号"), sort="number", whole=True),
)


def matter_table(
    actor: Actor, years: Iterable[int], asked: Mapping[str, str], *, picked: bool = False
) -> Table:
    """Return the list as `actor` may narrow it; with boxes to tick if something may be picked.

    `asked` is the address's query: where a unit or a state narrows it, that can be taken off.
    """
    today = timezone.localdate()
    year = _year(asked)

    def by_view(rows: Any, value: str) -> Any:
        return rows.filter(looked_at(value, actor, today))

    def by_year(rows: Any, _value: str) -> Any:
        return rows if year is None else rows.filter(year.holds())

    return Table(
        name="matters",
        title=_("事项督办"),
        columns=(PICKED if picked else TITLE, *COLUMNS, *_left_behind(year)),
        search=("title", "number", "unit__name"),
        filters=(
            Filter("view", _("看哪些"), list(VIEWS.items()), by_view),
            Filter("kind", _("种类"), kinds, "mechanism"),
            Filter("year", _("年度"), [(str(year), str(year)) for year in years], by_year),
            *_narrowed(actor, asked, year),
        ),
        default_sort="due",
        empty=Empty(
            _("这里列出交给您办、由您交办和您负责督办的事项：谁的事、办到哪一步、还有几天。"),
            _("新立一件事项"),
            lambda: reverse("matters:new"),
        ),
    )


def _year(asked: Mapping[str, str]) -> Year | None:
    """Return the year that is asked for; an odd value is none."""
    number = whole(asked.get("f_year", ""))
    return None if number is None else Year(number)


def _left_behind(year: Year | None) -> Iterator[Column]:
    """Yield the column that a year's list needs once matters have been carried out of it.

    The other columns show them as they stand today; this one says how that year left them.
    """
    if year is not None and year.was_left:
        yield Column("left", _("年度封存时"), value=lambda row: stood(row, year.number))


def _narrowed(actor: Actor, asked: Mapping[str, str], year: Year | None) -> Iterator[Filter]:
    """Yield the filters that only links set: units, one state, a figure, what was sent at once."""
    at = At([asked.get("f_unit", "")], alone="f_alone" in asked)
    if path := asked.get("f_unit"):
        stands = at.meant() if year is None else year.holds(at)
        name = name_in_reach(actor, path) or _("管辖范围以外的单位")
        yield _known("unit", _("单位"), (path, name), stands)
    if at.alone:
        yield _known("alone", _("范围"), ("1", _("只看本级")), EVERYTHING)
    if key := asked.get("f_key"):
        label = state_label(asked.get("f_kind", ""), key)
        yield Filter("key", _("办到哪一步"), [(key, label)], by_state)
    if (key := asked.get("f_figure")) and year is not None:
        figure = Figure(key) if key in list(Figure) else None
        meant = year.counts(BEHIND[figure] if figure else ("total",), at)
        words = {"year": str(year.number), "figure": FIGURES[figure] if figure else _("件数")}
        label = _("%(year)s 年度计数：%(figure)s") % words
        yield _known("figure", _("计数"), (key, label), meant)
    if key := asked.get("f_dispatch"):
        yield Filter("dispatch", _("批次"), [(key, _("同一批交办的"))], "dispatch")


def _known(key: str, label: Any, choice: tuple[str, Any], meant: Q) -> Filter:
    """Return a filter with one choice, of which it is known which rows it means."""
    return Filter(key, label, [choice], lambda rows, _value: rows.filter(meant))


def by_state(rows: Any, value: str) -> Any:
    """Keep those that stand in a state, as the board's lanes do: in parts what is shared out."""
    return rows.filter(state__key=value, split=False)


def list_address(**asked: str | int) -> str:
    """Return the list narrowed by its filters (view, kind, year, unit, key, figure, dispatch)."""
    filters = {f"f_{key}": value for key, value in asked.items() if value}
    return f"{reverse('matters:list')}?{urlencode(filters)}"
