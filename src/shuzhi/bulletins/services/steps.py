"""Steps back: return to the drafter, discard a draft, withdraw what was issued."""

from shuzhi.bulletins.models import Bulletin
from shuzhi.bulletins.workflow import BULLETIN
from shuzhi.kernel.access import Actor
from shuzhi.kernel.workflow import perform


def return_bulletin(bulletin: Bulletin, reason: str, *, actor: Actor) -> Bulletin:
    """Send it back to the drafter, saying why; what was checked must be checked again."""
    return perform(BULLETIN, bulletin, "return", actor=actor, reason=reason.strip())


def discard_bulletin(bulletin: Bulletin, *, actor: Actor) -> Bulletin:
    """Drop a draft; it never had a number, so none is lost."""
    return perform(BULLETIN, bulletin, "discard", actor=actor)


def withdraw_bulletin(bulletin: Bulletin, reason: str, *, actor: Actor) -> Bulletin:
    """Withdraw an issued bulletin, saying why; it stays on record under its number."""
    return perform(BULLETIN, bulletin, "withdraw", actor=actor, reason=reason.strip())
