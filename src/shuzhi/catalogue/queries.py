"""What others may ask the catalogue."""

from typing import TYPE_CHECKING

from django.db.models import Case, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from shuzhi.kernel.access import Actor, Permission, visible
from shuzhi.registry.queries import ancestors

from .models import MechanismVersion, Offering
from .packs import Pack

if TYPE_CHECKING:
    from shuzhi.registry.models import Unit


def latest() -> QuerySet[MechanismVersion]:
    """Return the latest kept version of every mechanism that is not withdrawn."""
    newest = (
        MechanismVersion.objects.filter(withdrawn_at=None)
        .annotate(
            age=Window(RowNumber(), partition_by=F("mechanism"), order_by=F("version").desc())
        )
        .filter(age=1)
    )
    return MechanismVersion.objects.filter(pk__in=newest.values("pk"))


def versions_of(mechanism: str) -> QuerySet[MechanismVersion]:
    """Return the kept versions of one mechanism, the latest first."""
    return MechanismVersion.objects.filter(mechanism=mechanism).order_by("-version")


def mechanism(name: str, version: int | None = None) -> Pack | None:
    """Return a mechanism by id ("town-review"), its latest version in force or the one named.

    The pack gives `envelope` (title, purpose, rules), `body`, `body_text` and `reference`.
    """
    rows = versions_of(name)
    row = (rows.filter(version=version) if version else rows.filter(withdrawn_at=None)).first()
    return row.pack if row else None


def of_kind(kind: str) -> QuerySet[MechanismVersion]:
    """Return the latest versions of the mechanisms of one kind."""
    return latest().filter(kind=kind)


def offerings(mechanism: str, actor: Actor) -> QuerySet[Offering]:
    """Return where a mechanism is offered now, as far as `actor` may see."""
    seen = visible(actor, Permission.CATALOGUE_VIEW, Offering)
    rows = Offering.objects.filter(seen, mechanism=mechanism, withdrawn_at=None)
    return rows.select_related("unit").order_by("unit__path")


def offered_to(unit: "Unit") -> set[str]:
    """Return the mechanisms that `unit` may work with: enabled for it or for a unit above."""
    reached = Q(unit=unit) | Q(unit__in=ancestors(unit))
    rows = Offering.objects.filter(reached, withdrawn_at=None)
    return set(rows.values_list("mechanism", flat=True))


def offered_at(mechanism: str) -> list[str]:
    """Return the paths of the units that have enabled `mechanism`: it holds from there down."""
    rows = Offering.objects.filter(mechanism=mechanism, withdrawn_at=None)
    return list(rows.values_list("unit__path", flat=True))


def listed(unit: "Unit | None") -> QuerySet[MechanismVersion]:
    """Return the latest versions, each saying whether `unit` may work with it (`offered`)."""
    offered = offered_to(unit) if unit else set()
    here = Case(When(mechanism__in=offered, then=Value(value=True)), default=Value(value=False))
    return latest().annotate(offered=here)
