"""One example of every rule: shown in the reference page, and run as a test."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """A leaf's rule with figures, and the rates that they give."""

    kind: str
    says: str
    rule: str
    figures: tuple[tuple[str, str], ...]  # value (or `value / target`), rate
    points: int = 20


EXAMPLES = [
    Example("ratio", "What was done against what was planned.", "{kind: ratio, target: 10, cap: 1}",
            (("8", "0.8"), ("12", "1"), ("-1", "0"), ("3 / 4", "0.75"), ("1 / 3", "0.333333333"))),
    Example("ratio", "`cap` above 1 rewards what goes beyond the target.", "{kind: ratio, target: 10, cap: 1.2}",
            (("11", "1.1"), ("20", "1.2"))),
    Example("ratio", "`direction: down`: less is better; the value 0 gives the cap.", "{kind: ratio, target: 2, direction: down}",
            (("4", "0.5"), ("1", "1"), ("0", "1"), ("3", "0.666666667"))),
    Example("linear", "0 at `zero`, full at `full`, straight between.", "{kind: linear, zero: 60, full: 100}",
            (("75", "0.375"), ("50", "0"), ("100", "1"))),
    Example("linear", "`zero` above `full`: less is better.", "{kind: linear, zero: 30, full: 0}", (("3", "0.9"), ("31", "0"))),
    Example("bands", "The first band whose bound the value reaches; half-open, so 90 is in the upper one.",
            "{kind: bands, bands: [[90, 100], [60, 70], [null, 0]]}", (("90", "1"), ("89.99", "0.7"), ("59.9", "0"))),
    Example("flag", "Done or not: true, 1, 是, yes; false, 0, 否, no.", "{kind: flag}", (("是", "1"), ("no", "0"))),
    Example("shortfall", "Every step begun that is lacking takes points.", "{kind: shortfall, target: 4, each: 1, deduct: 5}",
            (("4", "1"), ("3", "0.75"), ("2.5", "0.5"), ("0", "0"), ("5 / 6", "0.75"))),
    Example("excess", "Every step begun beyond the limit takes points; a row's target overrides the limit.",
            "{kind: excess, limit: 2, each: 2, deduct: 4}", (("2", "1"), ("3", "0.8"), ("4.5", "0.6"), ("99", "0"), ("3 / 3", "1"))),
    Example("manual", "The points that somebody gave, from 0 to the indicator's points.", "{kind: manual}", (("15", "0.75"), ("20", "1"))),
    Example("minmax", "Between the lowest and the highest of the peers.", "{kind: minmax, within: all}",
            (("1", "0"), ("2", "0.25"), ("5", "1"))),
    Example("rank", "(n − rank) / (n − 1); equal ones share the mean of their ranks.", "{kind: rank, within: all}",
            (("1", "0"), ("2", "0.5"), ("2", "0.5"), ("5", "1"))),
    Example("percentile", "The share of the others below, and half of those equal.", "{kind: percentile, within: all, direction: down}",
            (("1", "1"), ("2", "0.5"), ("5", "0"))),
    Example("zscore", "Standard score through the normal distribution, to 6 places.", "{kind: zscore, within: all}",
            (("1", "0.158655"), ("2", "0.5"), ("3", "0.841345"))),
]  # fmt: skip
