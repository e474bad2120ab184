"""The navigation is the yearly cycle: rooms register entries, a person sees what is permitted."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .access import Actor, Permission


class Section(IntEnum):
    """Places of the cycle, in the order in which they stand."""

    WORK = 1
    TARGETS = 2
    LEDGERS = 3
    MATTERS = 4
    MEETINGS = 5
    RESULTS = 6
    BULLETINS = 7
    REGISTRY = 8
    CATALOGUE = 9
    SYSTEM = 10


TITLES: dict[Section, Promise] = {
    Section.WORK: _("我的待办"),
    Section.TARGETS: _("目标"),
    Section.LEDGERS: _("写实台账"),
    Section.MATTERS: _("事项督办"),
    Section.MEETINGS: _("会议与评议"),
    Section.RESULTS: _("考核结果"),
    Section.BULLETINS: _("通报公开"),
    Section.REGISTRY: _("组织与人员"),
    Section.CATALOGUE: _("制度库"),
    Section.SYSTEM: _("系统管理"),
}


@dataclass(frozen=True)
class Entry:
    """One line of the navigation; `permission` None means everybody who is logged in."""

    label: str | Promise
    url_name: str
    permission: Permission | None
    section: Section
    order: int = 0

    @property
    def url(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class Group:
    """A section with what the actor may see of it; one entry stands for itself."""

    title: str | Promise
    entries: tuple[Entry, ...]

    @property
    def urls(self) -> list[str]:
        return [entry.url for entry in self.entries]


_entries: list[Entry] = []


def register_entries(entries: Iterable[Entry]) -> None:
    """Register a room's entries at start-up; the same entry twice counts once."""
    _entries.extend(entry for entry in entries if entry not in _entries)


def place_of(path: str, groups: Iterable[Group]) -> str:
    """Return the address of the entry below which a page stands; "" below none.

    The longest counts; what stands at the top is nobody's parent.
    """
    urls = [url for group in groups for url in group.urls]
    above = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(above, key=len, default="")


def navigation(actor: Actor) -> list[Group]:
    """Return the sections that hold something for `actor`, in the order of the cycle."""
    seen = [e for e in _entries if e.permission is None or actor.has(e.permission)]
    seen.sort(key=lambda entry: (entry.section, entry.order))
    return [
        Group(TITLES[section], tuple(e for e in seen if e.section is section))
        for section in Section
        if any(e.section is section for e in seen)
    ]
