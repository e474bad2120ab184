"""The engine's faults in the reader's words, each at the indicator where it stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from shuzhi.engine.faults import Fault
from shuzhi.kernel.language import language

from .document import Steps

WHERE = re.compile(r"^[^:]*:(?P<line>\d+)(?:: (?P<path>.*))?$")
STEP = re.compile(r"^(?:indicators|\.children)\[(\d+)\]")


@dataclass(frozen=True)
class Told:
    """A fault in words; `line` is where it stands in the text, `where` what follows the item."""

    words: str
    line: int
    where: str = ""
    code: str = ""

    def __str__(self) -> str:
        return self.words


@dataclass
class Placed:
    """Faults by the indicator at which they stand, and the rest."""

    of: dict[Steps, list[Told]] = field(default_factory=dict)
    rest: list[Told] = field(default_factory=list)


def in_words(fault: Fault) -> str:
    """Return what is wrong and what would be right, in the reader's language."""
    said = fault.message.text(language())
    return f"{_('满分')} {said}" if fault.where.endswith(": full") else said


def _place(path: str) -> tuple[Steps, str]:
    steps: list[int] = []
    while found := STEP.match(path):
        steps.append(int(found.group(1)))
        path = path[found.end() :]
    return tuple(steps), path.removeprefix(".")


def tell(fault: Fault) -> tuple[Steps, Told]:
    """Return where a fault stands in the tree, and what is wrong in words."""
    found = WHERE.match(fault.where)
    line, path = (int(found["line"]), found["path"] or "") if found else (1, "")
    steps, inside = _place("" if path == "/" else path)
    return steps, Told(in_words(fault), line, inside, fault.code)


def told(faults: Iterable[Fault], known: Sequence[Steps]) -> Placed:
    """Sort faults to the indicators that there are."""
    placed, places = Placed(), set(known)
    for fault in faults:
        steps, words = tell(fault)
        if steps and steps in places:
            placed.of.setdefault(steps, []).append(words)
        else:
            placed.rest.append(words)
    return placed
