"""Enable a mechanism for a unit and all below it, or stop offering it."""

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.catalogue.models import MechanismVersion, Offering
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.writes import verb

if TYPE_CHECKING:
    from shuzhi.registry.models import Unit


def is_offered(mechanism: str, unit: "Unit") -> bool:
    """Tell whether `unit` itself has enabled the mechanism."""
    return Offering.objects.filter(mechanism=mechanism, unit=unit, withdrawn_at=None).exists()


@verb
def offer(*, actor: Actor, mechanism: str, unit: "Unit") -> Offering:
    """Let `unit` and all below it work with the mechanism's latest version."""
    offering = Offering(mechanism=mechanism, unit=unit)
    require(actor, Permission.CATALOGUE_MANAGE, offering)
    if not MechanismVersion.objects.filter(mechanism=mechanism).exists():
        raise RefusedError(_("制度库里没有“%(id)s”。") % {"id": mechanism})
    if is_offered(mechanism, unit):
        raise RefusedError(_("%(unit)s已经启用这项制度。") % {"unit": unit.name})
    offering.save()
    facts = {"mechanism": mechanism, "unit": unit.code}
    record("catalogue.offered", offering, actor=actor, after=facts)
    return offering


@verb
def withdraw(*, actor: Actor, offering: Offering) -> Offering:
    """Stop offering; what is under way goes on with the version that it began with."""
    require(actor, Permission.CATALOGUE_MANAGE, offering)
    if offering.withdrawn_at:
        raise RefusedError(_("这项制度已经停用。"))
    offering.withdrawn_at = timezone.now()
    offering.save(update_fields=["withdrawn_at"])
    facts = {"mechanism": offering.mechanism, "unit": offering.unit.code}
    record("catalogue.withdrawn", offering, actor=actor, after=facts)
    return offering
