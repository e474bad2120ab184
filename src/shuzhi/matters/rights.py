"""What a person may do with a matter beside its steps: more time, parts, another owner."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor, Permission, allows
from shuzhi.kernel.errors import ForbiddenError, RefusedError, StateError

from .enums import PartyIs
from .mechanism import mechanism_of
from .models import Matter
from .standing import standing

CHOSEN = {PartyIs.UNIT, PartyIs.GIVEN}


def follows(matter: Matter, actor: Actor) -> bool:
    """Tell whether `actor` may press for it: the side that opened it, a manager, the unit above."""
    plan = mechanism_of(matter.reference).plan
    if standing(matter, actor).now & set(plan.opens.by):
        return True
    above = matter.unit.parent
    return allows(actor, Permission.MATTER_MANAGE, matter) or (
        above is not None and allows(actor, Permission.MATTER_ACT, above)
    )


def check_urge(matter: Matter, actor: Actor) -> None:
    """Refuse to press where `actor` does not follow the matter, or it is nobody else's turn."""
    if not follows(matter, actor):
        raise ForbiddenError(_("只有交办的一方和上级可以催办。"))
    if matter.ended:
        raise StateError(_("事项已经办结，不用催办。"))
    if matter.split:
        raise RefusedError(_("这件事项已经分办，请分别催办各部分。"))
    turn = matter.state.waits_for
    if not turn or turn in standing(matter, actor).now:
        raise RefusedError(_("现在没有在等别人办理，不用催办。"))


def may_urge(matter: Matter, actor: Actor) -> bool:
    """Tell whether the page offers to press."""
    try:
        check_urge(matter, actor)
    except RefusedError:
        return False
    return True


def rights(matter: Matter, actor: Actor) -> dict[str, Any]:
    """Return which buttons a page shows; the verbs ask again."""
    plan = mechanism_of(matter.reference).plan
    where = standing(matter, actor)

    def acts(parties: tuple[str, ...]) -> bool:
        return where.party_of(plan, parties) is not None

    rules = {row.id: row.extension for row in plan.deadlines if row.extension}
    shares = plan.split
    steers = acts(plan.opens.by) or allows(actor, Permission.MATTER_MANAGE, matter)
    return {
        "may_urge": may_urge(matter, actor),
        "may_calendar": actor.has(Permission.PERIOD_MANAGE),
        "may_ask": [key for key, rule in rules.items() if acts(rule.asked_by)],
        "may_decide": [key for key, rule in rules.items() if acts(rule.approved_by)],
        "may_split": bool(
            shares
            and matter.state_key in shares.in_
            and not matter.split
            and matter.parent_id is None
            and acts(shares.by)
        ),
        "replaceable": [
            row.id for row in plan.parties if steers and not matter.ended and row.is_ in CHOSEN
        ],
    }
