"""The work list over all kinds, with counts of each way to look at it."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from shuzhi.kernel.access import Permission
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act
from shuzhi.kernel.scope import years
from shuzhi.kernel.tables import ListState, Table, drop_view, render_list, save_view, views_of
from shuzhi.matters.queries.listing import View, counts, seen, with_left, with_names
from shuzhi.matters.tables import VIEWS, list_address, matter_table

NAME = "matters"


def matter_list(request: ActorRequest) -> HttpResponse:
    """List what the reader may see, what is due first at the top."""
    rows = seen(request.actor)
    sheet = request.GET.get("format") == "xlsx"
    known = sorted(years(request), reverse=True)
    table = matter_table(request.actor, known, request.GET, picked=not sheet)
    return render_list(
        request,
        table,
        with_left(with_names(rows)) if "f_year" in request.GET else with_names(rows),
        template="matters/list.html",
        tabs=_tabs(request, table, rows) if not sheet else (),
        saved=views_of(request.actor, table.name),
        may_open=request.actor.has(Permission.MATTER_OPEN),
    )


def _tabs(request: ActorRequest, table: Table, rows: Any) -> list[dict[str, Any]]:
    """Return the ways to look with how many each holds; the rest of the question stays."""
    state = ListState.of(request, table)
    for term in table.filters:
        if term.key != "view" and term.key in state.filters:
            rows = term.apply(rows, state.filters[term.key])
    held = counts(rows, request.actor, timezone.localdate())
    everything = pgettext("督办", "全部")
    return [
        {
            "label": label,
            "count": held.get(view),
            "url": list_address(**state.filters | {"view": view}),
            "here": view == state.filters.get("view", ""),
            "late": view is View.OVERDUE,
        }
        for view, label in [*VIEWS.items(), ("", everything)]
    ]


@require_POST
def save_filter(request: ActorRequest) -> HttpResponse:
    """Keep the question that the list was asked, under a name."""
    query = request.POST.get("query", "")
    return act(
        request,
        lambda: save_view(
            actor=request.actor, table=NAME, name=request.POST.get("name", ""), query=query
        ),
        done=lambda kept: _("筛选“%(name)s”已保存，只有您自己看得到。") % {"name": kept.name},
        to=lambda kept: f"{reverse('matters:list')}?{kept.query}",
    )


@require_POST
def drop_filter(request: ActorRequest, saved: str) -> HttpResponse:
    """Forget a kept question."""
    return act(
        request,
        lambda: drop_view(actor=request.actor, table=NAME, public_id=saved),
        done=_("筛选已删去。"),
        to=reverse("matters:list"),
    )
