"""What is wrong with a scheme or its data: collected, then raised all at once."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong: where it stands, what is wrong, and what would be right."""

    where: str
    what: str
    right: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.right}"


class Faults(Exception):  # noqa: N818 - it carries faults, it is not one
    """Every fault that was found, in the order of their places."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(dict.fromkeys(faults))
        super().__init__("\n".join(map(str, self.faults)))


MOST_SHOWN = 50  # of one sort in one file; a wrong column would otherwise bury everything else


def some(faults: list[Fault], where: str) -> list[Fault]:
    """At most MOST_SHOWN of them, and one more that counts the rest."""
    if len(faults) <= MOST_SHOWN:
        return faults
    rest = len(faults) - MOST_SHOWN
    more = Fault(where, f"{rest} more faults of this sort", "mend them alike", "more")
    return [*faults[:MOST_SHOWN], more]
