"""Versions that a unit writes in the browser: kept beside the product's own, or withdrawn."""

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.catalogue.faults import PackError
from shuzhi.catalogue.models import MechanismVersion, Offering
from shuzhi.catalogue.packs import read_pack
from shuzhi.catalogue.queries import versions_of
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.writes import verb

from .offering import is_offered, offer
from .packs import keep

if TYPE_CHECKING:
    from shuzhi.registry.models import Unit

THEME = "own"


@verb
def keep_version(*, actor: Actor, unit: "Unit", mechanism: str, text: str) -> MechanismVersion:
    """Keep a text as its mechanism's next version, offered to `unit` and all below it.

    Refuses what is not sound, a number that is not the next one, and another unit's mechanism.
    """
    require(actor, Permission.CATALOGUE_MANAGE, Offering(mechanism=mechanism, unit=unit))
    try:
        pack = read_pack(text, f"{THEME}/{mechanism}.yaml", THEME)
    except PackError as error:
        raise RefusedError("\n".join(map(str, error.faults))) from error
    newest = versions_of(mechanism).first()
    if pack.envelope.version != (newest.version + 1 if newest else 1):
        raise RefusedError(_("已经有人发布了新版本，请刷新后再发布。"))
    row = keep(pack, actor=actor)
    if not is_offered(mechanism, unit):
        offer(actor=actor, mechanism=mechanism, unit=unit)
    return row


@verb
def withdraw_version(
    *, actor: Actor, unit: "Unit", mechanism: str, version: int
) -> MechanismVersion:
    """Take a version out of use; what began with it goes on with it."""
    require(actor, Permission.CATALOGUE_MANAGE, Offering(mechanism=mechanism, unit=unit))
    row = versions_of(mechanism).filter(version=version, theme=THEME).first()
    if row is None or row.withdrawn_at:
        raise RefusedError(_("这个版本已经停用。"))
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    record("catalogue.version_withdrawn", row, actor=actor, after={"reference": row.reference})
    return row
