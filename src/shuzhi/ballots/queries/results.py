"""What sealing has left. Before sealing every answer is empty."""

from typing import Any, NamedTuple

from django.db.models import Count

from shuzhi.ballots.models import Poll, Receipt, Remark, SealedMark


class SealedRow(NamedTuple):
    """One mark after sealing; `label` is fresh for each subject and item."""

    subject: str
    item: str
    category: str
    label: str
    value: str


def sealed_marks(poll: Poll) -> list[SealedRow]:
    """Return every mark, sorted, so that the same box always reads the same."""
    rows = SealedMark.objects.filter(poll=poll).values_list(*SealedRow._fields)
    return sorted(map(SealedRow._make, rows))


def mark_counts(poll: Poll) -> dict[tuple[str, str, str, str], int]:
    """Return how often each value was given, by (subject, item, category, value); one query."""
    rows = SealedMark.objects.filter(poll=poll).values_list("subject", "item", "category", "value")
    counted = rows.annotate(count=Count("pk")).order_by()
    return {(subject, item, group, value): n for subject, item, group, value, n in counted}


def remarks(poll: Poll, subject: str) -> list[str]:
    """Return the remarks on a subject, in their shuffled order."""
    rows = Remark.objects.filter(poll=poll, subject=subject).order_by("pk")
    return list(rows.values_list("text", flat=True))


def statistics(poll: Poll) -> dict[str, Any]:
    """Return what sealing computed about raters, by category; it names nobody."""
    return dict(poll.statistics)


def box_digest(poll: Poll) -> str:
    """Return the digest that the proof log holds for the sealed box."""
    return poll.box_digest


def receipts(poll: Poll) -> list[str]:
    """Return the receipts of the ballots that were counted in, sorted."""
    rows = Receipt.objects.filter(poll=poll).order_by("code")
    return list(rows.values_list("code", flat=True))


def receipt_counted(poll: Poll, code: str) -> bool:
    """Tell whether the ballot with this receipt was counted in."""
    return Receipt.objects.filter(poll=poll, code=code).exists()


def shows_breakdown(poll: Poll) -> bool:
    """Tell whether figures by category may be shown: all of them, or none.

    One category below the minimum withholds the whole breakdown; otherwise it could be found
    by subtracting the others from the total.
    """
    form = poll.parsed_form
    cells = SealedMark.objects.filter(poll=poll).values_list("subject", "item", "category")
    counted = cells.annotate(count=Count("pk")).order_by()
    counts = {(subject, item, key): number for subject, item, key, number in counted}
    rated = {(subject, item) for subject, item, _category in counts}
    return bool(rated) and all(
        counts.get((subject, item, row.id), 0) >= form.min_marks
        for subject, item in rated
        for row in form.categories
    )
