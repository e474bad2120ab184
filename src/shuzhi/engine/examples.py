"""One example of every rule: shown in the reference page, and run as a test."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """A leaf's rule with figures, and the rates that they give."""

    kind: str
    says: str
    rule: str
    figures: tuple[tuple[str, str], ...]  # value (or `value / target`), marks or events; rate
    points: int = 20

    @property
    def reads(self) -> str:
        """What stands in the first column."""
        return READS.get(self.kind, "figure")


READS = {"ratings": "marks", "events": "what happened"}
RATED = "{kind: ratings, scale: {好: 100, 较好: 85, 一般: 70, 差: 50}, categories: {A: 60, B: 40}"


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
    Example("ratings", "Each category's mean over the top of the scale, then the categories by their weights.", RATED + "}",
            (("A: 好, 较好; B: 一般", "0.835"), ("A: 差; B: 差, 差, 好", "0.566666667"))),
    Example("ratings", "`trim` drops the highest and the lowest mark of each category; `median` takes the middle one.",
            RATED + ", within: {trim: 1}}", (("A: 好, 好, 较好, 差; B: 差, 一般, 好", "0.835"), ("A: 好, 好, 好; B: 差, 差, 差", "0.8"))),
    Example("ratings", "Marks for the rater's own unit are left out; a category with too few is left to the others.",
            RATED + ", min_marks: 2, short: renormalise, exclude_own: [B]}",
            (("A: 好, 较好; B: 差, 差", "0.755"), ("A: 好, 较好; B: 好 (own), 差", "0.925"), ("A: 好 (own), 较好; B: 差", "0.925"))),
    Example("ratings", "Marks that are numbers.", "{kind: ratings, scale: {from: 0, to: 10}, categories: {A: 100}, within: median}",
            (("A: 9, 7, 2", "0.7"), ("A: 9.5, 7", "0.825"))),
    Example("events", "`start: full`: what happened takes points, down to 0 and no further.", "{kind: events, start: full}",
            (("-2, -3", "0.75"), ("-15, -9", "0"), ("nothing", "1"))),
    Example("events", "`start: 0`: what happened earns points, up to the indicator's; rows with one key count once.",
            "{kind: events, start: 0, once: highest}",
            (("5 (k), 8 (k)", "0.4"), ("5 (k), 8 (k), -2 (k), -3 (k)", "0.25"), ("5, 5, 1 (k)", "0.55"), ("15, 9", "1"), ("nothing", "0"))),
    Example("minmax", "Between the lowest and the highest of the peers.", "{kind: minmax, within: all}",
            (("1", "0"), ("2", "0.25"), ("5", "1"))),
    Example("rank", "(n − rank) / (n − 1); equal ones share the mean of their ranks.", "{kind: rank, within: all}",
            (("1", "0"), ("2", "0.5"), ("2", "0.5"), ("5", "1"))),
    Example("percentile", "The share of the others below, and half of those equal.", "{kind: percentile, within: all, direction: down}",
            (("1", "1"), ("2", "0.5"), ("5", "0"))),
    Example("zscore", "Standard score through the normal distribution, to 6 places.", "{kind: zscore, within: all}",
            (("1", "0.158655"), ("2", "0.5"), ("3", "0.841345"))),
]  # fmt: skip
