"""Trials on last year's figures: beside the editor, with a weight changed, between versions."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from shuzhi.appraisal.forms.scheme import points_field
from shuzhi.appraisal.models import Review, SchemeDraft
from shuzhi.appraisal.schemes.moves import Moves, moves
from shuzhi.appraisal.schemes.naming import named
from shuzhi.appraisal.schemes.trial import Trial, as_it_was, try_scheme
from shuzhi.appraisal.schemes.weights import reweighted, weights_of
from shuzhi.appraisal.view import view_of
from shuzhi.engine.scheme import Faults
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.language import language
from shuzhi.kernel.middleware import ActorRequest

from .loading import is_part, load_scheme, rights

SHOWN = 10  # units beside the editor, who moves first; the page of its own shows all


def titles_of(*texts: str) -> dict[str, str]:
    """Return what items are called, an earlier text's names first."""
    return {item: title for text in texts for item, title in view_of(text).titles.items()}


def compared(draft: SchemeDraft, last: Review, text: str) -> tuple[Trial, Moves]:
    """Return the trial of a text, and who moves against last year as it was."""
    after = try_scheme(text, last, draft.mapping, language())
    if after.faults:
        return after, Moves(())
    return after, moves(as_it_was(last), after, draft.mapping, titles_of(last.scheme_text, text))


def scheme_trial(request: ActorRequest, scheme: str) -> HttpResponse:
    """Show how units would have stood last year; a piece of the editor, or a page of its own."""
    found = load_scheme(request, scheme)
    context: dict[str, Any] = {"last": found.last, **rights(request, found)}
    if found.last is not None:
        trial, moved = compared(found, found.last, found.text)
        context |= {"trial": trial, "moves": moved, "shown": SHOWN if is_part(request) else None}
        context |= {"weights": [] if trial.faults else weights_of(found.text)}
    template = "_trial.html" if is_part(request) else "trial.html"
    return render(request, f"appraisal/schemes/{template}", context)


def _chosen(request: ActorRequest) -> tuple[str, Decimal]:
    try:
        points = points_field(min_value=0, required=True).clean(request.GET.get("points", ""))
    except forms.ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from error
    return request.GET.get("weight", ""), Decimal(points)


def _otherwise(request: ActorRequest, draft: SchemeDraft, last: Review) -> dict[str, Any]:
    """Return who would move with the weight that was asked about."""
    item, points = _chosen(request)
    text, changed = reweighted(draft.text, item, points)
    before = try_scheme(draft.text, last, draft.mapping, language())
    after = try_scheme(text, last, draft.mapping, language())
    found: dict[str, Any] = {"trial": after, "changed": changed, "shown": SHOWN}
    if not after.faults and not before.faults:
        found["moves"] = moves(before, after, {}, titles_of(draft.text))
    return found


def scheme_what_if(request: ActorRequest, scheme: str) -> HttpResponse:
    """Show who would move if one item weighed otherwise and its siblings gave way in proportion."""
    found = load_scheme(request, scheme)
    context: dict[str, Any] = {"last": found.last, **rights(request, found)}
    if found.last is not None:
        try:
            context |= _otherwise(request, found, found.last)
        except RefusedError as error:
            context["refused"] = error.message
        except Faults as error:
            context["refused"] = " ".join(named(error.faults, found.text))
    return render(request, "appraisal/schemes/_what_if.html", context)
