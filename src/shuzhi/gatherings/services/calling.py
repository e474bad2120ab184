"""Call people to a meeting: typed one by one, or a sheet that the clerk keeps."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuzhi.gatherings.enums import GatheringState, Presence
from shuzhi.gatherings.models import Attendee, Gathering
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import FaultsError, RowFault, StateError
from shuzhi.kernel.writes import verb
from shuzhi.registry.queries import names_of_units

FIELDS = ("category", "name", "unit_name", "post")
LIMITS = {"name": 60, "unit_name": 120, "post": 60}
HEADS = {
    "name": gettext_lazy("姓名"),
    "unit_name": gettext_lazy("单位"),
    "post": gettext_lazy("职务"),
}
CALL_LIMIT = 2000
Call = Mapping[str, str]


def faults_in(
    gathering: Gathering, calls: Sequence[Call], present: Sequence[Call] = ()
) -> list[RowFault]:
    """Return every fault of people to call beside those `present`; a call may say its "row"."""
    known = {str(entry["id"]) for entry in gathering.categories}
    units = names_of_units(call["unit_name"] for call in calls)
    seen = {_key(call): 0 for call in present}
    faults: list[RowFault] = []
    for number, call in enumerate(calls, 1):
        row = int(call.get("row", number))
        faults += _faults_of(row, call, known, units)
        before = seen.setdefault(_key(call), row)
        if before != row:
            faults.append(RowFault(row, _("姓名"), _twice(before)))
    return faults


def _key(call: Call) -> tuple[str, str, str]:
    return call["category"], call["name"], call["unit_name"]


def _twice(before: int) -> str:
    if before:
        return _("与第 %d 行重复，请删去一行。") % before
    return _("名单上已有同类别、同单位的同名人员。如确是两个人，请在单位或姓名后注明区别。")


def _unknown(unit: str) -> str:
    words = _("组织名册里没有“%s”，请照名册写单位名称或代码；名册以外的人，单位留空，写在职务里。")
    return words % unit


def _faults_of(row: int, call: Call, known: set[str], units: set[str]) -> Iterable[RowFault]:
    if not call["name"]:
        yield RowFault(row, _("姓名"), _("没有填写姓名。"))
    if call["category"] not in known:
        yield RowFault(row, _("类别"), _("没有“%s”这一类，请按会议的类别填写。") % call["category"])
    if call["unit_name"] and call["unit_name"] not in units:
        yield RowFault(row, _("单位"), _unknown(call["unit_name"]))
    for field, limit in LIMITS.items():
        if len(call[field]) > limit:
            yield RowFault(row, str(HEADS[field]), _("超过 %d 个字。") % limit)


@verb
def call_attendees(gathering: Gathering, calls: Sequence[Call], *, actor: Actor) -> list[Attendee]:
    """Add people to the roll; all or none, with every fault named by row."""
    require(actor, Permission.GATHERING_DESK, gathering)
    _changeable(gathering)
    if len(calls) + gathering.attendees.count() > CALL_LIMIT:
        raise StateError(_("一次会议最多 %d 人。") % CALL_LIMIT)
    present: list[Call] = [dict(row) for row in gathering.attendees.values(*FIELDS)]
    faults = faults_in(gathering, calls, present)
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
