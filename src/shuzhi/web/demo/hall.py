"""The hall of the demo: forty raters in four categories, and how they mark."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from shuzhi.ballots import services as ballots
from shuzhi.gatherings import services as gatherings
from shuzhi.gatherings.enums import Presence
from shuzhi.kernel.access import Actor

from .county import TOWN_NAME, County
from .texts import REMARKS

if TYPE_CHECKING:
    from shuzhi.gatherings.models import Gathering

RATERS = {"A": 8, "B": 6, "C": 14, "D": 12}
POSTS = {"A": "镇领导班子成员", "B": "治理小组成员", "C": "社区书记", "D": "居民代表"}
RECUSED = frozenset({"C", "D"})
STEPS = ((0.78, "好"), (0.5, "较好"), (0.22, "一般"), (0.0, "差"))


@dataclass(frozen=True)
class Rater:
    """Somebody in the hall: category, and the own unit where that category recuses."""

    category: str
    own_unit: str | None


def raters(county: County) -> list[Rater]:
    """Return the forty, spread over the communities."""
    codes = [unit.code for unit in county.communities]
    return [
        Rater(category, codes[number % len(codes)] if category in RECUSED else None)
        for category, count in RATERS.items()
        for number in range(count)
    ]


def call_hall(
    gathering: "Gathering", county: County, names: Iterator[str], *, actor: Actor
) -> None:
    """Put the forty on the roll."""
    homes = {unit.code: unit.short_name for unit in county.communities}
    calls = [
        {
            "category": rater.category,
            "name": next(names),
            "unit_name": homes.get(rater.own_unit or "", TOWN_NAME),
            "post": POSTS[rater.category],
        }
        for rater in raters(county)
    ]
    gatherings.call_attendees(gathering, calls, actor=actor)


def sign_all_in(gathering: "Gathering", *, actor: Actor) -> None:
    """Let everybody come but two: one excused, one who sends somebody."""
    for number, attendee in enumerate(gathering.attendees.select_related("gathering__unit")):
        presence, substitute = Presence.PRESENT, ""
        if number == 11:  # noqa: PLR2004 (anybody)
            presence = Presence.EXCUSED
        elif number == 23:  # noqa: PLR2004 (anybody)
            presence, substitute = Presence.SUBSTITUTE, "社区副书记"
        gatherings.sign_in(attendee, presence, actor=actor, substitute=substitute)


def _mark(random: Random, quality: float, leniency: float) -> str:
    seen = min(0.99, max(0.0, random.gauss(quality + leniency, 0.13)))
    return next(word for least, word in STEPS if seen >= least)


def ballot(
    random: Random, rater: Rater, qualities: Mapping[str, float], items: Sequence[str]
) -> ballots.Ballot:
    """Return how a rater marks: what is there to see, their leniency, and some chance."""
    leniency = random.gauss(0.03, 0.06)
    marks = {
        code: {item: _mark(random, quality, leniency) for item in items}
        for code, quality in qualities.items()
        if code != rater.own_unit
    }
    said = random.sample(sorted(marks), random.randint(0, 2))
    return ballots.Ballot(
        marks=marks,
        remarks={code: random.choice(REMARKS) for code in said},
        own_unit=rater.own_unit,
    )
