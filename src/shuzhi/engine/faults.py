"""What is wrong with a scheme or its data: collected, then raised all at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from shuzhi.engine.say import Language, Said, in_language, say

if TYPE_CHECKING:
    from shuzhi.engine.scheme import Scheme


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong: where it stands, what is wrong, and what would be right.

    `line` and `path` say once more where it stands in a scheme, for those who lead there.
    """

    where: str
    what: Said
    right: Said
    code: str = ""
    line: int = field(default=1, compare=False)
    path: tuple[str | int, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return self.text("en")

    @property
    def message(self) -> Said:
        """What is wrong and what would be right, for those who show the place themselves."""
        return say("{what}; {right}", what=self.what, right=self.right)

    def text(self, language: Language) -> str:
        """The whole of it in a language, on one line whatever the cell that it shows holds."""
        whole = say("{where}: {message}", where=self.where, message=self.message).text(language)
        return " ".join(whole.splitlines())

    def parts(self, language: Language) -> dict[str, object]:
        """What it says by name, in a language."""
        named = [(part.name, getattr(self, part.name)) for part in fields(self) if part.compare]
        return {name: in_language(part, language) for name, part in named}


class Faults(Exception):  # noqa: N818 - it carries faults, it is not one
    """Every fault that was found; `usable` is what data can be checked against all the same."""

    def __init__(self, faults: Iterable[Fault], usable: "Scheme | None" = None) -> None:
        self.faults, self.usable = list(dict.fromkeys(faults)), usable
        super().__init__("\n".join(map(str, self.faults)))


MOST_SHOWN = 1000  # of one sort in one file; a wrong column would otherwise bury everything else


def some(faults: list[Fault], where: str) -> list[Fault]:
    """At most MOST_SHOWN of them, and one more that says so."""
    if len(faults) <= MOST_SHOWN:
        return faults
    more = Fault(where, say("has more faults of this sort"), say("mend them alike"), "more")
    return [*faults[:MOST_SHOWN], more]


def at(file: str, line: int) -> Said:
    """The place of a line: `ratings.csv:17`."""
    return say("{file}:{line}", file=file, line=line)
