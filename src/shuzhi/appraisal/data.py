"""The data directory that the engine reads, built from what the review knows; names no person."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from shuzhi.ballots import queries as ballots

from .computing import rows_of
from .enums import Exemption
from .figures import NOT_APPLICABLE, for_engine
from .models import Entrant, Figure, Happening, Review, Veto
from .queries.scheme import scheme_of

EXEMPT = "exempt"
UNITS = "units.csv"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sheet:
    """One input file: its columns and rows, in a fixed order."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]

    def to_csv(self) -> bytes:
        """Return the file's bytes: UTF-8, line feeds, the same every time."""
        stream = StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return stream.getvalue().encode()


def _calm(text: str) -> str:
    """Keep a spreadsheet from taking free text for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _units(entrants: Iterable[Entrant]) -> Sheet:
    return Sheet(
        ("unit", "name", "group", "status"),
        [
            (
                e.unit.code,
                _calm(e.unit.name),
                e.group,
                "" if e.exemption == Exemption.NONE else EXEMPT,
            )
            for e in entrants
        ],
    )


def _values(review: Review, entrants: Sequence[Entrant]) -> Sheet:
    scheme = scheme_of(review)
    leaves = {leaf.id: leaf for leaf in scheme.figure_leaves}
    rows = [
        (f.entrant.unit.code, f.indicator, for_engine(leaves[f.indicator], f.value), f.target)
        for f in Figure.objects.filter(entrant__review=review).select_related("entrant__unit")
        if f.indicator in leaves
    ]
    rows += [
        (entrant.unit.code, leaf.id, NOT_APPLICABLE, "")
        for entrant in entrants
        if entrant.exemption == Exemption.RATING
        for leaf in scheme.rating_leaves
    ]
    return Sheet(("unit", "indicator", "value", "target"), sorted(rows))


def _ratings(review: Review, entrants: Sequence[Entrant]) -> Sheet:
    rated = {e.unit.code for e in entrants if e.exemption != Exemption.RATING}
    marks = ballots.sealed_marks(review.poll) if review.poll else []
    rows = [(m.subject, m.item, m.category, m.label, m.value) for m in marks if m.subject in rated]
    return Sheet(("unit", "indicator", "category", "rater", "value"), sorted(rows))


def _events(review: Review) -> Sheet:
    rows = [
        (h.entrant.unit.code, h.indicator, f"{h.points.normalize():f}", h.key, _calm(h.reason))
        for h in Happening.objects.filter(entrant__review=review).select_related("entrant__unit")
    ]
    return Sheet(("unit", "indicator", "points", "key", "reason"), sorted(rows))


def _vetoes(review: Review) -> Sheet:
    rows = [
        (v.entrant.unit.code, v.veto, _calm(v.basis))
        for v in Veto.objects.filter(entrant__review=review).select_related("entrant__unit")
    ]
    return Sheet(("unit", "veto", "basis"), sorted(rows))


def without_names(files: Mapping[str, bytes]) -> dict[str, object]:
    """Return what is counted: every file as it is, but of the units not what they are called."""
    return {name: _nameless(data) if name.endswith(UNITS) else data for name, data in files.items()}


def _nameless(data: bytes) -> list[list[tuple[str, str]]]:
    return [[(key, value) for key, value in row.items() if key != "name"] for row in rows_of(data)]


def data_files(review: Review) -> dict[str, bytes]:
    """Return the input files by name ("units.csv" …), rows sorted, without any person."""
    entrants = list(review.entrants.select_related("unit").order_by("unit__code"))
    sheets = {
        UNITS: _units(entrants),
        "values.csv": _values(review, entrants),
        "ratings.csv": _ratings(review, entrants),
        "events.csv": _events(review),
        "vetoes.csv": _vetoes(review),
    }
    return {name: sheet.to_csv() for name, sheet in sheets.items()}
