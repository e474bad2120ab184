"""A mechanism as the interpreter holds it: the plan of one kept version, read once a process.

Only what its text says is remembered; keys of the database are asked for anew.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from shuzhi.catalogue import queries as catalogue
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.language import in_theirs
from shuzhi.kernel.workflow import Workflow

from .models import MatterState
from .schema import MatterPlan

if TYPE_CHECKING:
    from shuzhi.catalogue.models import MechanismVersion

KIND = "matter"


@dataclass(frozen=True, eq=False)
class Mechanism:
    """One version of a kind of matter, with its table of steps."""

    id: str
    reference: str
    title: str
    title_en: str
    plan: MatterPlan
    flow: Workflow

    @property
    def called(self) -> str:
        """Return the title in the reader's language."""
        return in_theirs(self.title, self.title_en)

    def state(self, key: str) -> str:
        """Return the code of a state: "handover-order@1:working"."""
        return f"{self.reference}:{key}"


@lru_cache(maxsize=200)
def mechanism_of(reference: str) -> Mechanism:
    """Return the version that a matter keeps; a kept version never changes."""
    from .workflow import workflow_of

    name, _at, number = reference.rpartition("@")
    row = catalogue.versions_of(name).get(version=int(number), kind=KIND)
    plan = MatterPlan.model_validate(row.pack.body)
    flow = workflow_of(reference, plan)
    return Mechanism(name, reference, row.title, row.title_en, plan, flow)


def in_force(name: str) -> "MechanismVersion | None":
    """Return the latest kept version of a mechanism, if there is such a kind of matter."""
    return catalogue.of_kind(KIND).filter(mechanism=name).first()


def latest(name: str) -> Mechanism:
    """Return the latest version of a mechanism, and see to it that its states are kept."""
    row = in_force(name)
    if row is None:
        raise RefusedError(_("制度库里没有“%(id)s”。") % {"id": name})
    found = mechanism_of(row.reference)
    keep_states(found, row.pk)
    return found


def keep_states(mechanism: Mechanism, version: int) -> None:
    """Keep the states of a version, to which its matters refer; once a version."""
    if MatterState.objects.filter(version=version).exists():
        return
    MatterState.objects.bulk_create(
        [
            MatterState(
                code=mechanism.state(row.id),
                version_id=version,
                key=row.id,
                label=row.label.zh,
                label_en=row.label.en,
                kind=row.kind,
                waits_for=row.waits_for or "",
                unseen_by=row.unseen_by or "",
                position=position,
            )
            for position, row in enumerate(mechanism.plan.states)
        ],
        ignore_conflicts=True,
    )
