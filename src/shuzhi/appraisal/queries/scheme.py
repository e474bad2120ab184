"""The scheme of a review, or what is wrong with it."""

from shuzhi.appraisal.models import Review
from shuzhi.appraisal.view import SchemeView, view_of
from shuzhi.engine.scheme import Faults
from shuzhi.kernel.language import language


def scheme_of(review: Review) -> SchemeView:
    """Return the review's scheme. Raises the engine's `Faults` when the text is faulty."""
    return view_of(review.scheme_text)


def scheme_faults(review: Review) -> list[str]:
    """Return the engine's messages (line or path, what is wrong, what would be right)."""
    try:
        scheme_of(review)
    except Faults as error:
        return [fault.text(language()) for fault in error.faults]
    return []
