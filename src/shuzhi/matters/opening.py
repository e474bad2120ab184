"""Bring matters into being, one or thousands: rows of every table, set-based."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from shuzhi.kernel.access import Actor
from shuzhi.kernel.calendar import Workdays
from shuzhi.kernel.numbering import next_numbers
from shuzhi.registry.queries import post_title

from .enums import StepKind
from .files import keep_files
from .limits import BATCH
from .mechanism import Mechanism
from .models import Intake, Matter, MatterCell, MatterDeadline, MatterFile, MatterParty, MatterStep
from .terms import Terms

if TYPE_CHECKING:
    from shuzhi.kernel.uploads import Received
    from shuzhi.registry.models import Unit

Side = "Unit | Person"
Sides = Mapping[str, Sequence[Any]]  # party -> units or persons, the leading one first


@dataclass
class Birth:
    """One matter that is to be."""

    unit: "Unit"
    title: str
    sides: Sides
    values: dict[str, Any] = field(default_factory=dict)
    parent: Matter | None = None
    origin: Matter | None = None
    placed: Mapping[str, Any] = field(default_factory=dict)  # where a ledger says that it stands


@dataclass(frozen=True)
class Occasion:
    """How a set of matters comes about: by whom, for which party, when, together with what."""

    actor: Actor
    party: str
    office: "Unit | None"
    day: date
    year: int
    dispatch: str = ""
    uploads: Mapping[str, Sequence["Received"]] = field(default_factory=dict)
    kind: StepKind = StepKind.OPENED
    intake: Intake | None = None


def party_rows(matter: Matter, sides: Sides) -> list[MatterParty]:
    """Return rows for the sides of a matter."""
    return [
        MatterParty(matter=matter, party=party, position=position, **side_of(side))
        for party, held in sides.items()
        for position, side in enumerate(held)
    ]


def side_of(side: Any) -> dict[str, Any]:
    """Return a unit or a person as the columns of a party's row."""
    return {"unit" if side._meta.model_name == "unit" else "person": side}


def cells(mechanism: Mechanism, matter: Matter) -> list[MatterCell]:
    """Return the facts that are counted, as they stand now."""
    return [
        MatterCell(matter=matter, field=name, **cell_value(matter.facts[name]))
        for name in sorted(mechanism.plan.counted & matter.facts.keys())
    ]


def cell_value(value: Any) -> dict[str, Any]:
    """Return a fact as its cell holds it; truth values by their names in a pack."""
    if isinstance(value, bool):
        return {"value": str(value).lower(), "number": None}
    return {"value": str(value)[:40], "number": value if isinstance(value, int) else None}


def create(mechanism: Mechanism, births: Iterable[Birth], occasion: Occasion) -> list[Matter]:
    """Create the matters with parties, deadlines and the first entry of their story."""
    born = list(births)
    matters = Matter.objects.bulk_create(
        [_matter(mechanism, birth, occasion) for birth in born], batch_size=BATCH
    )
    if occasion.intake is None:
        _number(mechanism, matters, born, occasion)
        _begin_terms(mechanism, matters, occasion.day)
    rows = [row for m, b in zip(matters, born, strict=True) for row in party_rows(m, b.sides)]
    MatterParty.objects.bulk_create(rows, batch_size=BATCH)
    MatterCell.objects.bulk_create(
        [cell for matter in matters for cell in cells(mechanism, matter)], batch_size=BATCH
    )
    _tell(matters, occasion)
    return matters


def _matter(mechanism: Mechanism, birth: Birth, occasion: Occasion) -> Matter:
    usual: dict[str, Any] = {
        "mechanism": mechanism.id,
        "reference": mechanism.reference,
        "state_id": mechanism.state(mechanism.plan.opens.state),
        "unit": birth.unit,
        "title": birth.title,
        "year": occasion.year,
        "opened_on": occasion.day,
        "opened_by_id": occasion.actor.account_id,
        "facts": birth.values,
        "counts": mechanism.plan.measures.since is None,
        "parent": birth.parent,
        "origin": birth.origin,
        "dispatch": occasion.dispatch,
        "intake": occasion.intake,
    }
    return Matter(**usual | dict(birth.placed))


def _number(
    mechanism: Mechanism, matters: list[Matter], born: list[Birth], occasion: Occasion
) -> None:
    """Number what people cite by number, office by office; a part goes by its whole's number.

    The year is the paper's own (GB/T 9704), whatever year of work it counts in.
    """
    word = mechanism.plan.number
    office = occasion.office
    if not word or office is None:
        return
    whole = [m for m, b in zip(matters, born, strict=True) if b.parent is None and not m.number]
    series = f"matter:{mechanism.id}:{office.pk}"
    year = occasion.day.year
    numbers = next_numbers(series, year, len(whole))
    for matter, number in zip(whole, numbers, strict=True):
        matter.number = f"{office.short_name}{word}〔{year}〕{number}号"
    for matter, birth in zip(matters, born, strict=True):
        matter.number = matter.number or (birth.parent.number if birth.parent else "")
    Matter.objects.bulk_update(matters, ["number"], batch_size=BATCH)


def _begin_terms(mechanism: Mechanism, matters: list[Matter], day: date) -> None:
    plan = mechanism.plan
    if not plan.deadlines:
        return
    calendar, rows, running = Workdays(), [], []
    for matter in matters:
        terms = Terms(plan, matter, [], calendar)
        terms.enter(plan.opens.state, day)
        terms.given(matter.facts, day)
        matter.due = terms.due()
        rows += terms.rows
        if matter.due:
            running.append(matter)
    MatterDeadline.objects.bulk_create(rows, batch_size=BATCH)
    Matter.objects.bulk_update(running, ["due"], batch_size=BATCH)


def _tell(matters: list[Matter], occasion: Occasion) -> None:
    """Write the first entry of each story; files that came along are kept once."""
    kept = keep_files(occasion.uploads, actor=occasion.actor)
    named = {name: [file.public_id for file in files] for name, files in kept.items()}
    post = post_title(occasion.actor.person_id, occasion.office)
    steps = [
        MatterStep(
            matter=matter,
            kind=occasion.kind,
            state=matter.state_key,
            account_id=occasion.actor.account_id,
            party=occasion.party,
            unit=occasion.office,
            name=occasion.actor.name,
            post=post,
            facts=matter.facts | named,
            at=timezone.now(),
        )
        for matter in matters
    ]
    MatterStep.objects.bulk_create(steps, batch_size=BATCH)
    MatterFile.objects.bulk_create(
        [
            MatterFile(matter=step.matter, step=step, field=name, file=file)
            for step in steps
            for name, files in kept.items()
            for file in files
        ],
        batch_size=BATCH,
    )
