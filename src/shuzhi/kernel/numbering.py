"""Numbers without gaps for papers that people cite (〔2026〕12号)."""

from .models import NumberSeries
from .writes import verb


@verb
def next_number(series: str, year: int) -> int:
    """Take the next number of `series` in `year`, from 1; a rolled-back verb gives it back."""
    counter, _created = NumberSeries.objects.select_for_update().get_or_create(
        series=series, year=year
    )
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
