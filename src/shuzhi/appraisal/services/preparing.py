"""Prepare a review from templates, and adjust it until the meeting opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal import marking, shaping
from shuzhi.appraisal.enums import FormShape, RatingScale, ReviewState
from shuzhi.appraisal.models import ReportSection, Review
from shuzhi.appraisal.policy import hold
from shuzhi.appraisal.queries.parts import meeting_of, poll_of
from shuzhi.appraisal.queries.plan import plan_digest, plan_words
from shuzhi.appraisal.queries.scheme import scheme_faults, scheme_of
from shuzhi.appraisal.samples import Templates, templates
from shuzhi.appraisal.workflow import REVIEW
from shuzhi.ballots import services as ballots
from shuzhi.gatherings import services as gatherings
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError, StateError
from shuzhi.kernel.period import require_open
from shuzhi.kernel.seen import require_seen
from shuzhi.kernel.workflow import perform
from shuzhi.kernel.writes import verb

from .entrants import enter_units

if TYPE_CHECKING:
    from shuzhi.registry.models import Unit

ADJUSTABLE = (ReviewState.PREPARING, ReviewState.REPORTING)
Renamed = Mapping[str, str] | None  # leaf → its new title; None: the leaves are made anew


@dataclass(frozen=True)
class RaterClass:
    """One category of raters as the commissioner sets it."""

    id: str
    title: str
    weight: Decimal
    recuse: bool = True


@dataclass(frozen=True)
class Plan:
    """What the commissioner decides about a review; empty parts keep the template's."""

    title: str
    meets_at: datetime
    place: str
    host: str
    reports_due: date | None = None
    shape: FormShape = FormShape.OVERALL
    scale: RatingScale | None = None
    topics: Sequence[str] = ()  # titles of what a report must cover
    categories: Sequence[RaterClass] = ()
    quotas: Mapping[str, str] = field(default_factory=dict)  # grade → "30" (%) or "1/3"; "" none
    min_marks: int | None = None  # fewer marks in a category are never shown apart


def _check_quotas(quotas: Mapping[str, str]) -> None:
    for grade, share in quotas.items():
        try:
            valid = not share.strip() or 0 <= shaping.share_of(share.strip()) <= 1
        except (ValueError, InvalidOperation, ZeroDivisionError):
            valid = False
        if not valid:
            raise RefusedError(
                _("“%(grade)s”等次的比例应是 0–100 的数字（百分比）或 1/3 这样的分数。")
                % {"grade": grade}
            )


def _shape(
    text: str, plan: Plan, form: ballots.PollForm, topics: Sequence[Any], renamed: Renamed = None
) -> str:
    """Return the scheme's text in agreement with the form, its rating items made anew or kept."""
    document = shaping.read(text)
    if renamed is None:
        shaping.set_shape(document, topics if plan.shape == FormShape.TOPICS else None)
    else:
        shaping.set_titles(document, renamed)
    shaping.set_weights(document, {c.id: c.weight for c in form.categories})
    shaping.set_recusal(document, [c.id for c in form.categories if c.recuse])
    shaping.set_scale(document, marking.points_of(form))
    shaping.set_quotas(document, plan.quotas)
    return shaping.write(document)


def _form(
    base: ballots.PollForm,
    plan: Plan,
    topics: Sequence[Any],
    rating: str,
    renamed: Renamed = None,
) -> ballots.PollForm:
    """Return the form as planned; its items bear the ids of the scheme's leaves."""
    stored = base.stored() | {"scale": marking.scale_for(base, plan.scale)}
    if renamed is None:
        stored["items"] = marking.items_for(plan.shape, topics, rating)
    else:
        stored["items"] = marking.kept_items(stored["items"], topics, rating, renamed)
    if plan.categories:
        stored["categories"] = [
            {"id": c.id, "title": c.title, "weight": str(c.weight), "recuse": c.recuse}
            for c in plan.categories
        ]
    if plan.min_marks is not None:
        stored["min_marks"] = plan.min_marks
    return ballots.PollForm.model_validate(stored)


def _topics(known: Sequence[Any], plan: Plan) -> Sequence[Any]:
    if not plan.topics:
        return known
    marking.check_titles(plan.topics)
    return marking.retitled(known, plan.topics)


@verb
def prepare_review(
    *,
    actor: Actor,
    unit: "Unit",
    year: int,
    plan: Plan,
    units: "Sequence[Unit] | None" = None,
    source: Templates | None = None,
) -> Review:
    """Open the year's review of the units below `unit`: poll, meeting, reporters, scheme.

    `units` limits who reports (default: all directly below); `source` holds the templates
    (default: the catalogue's).
    One review a unit and year.
    """
    source = source or templates()
    review = Review(unit=unit, year=year, title=plan.title.strip())
    require(actor, Permission.REVIEW_MANAGE, review)
    require_open(year)
    if Review.objects.filter(unit=unit, year=year).exists():
        raise StateError(_("%(year)d 年度的述职评议已经建立。") % {"year": year})
    _check_quotas(plan.quotas)
    review.topics = _topics(source.topics, plan)
    form = _form(source.form, plan, review.topics, shaping.rating_id(source.scheme_text))
    review.scheme_text = _shape(source.scheme_text, plan, form, review.topics)
    review.templates = source.references
    _set_plan(review, plan)
    _create_meeting(review, plan, form, source, actor)
    review.full_clean(exclude=("poll", "gathering", "topics", "templates"))
    review.save()
    record("review.prepare", review, actor=actor, after={"year": year, "title": review.title})
    enter_units(review, units, actor=actor)
    return review


def _set_plan(review: Review, plan: Plan) -> None:
    review.title = plan.title.strip()
    review.reports_due = plan.reports_due
    review.form_shape = plan.shape


def _create_meeting(
    review: Review, plan: Plan, form: ballots.PollForm, source: Templates, actor: Actor
) -> None:
    review.poll = ballots.create_poll(actor=actor, title=review.title, unit=review.unit, form=form)
    review.gathering = gatherings.create_gathering(
        actor=actor,
        title=review.title,
        unit=review.unit,
        year=review.year,
        starts_at=plan.meets_at,
        place=plan.place,
        host=plan.host,
        poll=review.poll,
        categories=_classes(form),
        **source.meeting,
    )


def _classes(form: ballots.PollForm) -> list[dict[str, str]]:
    return [{"id": c.id, "title": c.title} for c in form.categories]


def _check_scheme(review: Review) -> None:
    """Refuse to shape a scheme that cannot be read, or that counts no rating."""
    if scheme_faults(review) or not scheme_of(review).rating_leaves:
        raise RefusedError(
            _("考核方案有误，或者没有现场测评这一项。请先在“考核方案”里改正，再调整评议方案。")
        )


def _titles(topics: Sequence[Any]) -> list[tuple[str, str]]:
    return [(topic["id"], topic["title"]) for topic in topics]


def _renamed(review: Review, plan: Plan, before: Sequence[Any], rating: str) -> Renamed:
    """Return the titles to change where the items that raters mark stay; None: make them anew.

    Those of an adopted scheme stay, with their points, as long as the topics are the same ones.
    """
    form = poll_of(review).parsed_form
    if plan.shape != review.form_shape or marking.marks_other_items(form, scheme_of(review)):
        return None
    if _titles(review.topics) == _titles(before):
        return {}
    marked = {item.id for item in form.items}
    was, now = marking.leaf_titles(before, rating), marking.leaf_titles(review.topics, rating)
    if not marked == set(was) == set(now):
        return None
    return {leaf: title for leaf, title in now.items() if title != was[leaf]}


def _check_written(review: Review, before: Sequence[Any]) -> None:
    """Refuse to take away a topic under which somebody has written."""
    kept = {topic["id"] for topic in review.topics}
    gone = {topic["id"]: topic["title"] for topic in before if topic["id"] not in kept}
    written = ReportSection.objects.filter(report__entrant__review=review, length__gt=0)
    topic = written.filter(topic__in=gone).values_list("topic", flat=True).first()
    if topic:
        words = {"title": gone[topic]}
        raise RefusedError(_("“%(title)s”已有书记写了内容，不能去掉，可以改名称。") % words)


def _check_seen(review: Review, seen: str | None) -> None:
    words = _("方案在您打开以后有人改过，现在是：%(plan)s。您填的还在下面，再保存就以您填的为准。")
    require_seen(seen, plan_digest(review), words % {"plan": plan_words(review)})


@verb
def adjust_review(review: Review, plan: Plan, *, actor: Actor, seen: str | None = None) -> Review:
    """Change the plan while nothing is frozen: the form, the scheme and the meeting follow.

    `seen` is the digest of the plan that was open: refused when it has changed since.
    """
    require(actor, Permission.REVIEW_MANAGE, review)
    hold(review, *ADJUSTABLE)
    require_open(review.year)
    _check_seen(review, seen)
    _check_quotas(plan.quotas)
    _check_scheme(review)
    poll = poll_of(review)
    rating = shaping.rating_id(review.scheme_text)
    before, review.topics = review.topics, _topics(review.topics, plan)
    _check_written(review, before)
    renamed = _renamed(review, plan, before, rating)
    form = _form(poll.parsed_form, plan, review.topics, rating, renamed)
    review.scheme_text = _shape(review.scheme_text, plan, form, review.topics, renamed)
    _set_plan(review, plan)
    review.full_clean(exclude=("poll", "gathering", "topics", "templates"))
    review.save()
    ballots.change_form(actor=actor, poll=poll, form=form, title=review.title)
    gatherings.change_gathering(
        meeting_of(review),
        actor=actor,
        title=review.title,
        starts_at=plan.meets_at,
        place=plan.place,
        host=plan.host,
        categories=_classes(form),
    )
    record("review.adjust", review, actor=actor, after={"shape": plan.shape})
    return review


@verb
def replace_scheme(review: Review, text: str, *, actor: Actor) -> Review:
    """Put another scheme text in place; it may be faulty while in preparation (see readiness)."""
    require(actor, Permission.REVIEW_MANAGE, review)
    hold(review, *ADJUSTABLE)
    require_open(review.year)
    review.scheme_text = text
    review.save(update_fields=["scheme_text"])
    record("review.adjust", review, actor=actor, after={"scheme_characters": len(text)})
    return review


@verb
def invite_reports(review: Review, *, actor: Actor) -> Review:
    """Ask the secretaries for their reports: from now on it stands on their work lists."""
    require_open(review.year)
    if not review.entrants.exists():
        raise RefusedError(_("还没有述职单位。请先确定由谁述职。"))
    return perform(REVIEW, review, "invite", actor=actor)


@verb
def recall_review(review: Review, *, actor: Actor) -> Review:
    """Go back to preparation; what has been written stays."""
    return perform(REVIEW, review, "recall", actor=actor)
