"""Where ballots stand in the navigation, and what they ask of a person."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuzhi.kernel.access import Actor, Permission, visible
from shuzhi.kernel.navigation import Entry, Section
from shuzhi.kernel.worklist import Duty

from .enums import PollState
from .models import PaperEntry, Poll

ENTRIES = (
    Entry(gettext_lazy("测评"), "ballots:polls", Permission.POLL_VIEW, Section.MEETINGS, order=30),
    Entry(
        gettext_lazy("计票"),
        "ballots:count-polls",
        Permission.POLL_COUNT,
        Section.MEETINGS,
        order=40,
    ),
)


def _to_seal(actor: Actor) -> list[Duty]:
    rows = Poll.objects.filter(visible(actor, Permission.POLL_MANAGE, Poll), state=PollState.CLOSED)
    return [
        Duty(
            _("封存“%(title)s”的票箱") % {"title": poll.title},
            reverse("ballots:poll", args=[poll.public_id]),
            hint=_("测评已截止；纸质票录完、对上以后封存，才能计分。"),
            minutes=3,
        )
        for poll in rows
    ]


def _to_count(actor: Actor) -> list[Duty]:
    rows = Poll.objects.filter(
        visible(actor, Permission.POLL_COUNT, Poll), state=PollState.CLOSED, paper__issued__gt=0
    ).distinct()
    finished = PaperEntry.objects.filter(teller_id=actor.account_id, state="finished")
    done = set(finished.values_list("poll_id", flat=True))
    return [
        Duty(
            _("录入“%(title)s”的纸质票") % {"title": poll.title},
            reverse("ballots:count", args=[poll.public_id]),
            hint=_("与另一名计票员各自录入，互不相看。"),
            minutes=30,
        )
        for poll in rows
        if poll.pk not in done
    ]


def poll_duties(actor: Actor) -> list[Duty]:
    """Return the boxes to seal and the paper to count."""
    sealing = _to_seal(actor) if actor.has(Permission.POLL_MANAGE) else []
    counting = _to_count(actor) if actor.has(Permission.POLL_COUNT) else []
    return sealing + counting
