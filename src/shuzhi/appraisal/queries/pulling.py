"""What other rooms count about the units of a review, as figures of an indicator."""

from dataclasses import dataclass

from django.utils.translation import override

from shuzhi.appraisal.models import Figure, Review
from shuzhi.kernel.measures import Value, known, measures, shown

WIDTH = 200  # of a figure's note


@dataclass(frozen=True)
class Pulled:
    """A unit's value of a measure beside the figure that stands now."""

    code: str
    name: str
    value: Value
    now: str = ""

    @property
    def text(self) -> str:
        return "" if self.value is None else shown(self.value)

    @property
    def changes(self) -> bool:
        """Whether taking it in would change the figure."""
        return self.value is not None and self.text != self.now


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return every measure that there is, by name and words, grouped by its business."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for measure in known().values():
        groups.setdefault(str(measure.of), []).append((measure.name, str(measure)))
    return list(groups.items())


def source_words(measure: str, year: int) -> str:
    """Return where a figure was taken from, as it is kept: in Chinese."""
    with override("zh-hans"):
        return f"取自业务数据“{known()[measure]}”（{measure}，{year} 年）"[:WIDTH]


def pulled(review: Review, indicator: str, measure: str) -> list[Pulled]:
    """Return the measure of every unit of the review, with what stands now."""
    units = [entrant.unit for entrant in review.entrants.select_related("unit")]
    values = measures(review.year, units).get(measure, {})
    figures = Figure.objects.filter(entrant__review=review, indicator=indicator)
    standing = dict(figures.values_list("entrant__unit__code", "source"))
    return [
        Pulled(unit.code, unit.short_name, values.get(unit.code), standing.get(unit.code, ""))
        for unit in units
    ]
