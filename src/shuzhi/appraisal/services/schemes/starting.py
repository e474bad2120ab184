"""Begin a scheme: from the catalogue, from a review, from an own version, or from nothing."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import ReviewState, SchemeState
from shuzhi.appraisal.models import Review, SchemeDraft
from shuzhi.appraisal.schemes.packing import envelope_of, own_name
from shuzhi.catalogue import queries as catalogue
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError, StateError
from shuzhi.kernel.typed import whole
from shuzhi.kernel.writes import verb

if TYPE_CHECKING:
    from shuzhi.registry.models import Unit

EMPTY = """\
scheme: {name}
version: 1
title: {{zh: "{title}"}}
full: 100
indicators:
- id: item-1
  title: 平时考核
  points: 100
  children:
  - id: item-2
    title: 第一项
    points: 100
    rule: {{kind: manual}}
"""


@dataclass(frozen=True)
class Source:
    """What a scheme begins with; `mechanism` is empty where it shall have a name of its own."""

    text: str
    basis: str = ""
    envelope: dict[str, Any] = field(default_factory=dict)
    mechanism: str = ""
    mapping: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of_catalogue(cls, mechanism: str) -> "Source":
        """Begin with a mechanism's version in force."""
        pack = catalogue.mechanism(mechanism)
        if pack is None or pack.envelope.kind != "scheme":
            raise RefusedError(_("制度库里没有这份考核方案。"))
        return cls(pack.body_text, pack.reference, envelope_of(pack))

    @classmethod
    def of_review(cls, review: Review) -> "Source":
        """Begin with the scheme by which a review was scored."""
        reference = str(review.templates.get("scheme", ""))
        name, _at, version = reference.partition("@")
        number = whole(version)
        pack = None if number is None else catalogue.mechanism(name, number)
        return cls(review.scheme_text, review.title, envelope_of(pack))

    @classmethod
    def of_version(cls, draft: SchemeDraft) -> "Source":
        """Begin the next version of an own scheme."""
        last = latest_review(draft.unit)
        mapping = draft.mapping if last and last.pk == draft.last_id else {}
        return cls(draft.text, draft.reference, draft.envelope, draft.mechanism, mapping)

    @classmethod
    def empty(cls, title: str) -> "Source":
        """Begin with one item that says how it goes on."""
        text = EMPTY.format(name=own_name("scheme"), title=title.replace('"', ""))
        return cls(text, envelope=envelope_of(None))


def latest_review(unit: "Unit") -> Review | None:
    """Return the unit's latest published review, on whose figures a scheme is tried."""
    rows = Review.objects.filter(unit=unit, state=ReviewState.PUBLISHED)
    return rows.order_by("-year").first()


@verb
def begin_scheme(unit: "Unit", source: Source, title: str, *, actor: Actor) -> SchemeDraft:
    """Begin a draft; it is tried on the unit's latest published review."""
    basis = source.basis.partition("@")[0] if "@" in source.basis else "scheme"
    draft = SchemeDraft(
        unit=unit,
        title=title.strip(),
        text=source.text,
        basis=source.basis[:120],
        envelope=source.envelope,
        mechanism=source.mechanism or own_name(basis),
        mapping=source.mapping,
        last=latest_review(unit),
        changed_by_id=actor.account_id,
    )
    require(actor, Permission.REVIEW_MANAGE, draft)
    draft.full_clean(exclude=("envelope", "mapping"))
    draft.save()
    record("scheme.begin", draft, actor=actor, after={"basis": draft.basis})
    return draft


@verb
def discard_scheme(draft: SchemeDraft, *, actor: Actor) -> None:
    """Throw a draft away; what was published stays for good."""
    require(actor, Permission.REVIEW_MANAGE, draft)
    if draft.state != SchemeState.DRAFT:
        raise StateError(_("已经发布的方案不能删除，可以停用。"))
    record("scheme.discard", draft, actor=actor, before={"title": draft.title})
    draft.delete()
