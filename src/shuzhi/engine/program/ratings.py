"""Marks of raters: which count, what each category gives, and the rate of the leaf."""

import ibis
import pyarrow as pa

from shuzhi.engine.program.arith import BROAD, GRID, NARROW, Column, Table, Width, width_for
from shuzhi.engine.program.numbers import is_number, needs, scaled
from shuzhi.engine.program.params import whole
from shuzhi.engine.scheme import Scheme
from shuzhi.engine.scheme.rules import Ratings, Trim
from shuzhi.engine.scheme.values import places

MARK_DIGITS, MARK_DECIMALS = 8, 9  # before the point, as MOST_MARK says, and after it


def categories_table(scheme: Scheme) -> pa.Table:
    """One row a leaf and category: weight, whether own marks are avoided, how marks are joined."""
    rows = []
    for place in scheme.of_kind("ratings"):
        rule = place.rule
        fine = _decimals(rule)
        for name, weight in rule.categories.items():
            rows.append(
                {
                    "c_leaf": place.order,
                    "c_id": place.id,
                    "c_category": name,
                    "weight": whole(weight, fine),
                    "avoided": name in rule.avoided,
                    "least": rule.min_marks,
                    "trim": -1
                    if rule.within == "median"
                    else rule.within.trim
                    if isinstance(rule.within, Trim)
                    else 0,
                    "numeric": rule.numeric,
                }
            )
    return pa.Table.from_pylist(rows)


def _decimals(rule: Ratings) -> int:
    """The decimals of its categories' weights."""
    return max(map(places, rule.categories.values()))


def profile_marks(ratings: Table, scheme: Scheme) -> Table | None:
    """Per numeric leaf: decimals of its marks; malformed ones count as none here."""
    numeric = [place.id for place in scheme.of_kind("ratings") if place.rule.numeric]
    if not numeric:
        return None
    marks = ratings.filter(ratings.indicator.isin(numeric))
    decimals, _ = needs(ibis.ifelse(is_number(marks.value), marks.value, "0"))
    return (
        marks.mutate(decimals=decimals)
        .group_by("indicator")
        .aggregate(decimals=ibis._.decimals.max())
    )


def scales_table(scheme: Scheme, decimals: dict[str, int]) -> pa.Table:
    """One row a leaf and grade name (numeric scales: one row with no name) with its whole value."""
    rows = []
    for place in scheme.of_kind("ratings"):
        rule = place.rule
        scale = max(decimals.get(place.id, 0), *(places(mark) for mark in rule.scale.values()))
        common = {"s_leaf": place.order, "scale": scale, "top": whole(rule.top, scale)}
        if rule.numeric:
            low, high = whole(rule.scale["from"], scale), whole(rule.scale["to"], scale)
            rows.append({**common, "mark": "", "worth": None, "low": low, "high": high})
        else:
            rows += [
                {**common, "mark": name, "worth": whole(worth, scale), "low": 0, "high": 0}
                for name, worth in rule.scale.items()
            ]
    schema = pa.schema(
        [
            ("s_leaf", pa.int64()),
            ("scale", pa.int64()),
            ("top", pa.int64()),
            ("mark", pa.string()),
            ("worth", pa.int64()),
            ("low", pa.int64()),
            ("high", pa.int64()),
        ]
    )
    return pa.Table.from_pylist(rows, schema=schema)


KEPT = ["unit", "category", "rater", "c_leaf", "top", "x", "counts"]


def marks(ratings: Table, categories: Table, scales: Table, *, numeric: bool) -> Table:
    """Every mark with its leaf, category and whole value `x`.

    What does not fit has nothing there.
    """
    of_category = (ratings.indicator == categories.c_id) & (
        ratings.category == categories.c_category
    )
    known = ratings.left_join(categories, of_category)
    name = ibis.ifelse(known.numeric, "", known.value) if numeric else known.value
    valued = known.left_join(scales, (known.c_leaf == scales.s_leaf) & (name == scales.mark))
    if numeric:
        valued = _numbered(valued)
    x = valued.worth
    own = (valued.rater_unit == valued.unit) & valued.avoided
    return valued.mutate(x=x, counts=~own.fill_null(False))


def _numbered(valued: Table) -> Table:
    """With the worth of marks on numeric scales; nothing where it is no number, or beyond them."""
    none = ibis.null("string")
    valued = valued.mutate(
        text=ibis.ifelse(valued.numeric & is_number(valued.value), valued.value, none)
    )
    decimals, digits = needs(valued.text)
    short = (digits <= MARK_DIGITS) & (decimals <= MARK_DECIMALS)
    valued = valued.mutate(text=ibis.ifelse(short, valued.text, none))
    valued = valued.mutate(given=scaled(valued.text, valued.scale, NARROW))
    inside = (valued.given >= valued.low) & (valued.given <= valued.high)
    given = ibis.ifelse(inside, valued.given, ibis.null("int64"))
    return valued.mutate(worth=ibis.ifelse(valued.numeric, given, valued.worth))


def category_rates(counted: Table, categories: Table, width: Width) -> Table:
    """Per unit, leaf and category: marks that count and their rate, as the rule joins them."""
    spread = counted.group_by("unit", "c_leaf", "category", "x").aggregate(
        n=counted.count(), top=counted.top.max()
    )
    rules = categories.select("weight", "trim", "least", r_leaf="c_leaf", r_category="c_category")
    of_rule = (spread.c_leaf == rules.r_leaf) & (spread.category == rules.r_category)
    spread = spread.join(rules, of_rule)
    cell = ibis.window(group_by=["unit", "c_leaf", "category"])
    ordered = ibis.window(
        group_by=["unit", "c_leaf", "category"], order_by="x", preceding=None, following=0
    )
    placed = spread.mutate(
        upto=NARROW.settle(spread.n.sum().over(ordered)),
        all=NARROW.settle(spread.n.sum().over(cell)),
    )
    kept = placed.mutate(kept=_kept(placed))
    cells = kept.group_by("unit", "c_leaf", "category").aggregate(
        marks=kept["all"].max(),
        left=NARROW.total(kept.kept),
        total=width.total(width.cast(kept.x) * width.cast(kept.kept)),
        weight=kept.weight.max(),
        top=kept.top.max(),
        least=kept.least.max(),
    )
    enough = (cells.marks >= cells.least) & (cells.left > 0)
    rate = width.rate(cells.total, width.cast(cells.left) * width.cast(cells.top))
    return cells.mutate(enough=enough, rate=ibis.ifelse(enough, rate, ibis.null("int64")))


def _kept(placed: Table) -> Column:
    """How many of equal marks remain between the first and the last place that the rule keeps."""
    before, total = placed.upto - placed.n, placed["all"]
    middle = NARROW.quot(total + 1, ibis.literal(2, "int64"))
    first = ibis.ifelse(placed.trim < 0, middle, placed.trim + 1)
    last = ibis.ifelse(
        placed.trim < 0, NARROW.quot(total, ibis.literal(2, "int64")) + 1, total - placed.trim
    )
    inside = ibis.least(placed.upto, last) - ibis.greatest(before + 1, first) + 1
    return ibis.greatest(inside, 0)


def weights_width(scheme: Scheme) -> Width:
    """The width for a category's weight times its rate."""
    finest = max((_decimals(place.rule) for place in scheme.of_kind("ratings")), default=0)
    return width_for(100 * 10**finest * GRID) or BROAD


def leaf_rates(cells: Table, width: Width) -> Table:
    """Per unit and leaf: the weighted mean of the categories that have marks enough."""
    live = ibis.ifelse(cells.enough, cells.weight, 0)
    earned = width.cast(live) * width.cast(cells.rate.fill_null(0))
    sums = (
        cells.mutate(live=live, earned=earned)
        .group_by("unit", "c_leaf")
        .aggregate(
            ready=NARROW.total(ibis._.enough.cast("int64")),
            weights=NARROW.total(ibis._.live),
            earned=BROAD.total(ibis._.earned),
        )
    )
    rate = ibis.ifelse(
        sums.weights > 0, BROAD.half_up(sums.earned, sums.weights), ibis.null("int64")
    )
    return sums.mutate(rate=rate)


def marks_width(rows: int, scales: pa.Table) -> Width:
    """The width for sums of so many marks."""
    top = max([1, *scales["top"].to_pylist()])
    return width_for(3 * GRID * (rows + 1) * top) or BROAD


def needed_categories(scheme: Scheme) -> dict[int, int]:
    """How many categories each leaf that stops when one is short must have."""
    return {
        p.order: len(p.rule.categories) for p in scheme.of_kind("ratings") if p.rule.short == "stop"
    }
