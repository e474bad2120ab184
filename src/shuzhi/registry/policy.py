"""Rules of the registry that more than one verb obeys."""

import re
from datetime import date

from django.db.models import Q
from django.utils import timezone

from .enums import Role

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
TEMPORARY_ROLES = frozenset({Role.TELLER, Role.DESK})
TEMPORARY_DAYS = 31
_HEAD = re.compile(r"^(.*(党委|工委|党组|支部|总支|党支部))?书记$")
_OTHER_HEAD = re.compile(r"[副纪团]|政法|第一")


def leads(post: str) -> bool:
    """Tell whether `post` is that of the secretary who answers for the unit.

    党委书记 and 党工委书记、主任 do; 副书记, 纪委书记, 第一书记 and the like do not.
    """
    parts = re.split(r"[、,,/ ]", post)
    return any(_HEAD.match(part) and not _OTHER_HEAD.search(part) for part in parts)


def holds(on: date | None = None, prefix: str = "") -> Q:
    """Return the condition for dated rows that hold `on` a day (today), both ends included."""
    day = on or timezone.localdate()
    return Q(**{f"{prefix}since__lte": day}) & (
        Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gte": day})
    )


def overlaps(since: date, until: date | None) -> Q:
    """Return the condition for dated rows that share a day with `since`…`until`."""
    begun = Q() if until is None else Q(since__lte=until)
    return begun & (Q(until=None) | Q(until__gte=since))


def alive(on: date | None = None) -> Q:
    """Return the condition for units that exist `on` a day (today); unknown dates count in."""
    day = on or timezone.localdate()
    return (Q(since=None) | Q(since__lte=day)) & (Q(until=None) | Q(until__gt=day))
