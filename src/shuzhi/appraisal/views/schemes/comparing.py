"""Two schemes side by side: what changed in words, and who would stand otherwise."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from shuzhi.appraisal.models import Review, SchemeDraft
from shuzhi.appraisal.queries import schemes as queries
from shuzhi.appraisal.schemes.differences import differences
from shuzhi.appraisal.schemes.moves import moves
from shuzhi.appraisal.schemes.naming import named
from shuzhi.appraisal.schemes.trial import try_scheme
from shuzhi.engine.scheme import Faults
from shuzhi.kernel.access import load
from shuzhi.kernel.language import language
from shuzhi.kernel.middleware import ActorRequest

from .loading import load_scheme, rights
from .trying import titles_of


def _others(request: ActorRequest, draft: SchemeDraft) -> list[tuple[str, str]]:
    found = [("last", draft.last.title)] if draft.last else []
    rows = queries.schemes(request.actor).exclude(pk=draft.pk)[:30]
    return found + [
        (row.public_id, f"{row.title} {row.reference.partition('@')[2]}") for row in rows
    ]


def _chosen(
    request: ActorRequest, draft: SchemeDraft, key: str
) -> tuple[str, dict[str, str], dict[str, str]] | None:
    """Return the other text, its own mapping to last year, and the mapping between the two."""
    if key == "last" and draft.last:
        return draft.last.scheme_text, {}, draft.mapping
    if not key or key == "last":
        return None
    other = load(SchemeDraft.objects.all(), request.actor, queries.SEE, public_id=key)
    return other.text, other.mapping, {}


def _context(
    draft: SchemeDraft, last: Review | None, other: tuple[str, dict[str, str], dict[str, str]]
) -> dict[str, Any]:
    text, own, between = other
    try:
        found: dict[str, Any] = {"differences": differences(text, draft.text, between)}
    except Faults as error:
        return {"faults": named(error.faults, draft.text)}
    if last is not None:
        before = try_scheme(text, last, own, language())
        after = try_scheme(draft.text, last, draft.mapping, language())
        found["trial"] = after
        if not before.faults and not after.faults:
            moved = moves(before, after, between, titles_of(text, draft.text))
            found |= {"moves": moved, "shown": None}
    return found


def scheme_compare(request: ActorRequest, scheme: str) -> HttpResponse:
    """Compare with last year's scheme, or with another draft or version."""
    found = load_scheme(request, scheme)
    others = _others(request, found)
    key = request.GET.get("with", others[0][0] if others else "")
    other = _chosen(request, found, key)
    context = {"others": others, "with": key, "last": found.last, **rights(request, found)}
    if other is not None:
        context |= _context(found, found.last, other)
    return render(request, "appraisal/schemes/compare.html", context)
