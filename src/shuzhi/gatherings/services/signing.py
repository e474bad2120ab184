"""The door: who came, who sent somebody, who is excused."""

from django.utils.translation import gettext_lazy as _

from shuzhi.gatherings.enums import GatheringState, Presence
from shuzhi.gatherings.models import Attendee
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import MissingFactError, StateError
from shuzhi.kernel.writes import verb


@verb
def sign_in(
    attendee: Attendee, presence: Presence, *, actor: Actor, substitute: str = ""
) -> Attendee:
    """Note how somebody stands; a substitute needs a name. May be changed until the close."""
    require(actor, Permission.GATHERING_DESK, attendee)
    if attendee.gathering.state == GatheringState.CLOSED:
        raise StateError(_("会议已散会，签到不再更改。"))
    if presence == Presence.SUBSTITUTE and not substitute.strip():
        raise MissingFactError(_("替会要写明由谁代替 %(name)s。") % {"name": attendee.name})
    before = attendee.presence
    attendee.presence = presence
    attendee.substitute = substitute.strip() if presence == Presence.SUBSTITUTE else ""
    attendee.full_clean(exclude=("gathering",))
    attendee.save(update_fields=["presence", "substitute"])
    record(
        "attendee.presence",
        attendee,
        actor=actor,
        before={"presence": before},
        after={"presence": attendee.presence, "substitute": attendee.substitute},
    )
    return attendee
