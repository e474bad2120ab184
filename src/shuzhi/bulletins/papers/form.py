"""测评表 to print before the meeting: by category code, no name, no number."""

from shuzhi.bulletins.facts import Named
from shuzhi.kernel.content import Frozen

from .sheets import sheet


class Reporter(Frozen):
    """Whom the form asks about."""

    unit: str
    name: str


class FormFacts(Frozen):
    """What a paper form needs: the same items, marks and categories as the phone's page."""

    title: str
    unit: str
    items: tuple[Named, ...]
    choices: tuple[str, ...]  # empty: a number from `low` to `high`
    low: int = 0
    high: int = 100
    remark: bool = True
    categories: tuple[Named, ...]
    reporters: tuple[Reporter, ...]

    @property
    def ticks(self) -> bool:
        """Tell whether a mark is a tick in a column (one item, named marks)."""
        return len(self.items) == 1 and bool(self.choices)


def _instruction(facts: FormFacts) -> str:
    if facts.ticks:
        how = "每人只在一个评价栏内打“√”。"
    elif facts.choices:
        how = f"每格填写一个评价：{'、'.join(facts.choices)}。"
    else:
        how = f"每格填写{facts.low}至{facts.high}的整数。"
    return how + "本人所在单位不评，留空。本表不署名，请勿做任何记号。"


def _columns(facts: FormFacts) -> tuple[list[str], list[float]]:
    marks = list(facts.choices) if facts.ticks else [item.title for item in facts.items]
    width = 14.0 if facts.ticks else min(40.0, 150 / len(marks))
    heads, widths = ["序号", "单位", "述职人", *marks], [11.0, 0.0, 18.0, *[width] * len(marks)]
    return ([*heads, "意见建议"], [*widths, 44.0]) if facts.remark else (heads, widths)


def ballot_form(facts: FormFacts) -> bytes:
    """Return one form for each category, each on pages of its own, as PDF."""
    heads, widths = _columns(facts)
    empty = [""] * (len(heads) - 3)
    data = {
        "title": f"{facts.title}测评表",
        "unit": facts.unit,
        "instruction": _instruction(facts),
        "flipped": not facts.ticks,
        "heads": heads,
        "widths": widths,
        "rows": [
            [str(at), one.unit, one.name, *empty] for at, one in enumerate(facts.reporters, 1)
        ],
        "forms": [{"code": one.id, "title": one.title} for one in facts.categories],
    }
    return sheet("form", None, data)
