"""Press for a matter: told in its story, at the top of the owner's work list, in the digest."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import StateError
from shuzhi.kernel.worklist import countdown
from shuzhi.kernel.writes import verb
from shuzhi.matters.enums import StepKind
from shuzhi.matters.limits import LINE
from shuzhi.matters.models import Matter
from shuzhi.matters.moving import tell
from shuzhi.matters.rights import check_urge
from shuzhi.matters.standing import standing

from .carrying import locked


@verb
def urge(*, actor: Actor, matter: Matter, words: str = "") -> Matter:
    """Press whoever's turn it is, with a line of one's own; at most once a day a matter.

    A step answers it.

    Raises `ForbiddenError` for who does not follow it, `RefusedError` where there is nobody else
    to press, `StateError` where it has ended or has been pressed for today.
    """
    held = locked(matter)
    check_urge(held, actor)
    today = timezone.localdate()
    if held.story.filter(kind=StepKind.URGED, at__date=today).exists():
        raise StateError(_("“%(title)s”今天已经催办过了，明天可以再催。") % {"title": held.title})
    held.urged_on = today
    held.save(update_fields=["urged_on"])
    party = min(standing(held, actor).now, default="")
    tell(held, actor, party, StepKind.URGED, lambda: _note(held, today, words))
    record("matter.urged", held, actor=actor, after={"state": held.state_key})
    matter.refresh_from_db()
    return matter


def _note(matter: Matter, today: date, words: str) -> str:
    note = gettext("请抓紧办理")
    if matter.due:
        note = gettext("，").join((note, countdown(matter.due, today)))
    said = " ".join(words.split())[:LINE]
    return gettext("%(note)s。%(said)s") % {"note": note, "said": said} if said else note
