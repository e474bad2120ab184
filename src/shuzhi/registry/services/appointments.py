"""Verbs on posts: appoint and relieve, both dated."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.writes import verb
from shuzhi.registry.models import Appointment, Person, Unit
from shuzhi.registry.policy import leads, overlaps


def _refuse_overlap(person: Person, unit: Unit, post: str, since: date, until: date | None) -> None:
    held = Appointment.objects.filter(overlaps(since, until), unit=unit)
    if held.filter(person=person, post=post).exists():
        raise RefusedError(
            _("%(name)s 在这段时间已任%(post)s，不能重复任职。")
            % {"name": person.name, "post": post}
        )
    other = held.filter(leads=True).select_related("person").first() if leads(post) else None
    if other:
        raise RefusedError(
            _("%(unit)s在这段时间的书记是 %(name)s，请先免去其职务。")
            % {"unit": unit.name, "name": other.person.name}
        )


@verb
def appoint(
    *,
    actor: Actor,
    person: Person,
    unit: Unit,
    post: str,
    since: date,
    until: date | None = None,
) -> Appointment:
    """Give `person` the post from `since` to `until` (inclusive; None: until relieved).

    Nobody holds one post twice at a time, and a unit has one secretary at a time.
    """
    require(actor, Permission.REGISTRY_MANAGE, unit)
    if until and until < since:
        raise RefusedError(_("免职日期不能早于任职日期。"))
    if unit.until and since >= unit.until:
        raise RefusedError(_("“%(unit)s”已经撤销，不能再任职。") % {"unit": unit.name})
    Unit.objects.select_for_update().get(pk=unit.pk)
    _refuse_overlap(person, unit, post, since, until)
    appointment = Appointment.objects.create(
        person=person, unit=unit, post=post, leads=leads(post), since=since, until=until
    )
    record(
        "registry.appointed",
        appointment,
        actor=actor,
        after={
            "person": person.name,
            "unit": unit.code,
            "post": post,
            "since": since.isoformat(),
            "until": until and until.isoformat(),
        },
    )
    return appointment


@verb
def relieve(*, actor: Actor, appointment: Appointment, until: date) -> Appointment:
    """End the post with the day `until`; its grants end with it."""
    require(actor, Permission.REGISTRY_MANAGE, appointment)
    if until < appointment.since:
        raise RefusedError(_("免职日期不能早于任职日期。"))
    before = {"until": appointment.until and appointment.until.isoformat()}
    appointment.until = until
    appointment.save(update_fields=["until"])
    record(
        "registry.relieved",
        appointment,
        actor=actor,
        before=before,
        after={"person": appointment.person.name, "until": until.isoformat()},
    )
    return appointment
