"""In which language a reader reads: what is stored in both is shown in theirs."""

from django.utils.translation import get_language

from shuzhi.engine.say import Language


def language() -> Language:
    """Return the reader's language, as stored texts and the engine name it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def in_theirs(zh: str, en: str) -> str:
    """Return the one of two texts that the reader reads."""
    return en if language() == "en" else zh
