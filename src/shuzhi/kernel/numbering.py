"""Numbers without gaps for papers that people cite (〔2026〕12号)."""

from .models import NumberSeries
from .writes import verb


def next_number(series: str, year: int) -> int:
    """Take the next number of `series` in `year`, from 1; a rolled-back verb gives it back."""
    return next_numbers(series, year, 1)[0]


@verb
def next_numbers(series: str, year: int, count: int) -> range:
    """Take the next `count` numbers at once."""
    counter, _created = NumberSeries.objects.select_for_update().get_or_create(
        series=series, year=year
    )
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return range(first, first + count)
