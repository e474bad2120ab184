"""Call people to a meeting: typed one by one, or a sheet that the clerk keeps."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from shuzhi.gatherings.enums import GatheringState, Presence
from shuzhi.gatherings.models import Attendee, Gathering
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import FaultsError, RowFault, StateError
from shuzhi.kernel.writes import verb

FIELDS = ("category", "name", "unit_name", "post")
LIMITS = {"name": 60, "unit_name": 120, "post": 60}
CALL_LIMIT = 2000
Call = Mapping[str, str]


def faults_in(gathering: Gathering, calls: Sequence[Call], *, first_row: int = 1) -> list[RowFault]:
    """Return every fault of a list of people to call; `first_row` is the row of the first."""
    known = {str(entry["id"]) for entry in gathering.categories}
    seen: dict[tuple[str, ...], int] = {}
    faults: list[RowFault] = []
    for row, call in enumerate(calls, first_row):
        faults += _faults_of(row, call, known)
        key = (call["category"], call["name"], call["unit_name"])
        if key in seen:
            faults.append(RowFault(row, _("姓名"), _("与第 %d 行重复，请删去一行。") % seen[key]))
        seen.setdefault(key, row)
    return faults


def _faults_of(row: int, call: Call, known: set[str]) -> Iterable[RowFault]:
    if not call["name"]:
        yield RowFault(row, _("姓名"), _("没有填写姓名。"))
    if call["category"] not in known:
        yield RowFault(row, _("类别"), _("没有“%s”这一类，请按会议的类别填写。") % call["category"])
    for field, limit in LIMITS.items():
        if len(call[field]) > limit:
            yield RowFault(row, field, _("超过 %d 个字。") % limit)


@verb
def call_attendees(gathering: Gathering, calls: Sequence[Call], *, actor: Actor) -> list[Attendee]:
    """Add people to the roll; all or none, with every fault named by row."""
    require(actor, Permission.GATHERING_DESK, gathering)
    _changeable(gathering)
    if len(calls) + gathering.attendees.count() > CALL_LIMIT:
        raise StateError(_("一次会议最多 %d 人。") % CALL_LIMIT)
    present: list[Call] = [dict(row) for row in gathering.attendees.values(*FIELDS)]
    faults = faults_in(gathering, [*present, *calls], first_row=1 - len(present))
    if faults:
        raise FaultsError(faults)
    rows = Attendee.objects.bulk_create(
        Attendee(gathering=gathering, position=position, **{f: call[f] for f in FIELDS})
        for position, call in enumerate(calls, len(present) + 1)
    )
    record("gathering.called", gathering, actor=actor, after={"added": len(rows)})
    return rows


@verb
def import_attendees(
    gathering: Gathering, calls: Sequence[Call], *, actor: Actor
) -> list[Attendee]:
    """Replace the whole roll by a sheet; refused once somebody has signed in."""
    require(actor, Permission.GATHERING_PREPARE, gathering)
    _changeable(gathering)
    if gathering.attendees.exclude(presence=Presence.EXPECTED).exists():
        raise StateError(_("已有人签到，不能整表替换；请逐个增减。"))
    gathering.attendees.all().delete()
    return call_attendees(gathering, calls, actor=actor)


@verb
def remove_attendee(attendee: Attendee, *, actor: Actor) -> None:
    """Take somebody off the roll who was called by mistake and has not signed in."""
    require(actor, Permission.GATHERING_PREPARE, attendee)
    _changeable(attendee.gathering)
    if attendee.presence != Presence.EXPECTED:
        raise StateError(_("%(name)s 已登记到会情况，不能删除。") % {"name": attendee.name})
    record("gathering.called", attendee.gathering, actor=actor, after={"removed": 1})
    attendee.delete()


def _changeable(gathering: Gathering) -> None:
    if gathering.state == GatheringState.CLOSED:
        raise StateError(_("会议已散会，名单不再更改。"))
