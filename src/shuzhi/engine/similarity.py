"""How much of a report was merely copied from the text it answers."""

import unicodedata
from dataclasses import dataclass
from itertools import groupby

RUN = 8  # characters in a row: longer than set phrases, shorter than a clause


@dataclass(frozen=True)
class Repetition:
    """The share of a report that its source already says, in whole percent, and where."""

    percent: int
    passages: tuple[str, ...]


def _letters(text: str) -> str:
    """Return letters, digits and characters alone: punctuation and layout hide nothing."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def _repeated(report: str, source: str, run: int) -> list[bool]:
    """Tell of every character whether it stands in a run that the source has too."""
    known = {source[start : start + run] for start in range(len(source) - run + 1)}
    marks = [False] * len(report)
    for start in range(len(report) - run + 1):
        if report[start : start + run] in known:
            marks[start : start + run] = [True] * run
    return marks


def repetition(report: str, source: str, *, run: int = RUN) -> Repetition:
    """Return how much of `report` stands word for word in `source`.

    A character counts as repeated when it belongs to a run of at least `run` characters that the
    source has too, punctuation and spaces aside. An empty report repeats nothing. The measure is
    one of containment: a short report copied from a long circular is repeated whole.
    """
    letters = _letters(report)
    marks = _repeated(letters, _letters(source), run)
    percent = 100 * sum(marks) // len(letters) if letters else 0
    numbered = zip(letters, marks, strict=True)
    groups = (
        (same, "".join(sign for sign, _ in rows))
        for same, rows in groupby(numbered, lambda pair: pair[1])
    )
    return Repetition(percent, tuple(passage for same, passage in groups if same))
