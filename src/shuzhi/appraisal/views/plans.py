"""Set a review up and adjust it: plan, scheme, who reports."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.appraisal.enums import Exemption, ReviewState
from shuzhi.appraisal.forms.entrants import DrawForm, ExemptForm
from shuzhi.appraisal.forms.plan import PlanForm
from shuzhi.appraisal.models import Entrant, Review
from shuzhi.appraisal.plans import initial_of, plan_choices, template_plan
from shuzhi.appraisal.queries.scheme import scheme_faults, scheme_of
from shuzhi.appraisal.queries.schemes import draft_of, published
from shuzhi.appraisal.services import entrants as reporters
from shuzhi.appraisal.services import preparing
from shuzhi.kernel.access import allows
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, act_on_form, answers_refusals
from shuzhi.kernel.scope import chosen_year
from shuzhi.kernel.typed import whole
from shuzhi.registry import queries as registry

from .loading import MANAGE, load_entrant, load_review, rights

BEFORE = (ReviewState.PREPARING, ReviewState.REPORTING)


def _home_unit(request: ActorRequest) -> Any:
    if not request.actor.has(MANAGE):
        raise PermissionDenied
    unit = registry.unit_at(request.actor.home_path)
    if not allows(request.actor, MANAGE, Review(unit=unit)):
        raise PermissionDenied
    return unit


@answers_refusals
def create(request: ActorRequest) -> HttpResponse:
    """Prepare this year's review of the units below the actor's own."""
    unit, year = _home_unit(request), chosen_year(request)
    initial, choices = template_plan(unit, year)
    form = PlanForm(request.POST or None, initial=initial, **choices)
    return act_on_form(
        request,
        form,
        lambda _data: preparing.prepare_review(
            actor=request.actor, unit=unit, year=year, plan=form.plan()
        ),
        template="appraisal/plan.html",
        done=_("年度述职评议已经建立。请核对述职单位和准备情况。"),
        to=lambda review: reverse("appraisal:detail", args=[review.public_id]),
    )


def plan(request: ActorRequest, review: str) -> HttpResponse:
    """Adjust time, place, form, categories and quotas."""
    found = load_review(request, review, MANAGE)
    form = PlanForm(request.POST or None, initial=initial_of(found), **plan_choices(found))
    return act_on_form(
        request,
        form,
        lambda data: preparing.adjust_review(
            found, form.plan(), actor=request.actor, seen=data["seen"]
        ),
        template="appraisal/plan.html",
        done=_("评议方案已更新，测评表、会议和考核方案一并作了调整。"),
        to=reverse("appraisal:detail", args=[review]),
        review=found,
    )


def scheme(request: ActorRequest, review: str) -> HttpResponse:
    """Show the frozen scheme in words and as text, with what the engine finds wrong."""
    found = load_review(request, review)
    faults = scheme_faults(found)
    context = {
        "review": found,
        "faults": faults,
        "scheme": None if faults else scheme_of(found),
        "editable": found.state in BEFORE,
        "version": draft_of(found),
        "versions": published(found.unit),
    }
    return render(request, "appraisal/scheme.html", context | rights(request, found))


@require_POST
def scheme_save(request: ActorRequest, review: str) -> HttpResponse:
    """Put another scheme text in place."""
    found = load_review(request, review, MANAGE)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    return act(
        request,
        lambda: preparing.replace_scheme(found, text, actor=request.actor),
        done=_("考核方案已保存。"),
        to=reverse("appraisal:scheme", args=[review]),
    )


def entrants(request: ActorRequest, review: str) -> HttpResponse:
    """Show who reports, in which order, and what each is spared."""
    found = load_review(request, review, MANAGE)
    rows = list(found.entrants.select_related("unit", "person"))
    chosen = {row.unit_id for row in rows}
    context = {
        "review": found,
        "entrants": rows,
        "below": [(unit, unit.pk in chosen) for unit in registry.children(found.unit)],
        "draw_form": DrawForm(initial={"seed": timezone.localdate().strftime("%Y%m%d")}),
        "editable": found.state in BEFORE,
        "exemptions": Exemption.choices,
    }
    return render(request, "appraisal/entrants.html", context)


@require_POST
def choose(request: ActorRequest, review: str) -> HttpResponse:
    """Say which of the units below report; their secretaries come from the registry."""
    found = load_review(request, review, MANAGE)
    codes = request.POST.getlist("units")
    return act(
        request,
        lambda: reporters.choose_units(found, codes, actor=request.actor),
        done=lambda rows: _("述职单位已更新，共 %(count)d 个。") % {"count": len(rows)},
        to=reverse("appraisal:entrants", args=[review]),
    )


@require_POST
def order(request: ActorRequest, review: str) -> HttpResponse:
    """Fix the order as the numbers on the page say."""
    found = load_review(request, review, MANAGE)
    typed = {code: whole(str(number)) for code, number in request.POST.items()}
    places = {code: place for code, place in typed.items() if place is not None}
    codes = sorted(places, key=lambda code: places[code])
    return act(
        request,
        lambda: reporters.order_entrants(found, codes, actor=request.actor),
        done=_("述职顺序已固定。"),
        to=reverse("appraisal:entrants", args=[review]),
    )


@require_POST
def draw(request: ActorRequest, review: str) -> HttpResponse:
    """Draw the order by lot."""
    found = load_review(request, review, MANAGE)
    seed = request.POST.get("seed", "")
    return act(
        request,
        lambda: reporters.draw_entrants(found, seed, actor=request.actor),
        done=_("已按口令“%(seed)s”抽签排定述职顺序。") % {"seed": seed},
        to=reverse("appraisal:entrants", args=[review]),
    )


def exempt(request: ActorRequest, review: str, entrant: str) -> HttpResponse:
    """Say what a reporter is spared."""
    found = load_review(request, review, MANAGE)
    who: Entrant = load_entrant(request, found, entrant)
    form = ExemptForm(
        request.POST or None,
        initial={"exemption": who.exemption, "reason": who.exemption_reason},
    )
    return act_on_form(
        request,
        form,
        lambda data: reporters.exempt_entrant(
            who, Exemption(data["exemption"]), data["reason"], actor=request.actor
        ),
        template="appraisal/exempt.html",
        done=_("%(unit)s的参加方式已更新。") % {"unit": who.unit.name},
        to=reverse("appraisal:entrants", args=[review]),
        review=found,
        entrant=who,
    )
