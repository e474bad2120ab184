"""An independent reference: the contract in fractions, one unit at a time.

As slow as it is plain.
"""

import math
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist, median
from typing import Any

Row = dict[str, str]
YES, NO = {"true", "1", "是", "yes"}, {"false", "0", "否", "no"}


def half_up(value: Fraction, places: int) -> Fraction:
    """Rounded half up, away from zero."""
    scaled = abs(value) * 10**places
    whole = math.floor(scaled + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, 10**places)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator


def nine(value: Fraction) -> Fraction:
    return half_up(value, 9)


def clamp(value: Fraction, low: Fraction, high: Fraction) -> Fraction:
    return max(low, min(high, value))


class Slow:
    """Scores one data set by one scheme; both plain Python, numbers as text."""

    def __init__(self, scheme: dict[str, Any], data: dict[str, list[Row]]) -> None:
        self.scheme = scheme
        self.units = {row["unit"]: row for row in data["units"]}
        self.values = {(r["unit"], r["indicator"]): r for r in data.get("values", [])}
        self.marks = data.get("ratings", [])
        self.happened = data.get("events", [])
        self.vetoed = data.get("vetoes", [])
        self.rates: dict[tuple[str, str], Fraction | None] = {}
        self.points: dict[str, Fraction] = {}

    # --- leaves -----------------------------------------------------------------------------

    def figure(self, unit: str, leaf: str) -> Fraction | None:
        row = self.values.get((unit, leaf))
        if row is None or row["value"] == "na":
            return None
        text = row["value"].lower()
        return (
            Fraction(1)
            if text in {"true", "是", "yes"}
            else Fraction(0)
            if text in {"false", "否", "no"}
            else Fraction(text)
        )

    def target(self, unit: str, leaf: dict[str, Any], name: str) -> Fraction:
        own = self.values[unit, leaf["id"]].get("target") or ""
        return Fraction(own) if own else Fraction(str(leaf["rule"][name]))

    def leaf(self, unit: str, leaf: dict[str, Any]) -> Fraction | None:
        row = self.values.get((unit, leaf["id"]))
        kind = leaf["rule"]["kind"]
        if row is not None and row["value"] == "na":
            return self.stand_in(leaf)
        if row is None and kind not in {"ratings", "events"}:
            if leaf.get("missing") == "zero":
                return Fraction(0)
            return self.stand_in(leaf) if leaf.get("missing") == "na" else None
        rate = getattr(self, f"of_{kind}")(unit, leaf)
        if rate is None:
            return self.stand_in(leaf)
        return rate if kind == "zscore" else nine(rate)

    @staticmethod
    def stand_in(indicator: dict[str, Any]) -> Fraction | None:
        return {"rescale": None, "full": Fraction(1), "zero": Fraction(0)}[
            indicator.get("na", "rescale")
        ]

    def of_ratio(self, unit: str, leaf: dict[str, Any]) -> Fraction:
        rule, value = leaf["rule"], self.figure(unit, leaf["id"])
        assert value is not None
        cap, target = Fraction(str(rule.get("cap", 1))), self.target(unit, leaf, "target")
        if rule.get("direction", "up") == "up":
            return clamp(value / target, Fraction(0), cap)
        return cap if value == 0 else clamp(target / value, Fraction(0), cap)

    def of_linear(self, unit: str, leaf: dict[str, Any]) -> Fraction:
        zero, full = Fraction(str(leaf["rule"]["zero"])), Fraction(str(leaf["rule"]["full"]))
        value = self.figure(unit, leaf["id"])
        assert value is not None
        return clamp((value - zero) / (full - zero), Fraction(0), Fraction(1))

    def of_bands(self, unit: str, leaf: dict[str, Any]) -> Fraction:
        value = self.figure(unit, leaf["id"])
        assert value is not None
        for bound, rate in leaf["rule"]["bands"]:
            if bound is None or value >= Fraction(str(bound)):
                return Fraction(str(rate)) / 100
        raise AssertionError

    def of_flag(self, unit: str, leaf: dict[str, Any]) -> Fraction:
        value = self.figure(unit, leaf["id"])
        assert value is not None
        return value

    def of_shortfall(self, unit: str, leaf: dict[str, Any]) -> Fraction:
        value = self.figure(unit, leaf["id"])
        assert value is not None
        return self.deducted(leaf, self.target(unit, leaf, "target") - value)

    def of_excess(self, unit: str, leaf: dict[str, Any]) -> Fraction:
        value = self.figure(unit, leaf["id"])
        assert value is not None
        return self.deducted(leaf, value - self.target(unit, leaf, "limit"))

    @staticmethod
    def deducted(leaf: dict[str, Any], gap: Fraction) -> Fraction:
        each, points = Fraction(str(leaf["rule"].get("each", 1))), Fraction(str(leaf["points"]))
        steps = max(0, math.ceil(gap / each))
        return max(Fraction(0), points - Fraction(str(leaf["rule"]["deduct"])) * steps) / points

    def of_manual(self, unit: str, leaf: dict[str, Any]) -> Fraction:
        value = self.figure(unit, leaf["id"])
        assert value is not None
        return value / Fraction(str(leaf["points"]))

    def peers(self, unit: str, leaf: dict[str, Any]) -> list[Fraction]:
        every = leaf["rule"].get("within", "group") == "all"
        mine = self.units[unit]["group"]
        among = [u for u, row in self.units.items() if every or row["group"] == mine]
        figures = [self.figure(u, leaf["id"]) for u in among]
        sign = -1 if leaf["rule"].get("direction", "up") == "down" else 1
        return [sign * figure for figure in figures if figure is not None]

    def own(self, unit: str, leaf: dict[str, Any]) -> Fraction:
        value = self.figure(unit, leaf["id"])
        assert value is not None
        return -value if leaf["rule"].get("direction", "up") == "down" else value

    def of_minmax(self, unit: str, leaf: dict[str, Any]) -> Fraction:
        peers, x = self.peers(unit, leaf), self.own(unit, leaf)
        low, high = min(peers), max(peers)
        return Fraction(1) if low == high else (x - low) / (high - low)

    def of_rank(self, unit: str, leaf: dict[str, Any]) -> Fraction:
        peers, x = self.peers(unit, leaf), self.own(unit, leaf)
        n = len(peers)
        places = [
            place for place, figure in enumerate(sorted(peers, reverse=True), 1) if figure == x
        ]
        mean_rank = Fraction(sum(places), len(places))
        return Fraction(1) if n == 1 else (n - mean_rank) / (n - 1)

    def of_percentile(self, unit: str, leaf: dict[str, Any]) -> Fraction:
        peers, x = self.peers(unit, leaf), self.own(unit, leaf)
        if len(peers) == 1:
            return Fraction(1)
        below, equal = sum(p < x for p in peers), sum(p == x for p in peers) - 1
        return (below + Fraction(equal, 2)) / (len(peers) - 1)

    def of_zscore(self, unit: str, leaf: dict[str, Any]) -> Fraction:
        peers, x = self.peers(unit, leaf), self.own(unit, leaf)
        n, mean = len(peers), sum(peers, Fraction(0)) / len(peers)
        squares = sum(((p - mean) ** 2 for p in peers), Fraction(0))
        if n == 1 or squares == 0:
            return Fraction(1, 2)
        z = float(x - mean) / math.sqrt(float(squares / (n - 1)))
        return half_up(Fraction(NormalDist().cdf(z)), 6)

    def of_ratings(self, unit: str, leaf: dict[str, Any]) -> Fraction | None:
        rule, scale = leaf["rule"], leaf["rule"]["scale"]
        numeric = set(scale) == {"from", "to"}
        top = Fraction(str(scale["to"] if numeric else max(scale.values())))
        weighted, weights = Fraction(0), Fraction(0)
        for category, weight in rule["categories"].items():
            avoided = rule.get("exclude_own", False)
            avoids = avoided is True or (isinstance(avoided, list) and category in avoided)
            marks = sorted(
                Fraction(m["value"]) if numeric else Fraction(str(scale[m["value"]]))
                for m in self.marks
                if (m["unit"], m["indicator"], m["category"]) == (unit, leaf["id"], category)
                and not (avoids and m.get("rater_unit") == unit)
            )
            within = rule.get("within", "mean")
            trim = within["trim"] if isinstance(within, dict) else 0
            if len(marks) < rule.get("min_marks", 1) or len(marks) <= 2 * trim:
                continue
            kept = marks[trim : len(marks) - trim]
            joined = (
                Fraction(median(kept)) if within == "median" else Fraction(sum(kept), len(kept))
            )
            weighted += Fraction(str(weight)) * nine(joined / top)
            weights += Fraction(str(weight))
        return weighted / weights if weights else None

    def event_points(self, unit: str, leaf: dict[str, Any]) -> Fraction:
        total, keyed = Fraction(0), defaultdict(list)
        for row in self.happened:
            if (row["unit"], row["indicator"]) == (unit, leaf["id"]):
                if leaf["rule"].get("once") and row.get("key"):
                    keyed[row["key"]].append(Fraction(row["points"]))
                else:
                    total += Fraction(row["points"])
        for points in keyed.values():
            total += max([Fraction(0), *points]) + min([Fraction(0), *points])
        return total

    def of_events(self, unit: str, leaf: dict[str, Any]) -> Fraction:
        points = Fraction(str(leaf["points"]))
        start = points if leaf["rule"].get("start") == "full" else Fraction(0)
        return clamp(start + self.event_points(unit, leaf), Fraction(0), points) / points

    # --- tree -------------------------------------------------------------------------------

    def worth(self, indicator: dict[str, Any]) -> Fraction:
        if "points" in indicator:
            return Fraction(str(indicator["points"]))
        return sum((self.worth(child) for child in indicator["children"]), Fraction(0))

    def rate(self, unit: str, indicator: dict[str, Any]) -> Fraction | None:
        if "rule" in indicator:
            rate = self.leaf(unit, indicator)
        else:
            children = [
                (self.worth(child), self.rate(unit, child)) for child in indicator["children"]
            ]
            live = [(weight, rate) for weight, rate in children if rate is not None]
            rate = (
                self.joined(indicator.get("aggregate", "mean"), live)
                if live
                else self.stand_in(indicator)
            )
        self.rates[unit, indicator["id"]] = rate
        return rate

    @staticmethod
    def joined(style: str, live: list[tuple[Fraction, Fraction]]) -> Fraction:
        weights = sum(weight for weight, _ in live)
        if style == "minimum":
            return min(rate for _, rate in live)
        if style in {"geometric", "harmonic"} and any(rate == 0 for _, rate in live):
            return Fraction(0)
        if style == "harmonic":
            return nine(weights / sum(weight / rate for weight, rate in live))
        if style == "geometric":
            logs = sum(_decimal(weight) * _decimal(rate).ln() for weight, rate in live)
            return half_up(Fraction(round((logs / _decimal(weights)).exp(), 20)), 6)
        return nine(sum((weight * rate for weight, rate in live), Fraction(0)) / weights)

    def bonus(self, unit: str) -> Fraction:
        total = Fraction(0)
        for leaf in self.scheme["indicators"]:
            row = self.values.get((unit, leaf["id"]))
            if "bonus" in leaf and not (row and row["value"] == "na"):
                points = self.event_points(unit, leaf)
                low, high = leaf["bonus"].get("min"), leaf["bonus"].get("max")
                points = points if high is None else min(points, Fraction(str(high)))
                points = points if low is None else max(points, Fraction(str(low)))
                self.points[unit + "/" + leaf["id"]] = points
                total += points
        return total

    def total(self, unit: str) -> Fraction | None:
        top = [one for one in self.scheme["indicators"] if "bonus" not in one]
        children = [(self.worth(one), self.rate(unit, one)) for one in top]
        live = [(weight, rate) for weight, rate in children if rate is not None]
        bonus = self.bonus(unit)
        if not live:
            return None
        mean = sum((weight * rate for weight, rate in live), Fraction(0)) / sum(w for w, _ in live)
        return half_up(self.full() * mean + bonus, 6)

    def full(self) -> Fraction:
        top = [one for one in self.scheme["indicators"] if "bonus" not in one]
        return sum((self.worth(one) for one in top), Fraction(0))

    # --- standing ---------------------------------------------------------------------------

    def results(self) -> dict[str, dict[str, Any]]:
        totals = {unit: self.total(unit) for unit in self.units}
        places = self.scheme.get("rounding", {}).get("places", 2)
        rows = {
            unit: {
                "total": total,
                "published": None if total is None else half_up(total, places),
                "rank": None,
                "grade": "",
            }
            for unit, total in totals.items()
        }
        for unit, row in rows.items():
            row["ranked"] = (
                row["total"] is not None
                and self.units[unit].get("status", "") != "exempt"
                and not self.unranked(unit)
            )
        within = self.scheme.get("ranking", {}).get("within", "group")
        fields = defaultdict(list)
        for unit, row in rows.items():
            if row["ranked"]:
                fields[self.units[unit]["group"] if within == "group" else ""].append(unit)
        for members in fields.values():
            self.rank_and_grade(rows, members)
        return rows

    def effects(self, unit: str) -> list[dict[str, Any]]:
        names = {row["veto"] for row in self.vetoed if row["unit"] == unit}
        return [veto["effect"] for veto in self.scheme.get("vetoes", []) if veto["id"] in names]

    def unranked(self, unit: str) -> bool:
        return any("unranked" in effect for effect in self.effects(unit))

    def key(self, row: dict[str, Any]) -> Fraction:
        exact = self.scheme.get("rank_on", "published") == "exact"
        value = row["total"] if exact else row["published"]
        assert isinstance(value, Fraction)
        return value

    def order(self, unit: str, row: dict[str, Any]) -> tuple[Fraction, ...]:
        broken = [
            self.rates[unit, name] for name in self.scheme.get("ranking", {}).get("tiebreak", [])
        ]
        return (-self.key(row), *(Fraction(1) if rate is None else -rate for rate in broken))

    def rank_and_grade(self, rows: dict[str, dict[str, Any]], members: list[str]) -> None:
        orders = {unit: self.order(unit, rows[unit]) for unit in members}
        dense = self.scheme.get("ranking", {}).get("ties", "standard") == "dense"
        for unit in members:
            ahead = [order for order in orders.values() if order < orders[unit]]
            rows[unit]["rank"] = 1 + (len(set(ahead)) if dense else len(ahead))
        left = [unit for unit in members if not self.set_grade(unit, rows[unit])]
        for number, grade in enumerate(self.scheme.get("grades", [])):
            fit = [unit for unit in left if self.meets(unit, rows[unit], grade, number)]
            fit = [
                u
                for u in fit
                if sum(orders[o] <= orders[u] for o in fit) <= self.room(grade, len(members))
            ]
            for unit in fit:
                rows[unit]["grade"] = grade["grade"]
            left = [unit for unit in left if unit not in fit]

    def grade_number(self, name: str) -> int:
        return [grade["grade"] for grade in self.scheme["grades"]].index(name)

    def cap(self, unit: str) -> int:
        return max(
            [self.grade_number(e["cap_grade"]) for e in self.effects(unit) if "cap_grade" in e],
            default=-1,
        )

    def set_grade(self, unit: str, row: dict[str, Any]) -> bool:
        fixed = [self.grade_number(e["grade"]) for e in self.effects(unit) if "grade" in e]
        if fixed:
            row["grade"] = self.scheme["grades"][max([*fixed, self.cap(unit)])]["grade"]
        return bool(fixed)

    def meets(self, unit: str, row: dict[str, Any], grade: dict[str, Any], number: int) -> bool:
        if number < self.cap(unit) or (
            "min" in grade and self.key(row) < Fraction(str(grade["min"]))
        ):
            return False
        for need in grade.get("require", []):
            rate = self.rates[unit, need["indicator"]]
            if rate is None or rate * 100 < Fraction(str(need["min_rate"])):
                return False
        return True

    @staticmethod
    def room(grade: dict[str, Any], field: int) -> float:
        quota = grade.get("quota")
        if quota is None:
            return math.inf
        if "count" in quota:
            return int(quota["count"])
        share = quota["share"]
        part = (
            Fraction(share)
            if isinstance(share, str) and "/" in share
            else Fraction(str(share)) / 100
        )
        exact = part * field
        return {
            "floor": math.floor(exact),
            "ceil": math.ceil(exact),
            "round": math.floor(exact + Fraction(1, 2)),
        }[quota.get("round", "floor")]
