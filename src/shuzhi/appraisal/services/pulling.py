"""Take figures from what other rooms count, instead of typing them again."""

from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.models import Figure, Review
from shuzhi.appraisal.queries.pulling import Pulled, pulled, source_words
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.writes import verb

from .figures import FigureRow, enter_figures


def _row(number: int, indicator: str, found: Pulled) -> FigureRow:
    return FigureRow(number, found.code, {indicator: found.text})


@verb
def pull_figures(review: Review, indicator: str, measure: str, *, actor: Actor) -> int:
    """Enter a measure's value for every unit that has one; return how many cells changed.

    Whoever does it confirms the values; each figure says from which measure it was taken. Units
    about which nothing is recorded keep what they have. Raises `FaultsError` like typed figures.
    """
    require(actor, Permission.REVIEW_MANAGE, review)
    rows = [row for row in pulled(review, indicator, measure) if row.value is not None]
    if not rows:
        raise RefusedError(_("这项业务数据里还没有各单位的数，没有可取的。"))
    typed = [_row(number, indicator, row) for number, row in enumerate(rows, 1)]
    changed = enter_figures(review, typed, actor=actor)
    codes = [row.code for row in rows]
    Figure.objects.filter(
        entrant__review=review, entrant__unit__code__in=codes, indicator=indicator
    ).update(note=source_words(measure, review.year), entered_by_id=actor.account_id)
    after = {"indicator": indicator, "measure": measure, "changed": changed}
    record("figure.pull", review, actor=actor, after=after)
    return changed
