"""In which language a reader reads: what is stored in both is shown in theirs."""

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuzhi.engine.say import Language


def language() -> Language:
    """Return the reader's language, as stored texts and the engine name it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def in_theirs(zh: str, en: str) -> str:
    """Return the one of two texts that the reader reads."""
    return en if language() == "en" else zh


def listed(names: Iterable[object]) -> str:
    """Return names one behind the other, as the reader's language lists them."""
    return _("、").join(map(str, names))


def clauses(parts: Iterable[object]) -> str:
    """Return parts of a sentence one behind the other; empty ones are left out."""
    return _("；").join(str(part) for part in parts if part)
