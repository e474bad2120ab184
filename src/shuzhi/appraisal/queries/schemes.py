"""Schemes within reach, what a new one may begin with, and the review's own version."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shuzhi.appraisal.enums import SchemeState
from shuzhi.appraisal.models import Review, SchemeDraft
from shuzhi.catalogue import queries as catalogue
from shuzhi.kernel.access import Actor, Permission, visible
from shuzhi.kernel.typed import whole

if TYPE_CHECKING:
    from shuzhi.registry.models import Unit

SEE = Permission.REVIEW_RESULT


def schemes(actor: Actor) -> QuerySet[SchemeDraft]:
    """Return the schemes that the actor may see, the latest touched first; without their text."""
    rows = SchemeDraft.objects.filter(visible(actor, SEE, SchemeDraft))
    return rows.select_related("unit").defer("text", "envelope", "mapping")


def sources(unit: "Unit") -> list[tuple[str, Any]]:
    """Return what a new scheme of `unit` may begin with: key and words."""
    reviews = Review.objects.filter(unit=unit).order_by("-year").only("public_id", "title")[:3]
    drafts = SchemeDraft.objects.filter(unit=unit).exclude(state=SchemeState.DRAFT)
    found = [
        (f"review:{r.public_id}", _("“%(title)s”用的方案") % {"title": r.title}) for r in reviews
    ]
    found += [
        (
            f"version:{d.public_id}",
            _("“%(title)s”第 %(version)d 版") % {"title": d.title, "version": d.version},
        )
        for d in drafts.order_by("-published_at")[:5]
    ]
    found += [
        (f"catalogue:{row.mechanism}", _("制度库：%(title)s") % {"title": row.called})
        for row in catalogue.of_kind("scheme")
    ]
    return [*found, ("empty", _("从空白开始"))]


def title_for(unit: "Unit", source: str) -> str:
    """Return what a new scheme is probably called."""
    sort, _colon, name = source.partition(":")
    if sort == "version":
        found = SchemeDraft.objects.filter(unit=unit, public_id=name).first()
        return found.title if found else ""
    return _("%(unit)s考核方案") % {"unit": unit.short_name}


def basis_of(draft: SchemeDraft) -> str:
    """Return in words what a scheme began with: a review, or a mechanism and its version."""
    name, at, version = draft.basis.partition("@")
    if not at or (number := whole(version)) is None:
        return draft.basis
    row = catalogue.versions_of(name).filter(version=number).first()
    if row is None:
        return draft.basis
    return _("“%(title)s”第 %(version)d 版") % {"title": row.called, "version": number}


def draft_of(review: Review) -> SchemeDraft | None:
    """Return the published version by which a review is scored, where it is an own one."""
    name, at, version = str(review.templates.get("scheme", "")).partition("@")
    if not at or (number := whole(version)) is None:
        return None
    return SchemeDraft.objects.filter(mechanism=name, version=number).first()


def mapping_of(review: Review) -> dict[str, str]:
    """Return this item → last year's item, where they differ."""
    draft = draft_of(review)
    return draft.mapping if draft else {}


def published(unit: "Unit") -> QuerySet[SchemeDraft]:
    """Return the unit's versions in force."""
    return SchemeDraft.objects.filter(unit=unit, state=SchemeState.PUBLISHED)


def used_by(draft: SchemeDraft) -> list[Review]:
    """Return the reviews that are scored by a version."""
    rows = Review.objects.filter(unit__path__startswith=draft.unit.path)
    if not draft.version:
        return []
    few = rows.only("public_id", "title", "state", "templates")
    return [row for row in few if row.templates.get("scheme") == draft.reference]
