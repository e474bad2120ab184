"""Sentences in both languages: the English one is the text, the Chinese one comes along."""

import os
import re
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Literal, Self

from shuzhi.engine.chinese import CHINESE
from shuzhi.engine.foreign import LIBRARIES, PYDANTIC

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Language = Literal["zh", "en"]
MOST_NAMES = 12


class Said(str):
    """An English sentence that can also be said in Chinese, facts that were said included."""

    __slots__ = ("chinese", "english", "facts")
    english: str
    chinese: str
    facts: Mapping[str, object]

    def __new__(cls, english: str, chinese: str, facts: Mapping[str, object]) -> Self:
        said = super().__new__(cls, english.format(**facts))
        said.english, said.chinese, said.facts = english, chinese, facts
        return said

    def __getnewargs__(self) -> tuple[str, str, Mapping[str, object]]:  # type: ignore[override]
        return self.english, self.chinese, self.facts

    def text(self, language: Language) -> str:
        """Return the sentence in a language."""
        if language == "en":
            return str(self)
        facts = {name: in_language(fact, language) for name, fact in self.facts.items()}
        return self.chinese.format(**facts)


def say(template: str, /, **facts: object) -> Said:
    """Return a sentence; `chinese` holds its other half, and a test that none is missing."""
    return Said(template, CHINESE[template], facts)


def quoted(message: str, chinese: str | None = None, /, **facts: object) -> Said:
    """Return what a library says in English; in Chinese by `chinese`, or as far as we know it."""
    known = (words for start, words in LIBRARIES.items() if message.startswith(start))
    words = chinese or next(known, "{message}")
    return Said("{message}", words, {**facts, "message": message})


def said_of(error: "ErrorDetails") -> Said:
    """Return what a model finds wrong with a value: in our own words, or those of pydantic."""
    context = error.get("ctx", {})
    own = context.get("error")
    if isinstance(own, ValueError) and isinstance(own.args[0], Said):
        return own.args[0]
    message = re.sub(r"^\w+ should ", "must ", error["msg"].removeprefix("Value error, "))
    if "expected" in context:
        names = re.split(", | or ", context["expected"].replace("'", ""))
        context = {**context, "expected": listed(names)}
    return quoted(message[:1].lower() + message[1:], PYDANTIC.get(error["type"]), **context)


def listed(names: Iterable[str]) -> str:
    """Return names one after the other, parted as each language does."""
    first, *others = [*names] or [""]
    return reduce(lambda told, name: say("{told}, {name}", told=told, name=name), others, first)


def few(names: Iterable[str]) -> str:
    """Return no more names than a sentence can hold."""
    known = list(names)
    shown = listed(known[:MOST_NAMES])
    return say("{names} …", names=shown) if len(known) > MOST_NAMES else shown


def in_language(fact: object, language: Language) -> object:
    """Return a fact as it stands in a sentence of a language."""
    return fact.text(language) if isinstance(fact, Said) else fact


def speaks_chinese() -> bool:
    """Tell whether the terminal's language is Chinese (LC_ALL, LC_MESSAGES, LANG in this order)."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value.lower().startswith("zh")
    return False
