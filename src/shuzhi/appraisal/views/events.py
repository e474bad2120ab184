"""What is entered beside the figures, and taken back: bonuses and deductions, vetoes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from shuzhi.appraisal.forms.figures import HappeningForm, VetoForm
from shuzhi.appraisal.models import Entrant, Happening, Veto
from shuzhi.appraisal.policy import require_sound
from shuzhi.appraisal.queries.scheme import scheme_of
from shuzhi.appraisal.services import figures
from shuzhi.kernel.access import Actor
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, act_on_form, answers_refusals

from .loading import MANAGE, load_entrant, load_review


@dataclass(frozen=True)
class Event:
    """A kind of event: its form, how it is entered and taken back, and what is said then."""

    heading: Promise
    form: type[Any]
    model: type[Any]
    add: Callable[[Entrant, dict[str, Any], Actor], Any]
    added: Callable[[Any], str]
    remove: Callable[..., Any]
    removed: Promise


def _add_happening(entrant: Entrant, data: dict[str, Any], actor: Actor) -> Happening:
    facts = (data["indicator"], data["points"], data["reason"])
    return figures.add_happening(entrant, *facts, key=data["key"], actor=actor)


def _points(row: Happening) -> str:
    words = {"unit": row.entrant.unit.name, "points": f"{row.points.normalize():+f}"}
    return _("已为%(unit)s登记 %(points)s 分。") % words


def _add_veto(entrant: Entrant, data: dict[str, Any], actor: Actor) -> Veto:
    return figures.add_veto(entrant, data["veto"], data["basis"], actor=actor)


def _vetoed(row: Veto) -> str:
    return _("已登记对%(unit)s的一票否决。") % {"unit": row.entrant.unit.name}


EVENTS = {
    "happening": Event(
        _("登记加减分事项"),
        HappeningForm,
        Happening,
        _add_happening,
        _points,
        figures.remove_happening,
        _("已撤销这一事项，记录里仍可查到。"),
    ),
    "veto": Event(
        _("登记一票否决"),
        VetoForm,
        Veto,
        _add_veto,
        _vetoed,
        figures.remove_veto,
        _("已撤销这一否决，记录里仍可查到。"),
    ),
}


@answers_refusals
def add(request: ActorRequest, review: str, kind: str) -> HttpResponse:
    """Record an event of a unit."""
    found, event = load_review(request, review, MANAGE), EVENTS[kind]
    require_sound(found)
    entrants = found.entrants.select_related("unit")
    form = event.form(request.POST or None, entrants=entrants, scheme=scheme_of(found))
    back = reverse("appraisal:figures", args=[review])
    return act_on_form(
        request,
        form,
        lambda data: event.add(load_entrant(request, found, data["entrant"]), data, request.actor),
        template="appraisal/form.html",
        done=event.added,
        to=back,
        review=found,
        heading=event.heading,
        back=back,
    )


@require_POST
def remove(request: ActorRequest, review: str, kind: str, **key: int) -> HttpResponse:
    """Take an event back; its key is named as its kind. The record of it stays in the log."""
    found, known = load_review(request, review, MANAGE), EVENTS[kind]
    rows = known.model.objects.select_related("entrant__review__unit").filter(entrant__review=found)
    row = get_object_or_404(rows, pk=key[kind])
    return act(
        request,
        lambda: known.remove(row, actor=request.actor),
        done=known.removed,
        to=reverse("appraisal:figures", args=[review]),
    )
