"""Last year's figures as a new scheme would read them: items renamed, marks as category rates.

A rating leaf whose rule has not changed becomes a branch of its categories, each with the rate
that it had: by the contract that is the same arithmetic, and no mark is read again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from shuzhi.appraisal.computing import Row
from shuzhi.engine.scheme import Place, Scheme
from shuzhi.engine.scheme.models import reads_values
from shuzhi.kernel.language import listed

NOT_APPLICABLE = "na"
WHOLE = {"kind": "linear", "zero": 0, "full": 1}
JOINT = "·"  # between a leaf and its category
SAME_MARKS = ("scale", "within", "min_marks", "short")
WORDS = {"true", "false", "是", "否", "yes", "no", "1", "0"}
Rates = Mapping[tuple[str, str, str], tuple[str, int]]  # unit, leaf, category → rate, marks


@dataclass(frozen=True)
class LastYear:
    """What last year's run kept, by table, and the rates of its categories of raters."""

    scheme: Scheme
    tables: Mapping[str, Sequence[Row]]
    rates: Rates
    units: Sequence[str]
    marks: Callable[[], Sequence[Row]]  # read only when a rule for marks has changed
    withheld: bool = False  # a category had too few marks: none may be taken by category


@dataclass
class Fitted:
    """A scheme and tables that the engine can score, and what a reader must know about them."""

    scheme: Scheme
    tables: dict[str, list[Row]]
    notes: list[str] = field(default_factory=list)


@dataclass
class _Fit:
    """Builds the tables leaf by leaf."""

    scheme: Scheme
    last: LastYear
    mapping: Mapping[str, str]
    values: list[Row] = field(default_factory=list)
    ratings: list[Row] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unfit: list[str] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)
    split: dict[str, list[str]] = field(default_factory=dict)  # leaf → its live categories

    def before(self, place: Place) -> Place | None:
        """Return last year's leaf that a leaf continues."""
        found = self.last.scheme.find(self.mapping.get(place.id, place.id))
        return found if found is not None and found.rule is not None else None

    def leaf(self, place: Place) -> None:
        if place.rule.kind == "events":
            return
        if place.rule.kind == "ratings":
            self._marks(place)
        else:
            self._figures(place)

    def _figures(self, place: Place) -> None:
        old = self.before(place)
        given = {}
        if old is not None and reads_values(old):
            rows = self.last.tables.get("values", ())
            given = {row["unit"]: row for row in rows if row["indicator"] == old.id}
        if not given:
            self.unknown.append(place.indicator.name())
        for unit in self.last.units:
            self.values += self._figure(place, old, unit, given.get(unit), unknown=not given)

    def _figure(
        self, place: Place, old: Place | None, unit: str, row: Row | None, *, unknown: bool
    ) -> Iterator[Row]:
        value = row["value"] if row else ""
        if row and old is not None and value != NOT_APPLICABLE:
            value = _fitting(place, old, value)
            if not value and place.indicator.name() not in self.unfit:
                self.unfit.append(place.indicator.name())
        if row is None and place.indicator.missing is not None and not unknown:
            return
        target = (row or {}).get("target", "") if old and old.rule.kind == place.rule.kind else ""
        yield {
            "unit": unit,
            "indicator": place.id,
            "value": value or NOT_APPLICABLE,
            "target": target,
        }

    def _marks(self, place: Place) -> None:
        old = self.before(place)
        if old is None or old.rule.kind != "ratings":
            self.unknown.append(place.indicator.name())
            self._absent(place.id)
        elif self.last.withheld:
            self.withheld.append(place.indicator.name())
            self._absent(place.id)
        elif all(getattr(old.rule, key) == getattr(place.rule, key) for key in SAME_MARKS):
            self._rates(place, old)
        else:
            self._each_mark(place, old)

    def _absent(self, indicator: str) -> None:
        self.split[indicator] = []  # no marks at all, so no rule for them
        self.values += [
            {"unit": u, "indicator": indicator, "value": NOT_APPLICABLE, "target": ""}
            for u in self.last.units
        ]

    def _rates(self, place: Place, old: Place) -> None:
        live = [name for name, weight in place.rule.categories.items() if weight]
        self.split[place.id] = live
        for category in live:
            for unit in self.last.units:
                rate, marks = self.last.rates.get((unit, old.id, category), ("", 0))
                enough = marks >= place.rule.min_marks
                self.values.append(
                    {
                        "unit": unit,
                        "indicator": f"{place.id}{JOINT}{category}",
                        "value": rate if enough and rate else NOT_APPLICABLE,
                        "target": "",
                    }
                )

    def _each_mark(self, place: Place, old: Place) -> None:
        known = set(place.rule.categories)
        rows = [row for row in self.last.marks() if row["indicator"] == old.id]
        marked = {row["unit"] for row in rows}
        self.ratings += [{**r, "indicator": place.id} for r in rows if r["category"] in known]
        self.values += [
            {"unit": u, "indicator": place.id, "value": NOT_APPLICABLE, "target": ""}
            for u in self.last.units
            if u not in marked
        ]


def _fitting(place: Place, old: Place, value: str) -> str:
    """Return last year's figure as this year's rule reads it; "" where it cannot."""
    kind = place.rule.kind
    if (kind == "flag") != (old.rule.kind == "flag"):
        return value if kind == "flag" and value in WORDS else ""
    if kind == "flag":
        return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        return ""
    if kind != "manual":
        return value
    if old.rule.kind != "manual":
        return ""
    return f"{(number / old.points * place.points).quantize(Decimal('1e-9')):f}"


def _branched(node: dict[str, Any], categories: Sequence[str]) -> None:
    rule = node.pop("rule")
    if not categories:
        node["rule"] = dict(WHOLE)
        return
    node["aggregate"] = "mean"
    node["children"] = [
        {
            "id": f"{node['id']}{JOINT}{name}",
            "points": rule["categories"][name],
            "rule": dict(WHOLE),
        }
        for name in categories
    ]


def _transformed(scheme: Scheme, split: Mapping[str, list[str]]) -> Scheme:
    """Return the scheme with its rating leaves as branches of their categories."""
    if not split:
        return scheme
    value = scheme.model_dump(exclude_unset=True)

    def walk(nodes: Sequence[dict[str, Any]]) -> None:
        for node in nodes:
            if node["id"] in split and node.get("rule"):
                _branched(node, split[node["id"]])
            else:
                walk(node.get("children") or ())

    walk(value["indicators"])
    for veto in value.get("vetoes", ()):
        veto["effect"] = {k: v for k, v in veto["effect"].items() if v is not None}
    return Scheme.model_validate(value)


def _events(fit: _Fit) -> list[Row]:
    rows: list[Row] = []
    for place in fit.scheme.of_kind("events"):
        old = fit.mapping.get(place.id, place.id)
        rows += [
            {**row, "indicator": place.id}
            for row in fit.last.tables.get("events", ())
            if row["indicator"] == old
        ]
    return rows


def _notes(fit: _Fit) -> list[str]:
    notes = []
    if fit.unknown:
        notes.append(
            _("上年没有这些项的数据，试算时按不适用：%(items)s") % {"items": listed(fit.unknown)}
        )
    if fit.unfit:
        notes.append(
            _("这些项换了计分办法，上年的数据用不上，试算时按不适用：%(items)s")
            % {"items": listed(fit.unfit)}
        )
    if fit.withheld:
        notes.append(
            _("有的类别票数太少，为保护测评人，试算不用那次的票，这些项按不适用：%(items)s")
            % {"items": listed(fit.withheld)}
        )
    return notes


def fitted(scheme: Scheme, last: LastYear, mapping: Mapping[str, str]) -> Fitted:
    """Return what the engine needs to try a scheme on last year's figures."""
    fit = _Fit(scheme, last, mapping)
    for place in scheme.leaves:
        fit.leaf(place)
    known = {veto.id for veto in scheme.vetoes}
    tables = {
        "units": list(last.tables["units"]),
        "values": fit.values,
        "ratings": fit.ratings,
        "events": _events(fit),
        "vetoes": [row for row in last.tables.get("vetoes", ()) if row["veto"] in known],
    }
    filled = {name: rows for name, rows in tables.items() if rows}
    return Fitted(_transformed(scheme, fit.split), filled, _notes(fit))
