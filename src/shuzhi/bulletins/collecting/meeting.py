"""The meeting as it was held, and what is printed before it."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from shuzhi.appraisal.enums import Exemption
from shuzhi.appraisal.queries.parts import poll_of
from shuzhi.bulletins.facts import AbsentFacts, AttendanceFacts, MeetingFacts, Named, TurnFacts
from shuzhi.bulletins.papers.form import FormFacts, Reporter
from shuzhi.bulletins.papers.lists import Called
from shuzhi.gatherings import queries as gatherings

from .marks import choices_of

if TYPE_CHECKING:
    from shuzhi.appraisal.models import Review
    from shuzhi.gatherings.models import Gathering


@override("zh-hans")
def meeting_facts(meeting: "Gathering") -> MeetingFacts:
    """Return the meeting as it was held."""
    rows = gatherings.attendance(meeting)
    quorum = gatherings.quorum_of(rows, meeting.quorum_percent)
    return MeetingFacts(
        title=meeting.title,
        held_at=meeting.opened_at or meeting.starts_at,  # an invitation's day may have moved
        opened_at=meeting.opened_at,
        closed_at=meeting.closed_at,
        place=meeting.place,
        host=meeting.host,
        recorder=meeting.recorder,
        called=quorum.called,
        there=quorum.there,
        needed=quorum.needed,
        quorum_percent=meeting.quorum_percent,
        attendance=tuple(
            AttendanceFacts(
                title=row.title,
                called=row.called,
                there=row.there,
                substitutes=row.substitutes,
                excused=row.excused,
            )
            for row in rows
        ),
        absent=tuple(
            AbsentFacts(name=one.name, unit=one.unit_name, presence=str(one.get_presence_display()))
            for one in gatherings.absent(meeting)
        ),
        turns=tuple(
            TurnFacts(unit=turn.unit_name, name=turn.name, spent=turn.spent, asked=turn.asked)
            for turn in gatherings.turns(meeting)
        ),
        agenda=tuple(map(_agenda_line, meeting.agenda)),
        record=meeting.record,
    )


def _agenda_line(entry: Any) -> str:
    return str(entry.get("title", "")) if isinstance(entry, dict) else str(entry)


def roll_facts(meeting: "Gathering") -> list[tuple[str, list[Called]]]:
    """Return those called, by category."""
    return [
        (title, [Called(name=one.name, unit=one.unit_name, post=one.post) for one in people])
        for title, people in gatherings.roll_by_category(meeting)
    ]


def form_facts(review: "Review") -> FormFacts:
    """Return what the paper form asks."""
    form, choices = poll_of(review).parsed_form, choices_of(poll_of(review))
    span = form.scale.values()
    rows = review.entrants.exclude(exemption=Exemption.RATING).select_related("unit", "person")
    return FormFacts(
        title=review.title,
        unit=review.unit.name,
        items=tuple(Named(id=item.id, title=item.title) for item in form.items),
        choices=choices,
        low=0 if choices else int(span[-1]),
        high=0 if choices else int(span[0]),
        remark=form.remark,
        categories=tuple(Named(id=row.id, title=row.title) for row in form.categories),
        reporters=tuple(
            Reporter(unit=row.unit.short_name, name=row.person.name if row.person else "—")
            for row in rows
        ),
    )
