"""Apply a published version to a review that has not opened yet: form and scheme agree."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import FormShape, ReviewState, SchemeState
from shuzhi.appraisal.models import Review, SchemeDraft
from shuzhi.appraisal.policy import hold
from shuzhi.appraisal.queries.parts import poll_of
from shuzhi.appraisal.view import view_of
from shuzhi.ballots import services as ballots
from shuzhi.engine.scheme import Place, Scheme
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError, StateError
from shuzhi.kernel.language import listed
from shuzhi.kernel.period import require_open
from shuzhi.kernel.writes import verb

BEFORE = (ReviewState.PREPARING, ReviewState.REPORTING)


def _rated(scheme: Scheme) -> tuple[FormShape, Sequence[Place]]:
    """Return what raters mark: one leaf overall, or the leaves of one branch."""
    leaves = scheme.of_kind("ratings")
    parents = {leaf.parent for leaf in leaves}
    if len(leaves) == 1:
        return FormShape.OVERALL, leaves
    if not leaves or len(parents) != 1 or None in parents:
        raise RefusedError(
            _("述职评议的方案要有一项现场测评，或把逐项测评放在同一大项下；这份方案不是这样。")
        )
    rules = {leaf.rule.model_dump_json() for leaf in leaves}
    if len(rules) > 1:
        raise RefusedError(_("逐项测评的各项要用同样的类别和档次，才能印在一张测评票上。"))
    return FormShape.TOPICS, leaves


def _categories(form: ballots.PollForm, rule: Any) -> list[dict[str, Any]]:
    """Return the form's categories with the scheme's weights."""
    titles: Mapping[str, str] = {c.id: c.title for c in form.categories}
    if set(titles) != set(rule.categories):
        raise RefusedError(
            _("方案的评议人员类别是 %(scheme)s，本次评议是 %(form)s。请先调成一致。")
            % {"scheme": listed(rule.categories), "form": listed(titles)}
        )
    return [
        {"id": key, "title": titles[key], "weight": str(weight), "recuse": key in rule.avoided}
        for key, weight in rule.categories.items()
    ]


def _scale(rule: Any) -> dict[str, Any]:
    marks = {name: str(points) for name, points in rule.scale.items()}
    return marks if rule.numeric else {"choices": marks}


@verb
def apply_scheme(review: Review, draft: SchemeDraft, *, actor: Actor) -> Review:
    """Score `review` by a published version from now on; the poll's form follows it.

    Refused once the meeting has opened: from then on the scheme is frozen.
    """
    require(actor, Permission.REVIEW_MANAGE, review)
    hold(review, *BEFORE)
    require_open(review.year)
    if draft.state != SchemeState.PUBLISHED:
        raise StateError(_("只有已发布的方案才能采用。"))
    shape, leaves = _rated(view_of(draft.text).scheme)
    poll, rule = poll_of(review), leaves[0].rule
    stored = poll.parsed_form.stored() | {
        "items": [{"id": leaf.id, "title": leaf.indicator.name()} for leaf in leaves],
        "categories": _categories(poll.parsed_form, rule),
        "scale": _scale(rule),
    }
    form = ballots.PollForm.model_validate(stored)
    ballots.change_form(actor=actor, poll=poll, form=form, title=review.title)
    review.scheme_text, review.form_shape = draft.text, shape
    review.templates = review.templates | {"scheme": draft.reference}
    review.save(update_fields=["scheme_text", "form_shape", "templates"])
    facts = {"scheme": draft.reference, "sha256": draft.sha256}
    record("review.apply_scheme", review, actor=actor, after=facts)
    return review
