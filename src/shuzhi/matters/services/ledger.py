"""Take a filled ledger in: every row or none."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.models import Account
from shuzhi.kernel.writes import verb
from shuzhi.matters.models import Matter

from .opening import open_matter
from .stepping import take_step

if TYPE_CHECKING:
    from shuzhi.matters.sheets import Line


@verb
def take_ledger(*, actor: Actor, mechanism: str, lines: Sequence["Line"]) -> list[Matter]:
    """Open what is new and take the steps that rows name; a single refusal undoes them all."""
    if any(line.faults for line in lines):
        raise RefusedError(_("表里还有错，没有写入任何内容。"))
    return [_take(actor, mechanism, line) for line in lines if line.matter is None or line.step]


def _take(actor: Actor, mechanism: str, line: "Line") -> Matter:
    if line.matter is None:
        return open_matter(
            actor=actor,
            mechanism=mechanism,
            unit=line.unit,
            title=str(line.typed["title"]),
            facts=line.facts,
            parties=line.parties,
        )
    assert line.step is not None  # noqa: S101 (for the type; others were left out)
    return take_step(actor=actor, matter=line.matter, step=line.step.id, facts=line.facts)


@verb
def note_ledger_out(*, actor: Actor, kind: str) -> None:
    """Record who took a kind's ledger away."""
    account = Account.objects.get(pk=actor.account_id or 0)
    record("list.exported", account, actor=actor, after={"list": f"ledger:{kind}"})
