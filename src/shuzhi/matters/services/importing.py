"""Take a ledger of matters in at once, as it was kept elsewhere: complete, audited, set-based."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import rfc8785
from django.utils import timezone
from django.utils.translation import gettext as _

from shuzhi.kernel.access import Actor, Permission, allows
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import FaultsError, RefusedError, RowFault
from shuzhi.kernel.language import listed
from shuzhi.kernel.period import require_open
from shuzhi.kernel.writes import verb
from shuzhi.matters.enums import DeadlineState, StepKind
from shuzhi.matters.facts import FactsError, read_facts
from shuzhi.matters.limits import BATCH, TITLE
from shuzhi.matters.mechanism import Mechanism, latest
from shuzhi.matters.models import Intake, Matter, MatterDeadline
from shuzhi.matters.opening import Birth, Occasion, Sides, create
from shuzhi.matters.schema import Deadline
from shuzhi.matters.sides import Opener, resolve
from shuzhi.registry.queries import units_coded

if TYPE_CHECKING:
    from shuzhi.registry.models import Unit

MOST = 20_000


@dataclass(frozen=True)
class LedgerRow:
    """One matter of a ledger: whose, what, since when, and where it stands now.

    `unit` is the unit's code, `state` a state's id (its first one if empty). `due` and `closed_on`
    are as the ledger gives them; `facts` may hold any fact of the kind.
    """

    unit: str
    title: str
    opened_on: date
    state: str = ""
    due: date | None = None
    closed_on: date | None = None
    number: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@verb
def import_matters(
    *,
    actor: Actor,
    mechanism: str,
    unit: "Unit",
    year: int,
    rows: Sequence[LedgerRow],
    source: str,
) -> Intake:
    """Take in a ledger of `unit` and units below it: all rows, or none with every fault named.

    The proof log keeps the digest of all rows; each matter's story begins with the import and says
    so: nothing pretends to have been done step by step.
    """
    kind = latest(mechanism)
    require_open(year)
    _check_size(rows)
    units = units_coded({row.unit for row in rows})
    read = _read(rows, kind, units, actor)
    digest = hashlib.sha256(rfc8785.dumps([_plain(row) for row in rows])).hexdigest()
    intake = Intake.objects.create(
        unit=unit,
        mechanism=kind.id,
        source=source[:200],
        count=len(rows),
        sha256=digest,
        account_id=actor.account_id,
    )
    opener = Opener(actor, named_wins=True)
    today = timezone.localdate()
    occasion = Occasion(actor, "", opener.unit, today, year, kind=StepKind.IMPORTED, intake=intake)
    _write(kind, read, units, opener, occasion)
    after = {"mechanism": kind.reference, "year": year, "count": len(rows), "sha256": digest}
    record("matter.imported", intake, actor=actor, after=after)
    return intake


def _check_size(rows: Sequence[LedgerRow]) -> None:
    if not rows:
        raise RefusedError(_("表里没有任何事项。"))
    if len(rows) > MOST:
        raise RefusedError(_("一次最多导入 %(n)d 件，请分几次。") % {"n": MOST})


def _read(
    rows: Sequence[LedgerRow], kind: Mechanism, units: Mapping[str, "Unit"], actor: Actor
) -> list[LedgerRow]:
    """Return the rows with their facts as they are kept, or refuse with every fault."""
    read: list[LedgerRow] = []
    faults: list[RowFault] = []
    for number, row in enumerate(rows, 1):
        faults += _faults(number, row, kind, units, actor)
        try:
            given = read_facts(kind.plan, (), kind.plan.facts, row.facts, past=True)
        except FactsError as error:
            faults += _fact_faults(number, kind, error)
        else:
            read.append(replace(row, facts=given.values))
    if faults:
        raise FaultsError(faults)
    return read


def _faults(
    number: int, row: LedgerRow, kind: Mechanism, units: Mapping[str, "Unit"], actor: Actor
) -> Iterable[RowFault]:
    unit = units.get(row.unit)
    if unit is None:
        yield RowFault(number, _("单位"), _("没有代码为“%(code)s”的组织") % {"code": row.unit})
    elif not allows(actor, Permission.MATTER_MANAGE, unit):
        yield RowFault(number, _("单位"), _("这个单位不归您管。"))
    if not row.title.strip() or len(row.title) > TITLE:
        yield RowFault(number, _("事项"), _("没有填写，或超过 200 个字。"))
    state = kind.plan.by_state.get(row.state or kind.plan.opens.state)
    if state is None:
        known = listed(one.label for one in kind.plan.states)
        yield RowFault(number, _("状态"), _("应为其中之一：%(known)s") % {"known": known})
    elif state.final != (row.closed_on is not None):
        yield RowFault(number, _("办结日期"), _("办结的要写办结日期，没有办结的不写。"))
    if row.closed_on and row.closed_on < row.opened_on:
        yield RowFault(number, _("办结日期"), _("早于立项日期。"))
    if row.due and row.due < row.opened_on:
        yield RowFault(number, _("期限"), _("早于立项日期。"))


def _fact_faults(number: int, kind: Mechanism, error: FactsError) -> Iterable[RowFault]:
    for key, words in error.faults.items():
        fact = kind.plan.facts.get(key)
        yield RowFault(number, str(fact.label) if fact else key, words)


def _plain(row: LedgerRow) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in ("unit", "title", "state", "number")}
    days = {name: getattr(row, name) for name in ("opened_on", "due", "closed_on")}
    dated = {name: day and day.isoformat() for name, day in days.items()}
    return found | dated | {"facts": {key: str(value) for key, value in row.facts.items()}}


def _write(
    kind: Mechanism,
    rows: Sequence[LedgerRow],
    units: Mapping[str, "Unit"],
    opener: Opener,
    occasion: Occasion,
) -> None:
    sides = {
        code: resolve(kind.plan, unit, opener, {}, strict=False) for code, unit in units.items()
    }
    dated = next((one for one in kind.plan.deadlines if one.field), None)
    births = [_birth(kind, row, units[row.unit], sides[row.unit], dated) for row in rows]
    matters = create(kind, births, occasion)
    if dated:
        runs = [_run(dated, *pair) for pair in zip(matters, rows, strict=True) if pair[1].due]
        MatterDeadline.objects.bulk_create(runs, batch_size=BATCH)


def _birth(
    kind: Mechanism, row: LedgerRow, unit: "Unit", sides: Sides, dated: Deadline | None
) -> Birth:
    values = dict(row.facts)
    if dated and dated.field and row.due:
        values[dated.field] = row.due.isoformat()
    placed = {
        "state_id": kind.state(row.state or kind.plan.opens.state),
        "opened_on": row.opened_on,
        "closed_on": row.closed_on,
        "number": row.number,
        "late": bool(row.due and row.closed_on and row.closed_on > row.due),
        "due": None if row.closed_on else row.due,
        "counts": kind.plan.measures.since is None or bool(row.state),
    }
    return Birth(unit, row.title.strip(), sides, values, placed=placed)


def _run(dated: Deadline, matter: Matter, row: LedgerRow) -> MatterDeadline:
    """Return the run of the deadline to which the ledger's date belongs."""
    due = row.due or row.opened_on
    return MatterDeadline(
        matter=matter,
        key=dated.id,
        state=DeadlineState.MET if row.closed_on else DeadlineState.RUNNING,
        base=due,
        fixed=True,
        first_due=due,
        due_on=due,
        met_on=row.closed_on,
    )
