"""Information about the vote, and how firm the ranking is: never a list of people."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shuzhi.appraisal.models import Result, Review, ScoreRun
from shuzhi.appraisal.schemes.rows import tables_of
from shuzhi.ballots import queries as ballots

from .results import results
from .scheme import scheme_of

WHOLE = "*"
FIRM, FAIR = Decimal("0.8"), Decimal("0.667")  # Krippendorff's customary bounds of alpha


@dataclass(frozen=True)
class Agreement:
    """One rated item: how far the raters agreed."""

    title: str
    units: str
    alpha: str

    @property
    def shown(self) -> str:
        """Return alpha to two decimals."""
        return f"{Decimal(self.alpha):.2f}" if self.alpha else ""

    @property
    def level(self) -> str:
        """Say how far that can be relied on: firm, fair or weak; "" where nothing varied."""
        if not self.alpha:
            return ""
        alpha = Decimal(self.alpha)
        return "firm" if alpha >= FIRM else "fair" if alpha >= FAIR else "weak"


def agreement(review: Review, run: ScoreRun) -> list[Agreement]:
    """Return the agreement of each rated item."""
    titles = scheme_of(review).titles
    return [
        Agreement(titles.get(row["indicator"], row["indicator"]), row["units"], row["alpha"])
        for row in run.agreement
    ]


def patterns(review: Review) -> dict[str, Any]:
    """Return shares of flat and halo forms, far marks and ICC; empty below the minimum sample."""
    if review.poll is None or not ballots.shows_breakdown(review.poll):
        return {}
    said = ballots.statistics(review.poll)
    whole: dict[str, Any] = dict(said.get(WHOLE, {}))
    forms = [row for key, row in said.items() if key != WHOLE and "flat_share" in row]
    if whole and forms:
        flat = sum(Decimal(row["flat_share"]) * (row["forms"] - row["blank"]) for row in forms)
        marked = sum(row["forms"] - row["blank"] for row in forms)
        whole["flat_share"] = f"{flat / marked:.1f}" if marked else ""
        means = [Decimal(row["severity_mean"]) for row in forms]
        whole["severity_gap"] = f"{max(means) - min(means):.2f}"
    for key in ("icc_single", "icc_mean"):  # below 0 it says no more than 0: nothing to rely on
        if whole.get(key, "").startswith("-"):
            whole[key] = "0.00"
    return whole


@dataclass(frozen=True)
class Firm:
    """One unit's rank with what it could be: other weights, a mark less, other raters."""

    code: str
    name: str
    rank: int
    weights: tuple[int, int]  # 5 % to 95 % of the varied weights
    without: tuple[int, int]  # best and worst with any one mark left out
    raters: tuple[int, int]  # what the spread of the marks leaves possible

    @property
    def best(self) -> int:
        return min(self.weights[0], self.without[0], self.raters[0])

    @property
    def worst(self) -> int:
        return max(self.weights[1], self.without[1], self.raters[1])


def distinguishable(one: Firm, other: Firm) -> dict[str, bool]:
    """Tell by each test whether two units are apart: their intervals of ranks do not touch."""
    return {
        test: a[1] < b[0] or b[1] < a[0]
        for test, a, b in (
            ("weights", one.weights, other.weights),
            ("without", one.without, other.without),
            ("raters", one.raters, other.raters),
        )
    }


def apart(one: Firm, other: Firm) -> bool:
    """Tell whether two units are apart by every test."""
    return all(distinguishable(one, other).values())


def _firm(row: Result, tested: dict[str, str]) -> Firm:
    rank = row.rank or 0
    number = {name: int(tested.get(name) or rank) for name in ("p5", "p95", "best", "worst")}
    return Firm(
        row.entrant.unit.code,
        row.entrant.unit.short_name,
        rank,
        (number["p5"], number["p95"]),
        (number["best"], number["worst"]),
        (row.rank_low or rank, row.rank_high or rank),
    )


def firmness(review: Review, run: ScoreRun) -> list[Firm]:
    """Return the ranked units with their intervals, best first; empty where none were computed."""
    table = tables_of(run, "results/robustness")["results/robustness"]
    tested = {row["unit"]: row for row in table}
    if not tested:
        return []
    ranked = results(review).filter(rank__isnull=False)
    return [_firm(row, tested.get(row.entrant.unit.code, {})) for row in ranked]


@dataclass(frozen=True)
class Drawn:
    """A unit's line: its intervals across 0 to 100, and whom it cannot be told apart from."""

    firm: Firm
    alike: Sequence[str]
    most: int

    def across(self, rank: float) -> str:
        return f"{(rank - 0.5) / self.most * 100:.2f}"

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """Return kind, left end and width of each interval."""
        found = []
        for kind, (low, high) in (
            ("raters", self.firm.raters),
            ("without", self.firm.without),
            ("weights", self.firm.weights),
        ):
            width = max((high - low) / self.most * 100, 0.0)
            found.append((kind, self.across(low), f"{width:.2f}"))
        return found

    @property
    def place(self) -> str:
        return self.across(self.firm.rank)


def drawn(rows: Sequence[Firm]) -> list[Drawn]:
    """Return the picture's lines."""
    most = max((row.worst for row in rows), default=1)
    return [Drawn(row, _alike(row, rows), most) for row in rows]


def _alike(row: Firm, rows: Sequence[Firm]) -> list[str]:
    """Name those from whom a unit cannot be told apart, the nearest in rank first."""
    alike = [other for other in rows if other is not row and not apart(row, other)]
    return [other.name for other in sorted(alike, key=lambda other: abs(other.rank - row.rank))]
