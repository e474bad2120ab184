"""Verbs on grants: who may do what, decided by the security administrator alone."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.writes import verb
from shuzhi.registry.enums import Role
from shuzhi.registry.models import Appointment, Person, RoleGrant
from shuzhi.registry.policy import ADMINISTRATORS, overlaps


def _refuse_mixture(person_id: int, role: Role, since: date, until: date | None) -> None:
    """System, security and audit administrators are three people, with no other role (三员分立)."""
    held = RoleGrant.objects.filter(overlaps(since, until), appointment__person_id=person_id)
    roles = {Role(name) for name in held.values_list("role", flat=True)}
    if roles & ADMINISTRATORS or (role in ADMINISTRATORS and roles):
        raise RefusedError(
            _("系统管理员、安全保密管理员、安全审计员须由三人分任，且不兼任其他角色。")
        )


@verb
def grant_role(
    *,
    actor: Actor,
    appointment: Appointment,
    role: str,
    since: date | None = None,
    until: date | None = None,
) -> RoleGrant:
    """Let the holder of a post act in `role`; it ends with the post at the latest.

    Nobody grants to themselves, and the three administrators never mix.
    """
    require(actor, Permission.GRANT_MANAGE, appointment)
    if actor.person_id is not None and appointment.person_id == actor.person_id:
        raise RefusedError(_("不能给自己授权，请由另一位安全保密管理员办理。"))
    begin = since or timezone.localdate()
    if until and until < begin:
        raise RefusedError(_("授权的截止日期不能早于开始日期。"))
    Person.objects.select_for_update().get(pk=appointment.person_id)
    held = RoleGrant.objects.filter(overlaps(begin, until), appointment=appointment, role=role)
    if held.exists():
        raise RefusedError(_("该职务已有这个角色。"))
    _refuse_mixture(appointment.person_id, Role(role), begin, until)
    grant = RoleGrant.objects.create(appointment=appointment, role=role, since=begin, until=until)
    record(
        "registry.granted",
        grant,
        actor=actor,
        after={
            "person": appointment.person.name,
            "unit": appointment.unit.code,
            "role": role,
            "since": begin.isoformat(),
            "until": until and until.isoformat(),
        },
    )
    return grant


@verb
def revoke_role(*, actor: Actor, grant: RoleGrant) -> RoleGrant:
    """Take the role away from now on; that it was held stays on record."""
    require(actor, Permission.GRANT_MANAGE, grant)
    if actor.person_id is not None and grant.appointment.person_id == actor.person_id:
        raise RefusedError(_("不能收回自己的授权，请由另一位安全保密管理员办理。"))
    today = timezone.localdate()
    grant.until = today - timedelta(days=1)
    grant.since = min(grant.since, grant.until)
    grant.save(update_fields=["since", "until"])
    record("registry.revoked", grant, actor=actor, after={"role": grant.role})
    return grant
