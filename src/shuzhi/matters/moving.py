"""What a step does beside the state: facts, files, parties, deadlines, story, what follows."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from shuzhi.kernel.access import Actor
from shuzhi.kernel.calendar import Workdays
from shuzhi.kernel.events import publish
from shuzhi.registry.queries import post_title

from .enums import StepKind
from .events import MatterClosed, MatterStepTaken
from .facts import Given
from .files import keep_files
from .likeness import marks_of
from .limits import NOTE
from .models import Matter, MatterCell, MatterFile, MatterParty, MatterStep
from .opening import cell_value, party_rows
from .schema import MatterPlan, Transition
from .standing import acts_for, standing
from .terms import Terms

SAVED = (
    "unit", "facts", "round", "reopened", "settled", "closed_on", "due", "late", "counts",
    "urged_on", "changed_at",
)  # fmt: skip


def moved(
    plan: MatterPlan, row: Transition, matter: Matter, actor: Actor, facts: Mapping[str, Any]
) -> None:
    """Carry out a step whose state is saved; runs inside the step's transaction."""
    from .following import follow

    given: Given = facts["given"]
    before: str = facts["before"]
    today = timezone.localdate()
    matter.facts = matter.facts | given.values
    assign(matter, facts.get("sides") or {})
    _move(matter, row)
    _turn(plan, row, matter, today)
    _terms(plan, row, matter, given, today, entered=before != matter.state_id or row.again)
    matter.urged_on, matter.changed_at = None, timezone.now()
    _tell(plan, row, matter, actor, given)
    _keep_cells(plan, matter, given)
    matter.save(update_fields=SAVED)
    publish(MatterStepTaken(matter, row.id))
    follow(row, matter, actor)
    if matter.ended:
        publish(MatterClosed(matter))


def assign(matter: Matter, sides: Mapping[str, Any]) -> None:
    """Put the named units and persons on their sides, in place of whoever stood there."""
    if sides:
        matter.parties.filter(party__in=list(sides)).delete()
        MatterParty.objects.bulk_create(party_rows(matter, sides))


def _move(matter: Matter, row: Transition) -> None:
    if row.moves_to:
        held = matter.parties.filter(party=row.moves_to, unit__isnull=False).first()
        if held and held.unit:
            matter.unit = held.unit


def _turn(plan: MatterPlan, row: Transition, matter: Matter, today: date) -> None:
    """Count rounds and reopenings; note or forget the day of the end."""
    ends = plan.by_state[row.to].final
    if matter.closed_on is not None and not ends:
        matter.reopened += 1
        matter.late &= not matter.settled  # an earlier year has counted that end
        matter.settled = False
    matter.counts |= plan.measures.since == row.id
    if row.again:
        matter.round += 1
    matter.closed_on = (matter.closed_on or today) if ends else None


def _terms(
    plan: MatterPlan, row: Transition, matter: Matter, given: Given, today: date, *, entered: bool
) -> None:
    terms = Terms(plan, matter, matter.deadlines.all(), Workdays())
    if entered:
        terms.enter(row.to, today, again=row.again)
    terms.renew(row.id, today)
    terms.given(given.values, today)
    terms.save()
    matter.due = None if matter.ended else terms.due()


def _tell(plan: MatterPlan, row: Transition, matter: Matter, actor: Actor, given: Given) -> None:
    party = standing(matter, actor).party_of(plan, row.by) or ""
    kept = keep_files(given.uploads, actor=actor)
    named = {name: [file.public_id for file in files] for name, files in kept.items()}
    step = MatterStep.objects.create(
        matter=matter,
        kind=StepKind.STEP,
        step=row.id,
        state=row.to,
        round=matter.round,
        facts=given.values | named,
        marks=marks_of(plan, matter, given.values),
        **office(matter, actor, party),
    )
    MatterFile.objects.bulk_create(
        MatterFile(matter=matter, step=step, field=name, file=file)
        for name, files in kept.items()
        for file in files
    )
    matter.facts = matter.facts | named


def tell(
    matter: Matter, actor: Actor, party: str, kind: StepKind, note: Callable[[], object]
) -> MatterStep:
    """Write an entry that is no step; `note` is worded in Chinese, whatever its writer reads."""
    with override("zh-hans"):
        words = str(note())[:NOTE]
    return MatterStep.objects.create(
        matter=matter,
        kind=kind,
        state=matter.state_key,
        round=matter.round,
        note=words,
        **office(matter, actor, party),
    )


def office(matter: Matter, actor: Actor, party: str) -> dict[str, Any]:
    """Return who acts, in what office, as the story keeps it."""
    rows = matter.parties.filter(party=party).select_related("unit")
    unit = next((row.unit for row in rows if acts_for(actor, row)), None)
    return {
        "account_id": actor.account_id,
        "party": party,
        "unit": unit,
        "name": actor.name,
        "post": post_title(actor.person_id, unit),
    }


def _keep_cells(plan: MatterPlan, matter: Matter, given: Given) -> None:
    for name in sorted(plan.counted & given.values.keys()):
        MatterCell.objects.update_or_create(
            matter=matter,
            field=name,
            defaults=cell_value(given.values[name]) | {"earlier": False},
        )
