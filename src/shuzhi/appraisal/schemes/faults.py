"""The engine's faults in the reader's words, each at the indicator where it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuzhi.engine.faults import Fault
from shuzhi.engine.scheme.places import Path, spell
from shuzhi.kernel.language import language

from .document import Steps

# What stands beside the tree, by the first key of its path: the form that changes it, its name.
PARTS: Mapping[str | int, tuple[str, Any]] = {
    "rounding": ("general", gettext_lazy("满分、小数和排名")),
    "rank_on": ("general", gettext_lazy("满分、小数和排名")),
    "ranking": ("general", gettext_lazy("满分、小数和排名")),
    "grades": ("grades", gettext_lazy("等次和名额")),
    "vetoes": ("vetoes", gettext_lazy("一票否决")),
}
UNKNOWN = "unknown"  # a name that no indicator has (any more)


@dataclass(frozen=True)
class Told:
    """A fault in words; `line` is where it stands in the text, `where` what follows the item.

    `part` is the form in which what stands beside the tree is put right.
    """

    words: str
    line: int
    where: str = ""
    code: str = ""
    part: str = ""

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
    full = _("满分")
    return f"{full} {said}" if fault.path == ("full",) else said


def _place(path: Path) -> tuple[Steps, str]:
    """Return the indicator on which a path leads, and what of it."""
    steps: Steps = ()
    below = "indicators"
    while len(path) > 1 and path[0] == below and isinstance(number := path[1], int):
        steps, path, below = (*steps, number), path[2:], "children"
    return steps, spell(path)


def tell(fault: Fault) -> tuple[Steps, Told]:
    """Return where a fault stands in the tree, and what is wrong in words."""
    steps, inside = _place(fault.path)
    part, name = PARTS.get(fault.path[0] if fault.path else "", ("", ""))
    words = in_words(fault)
    if part:
        said = fault.what.text(language()) if fault.code == UNKNOWN else words
        words = _("%(item)s：%(words)s") % {"item": name, "words": said}
    return steps, Told(words, fault.line, inside, fault.code, part)


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
