"""A review's plan as a form starts from it: from the templates, or as it stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shuzhi.ballots.services import PollForm

from . import marking
from .enums import FormShape
from .models import Review
from .queries.parts import meeting_of, poll_of
from .queries.plan import plan_digest
from .queries.scheme import scheme_faults, scheme_of
from .samples import templates
from .services.preparing import RaterClass
from .view import SchemeView, view_of

if TYPE_CHECKING:
    from shuzhi.registry.models import Unit

REPORTS_BEFORE = timedelta(days=10)
HUNDRED = 100


def _classes(form: PollForm) -> list[RaterClass]:
    return [RaterClass(c.id, c.title, c.weight, recuse=c.recuse) for c in form.categories]


def _choices(form: PollForm) -> dict[str, Any]:
    return {"categories": _classes(form), "words": marking.grade_words(form)}


def _lines(topics: Sequence[Mapping[str, str]]) -> str:
    return "\n".join(topic["title"] for topic in topics)


def _share(quota: Any) -> str:
    if quota.share is None:
        return ""
    percent = quota.share * HUNDRED
    return str(percent) if percent.denominator == 1 else str(quota.share)


def _grades(view: SchemeView) -> dict[str, Any]:
    return {
        "grades": view.grades,
        "quotas": {grade: _share(quota) for grade, quota in view.quotas.items()},
    }


def template_plan(unit: "Unit", year: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return initial values and choices for a new review of `unit`."""
    source = templates()
    day = timezone.localdate() + timedelta(days=21)
    meets = timezone.make_aware(datetime.combine(day, time(14, 30)))
    initial = {
        "title": _("%(unit)s%(year)d年度书记述职评议") % {"unit": unit.name, "year": year},
        "meets_at": meets,
        "reports_due": day - REPORTS_BEFORE,
        "shape": FormShape.OVERALL,
        "scale": marking.scale_of(source.form),
        "topics": _lines(source.topics),
        "min_marks": source.form.min_marks,
    }
    return initial, _choices(source.form) | _grades(view_of(source.scheme_text))


def initial_of(review: Review) -> dict[str, Any]:
    """Return the plan of a review as a form's initial values."""
    meeting, form = meeting_of(review), poll_of(review).parsed_form
    return {
        "seen": plan_digest(review),
        "title": review.title,
        "meets_at": timezone.localtime(meeting.starts_at),
        "place": meeting.place,
        "host": meeting.host,
        "reports_due": review.reports_due,
        "shape": review.form_shape,
        "scale": marking.scale_of(form),
        "topics": _lines(review.topics),
        "min_marks": form.min_marks,
    }


def plan_choices(review: Review) -> dict[str, Any]:
    """Return categories and quotas of a review; without grades while its scheme is faulty."""
    grades = {} if scheme_faults(review) else _grades(scheme_of(review))
    return _choices(poll_of(review).parsed_form) | grades
