"""Faults of a scheme for those who do not see its tree: each after the name of its indicator."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from shuzhi.engine.faults import Fault
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.language import language

from .document import Outline
from .faults import tell
from .tree import title_of


def named(faults: Iterable[Fault], text: str) -> tuple[str, ...]:
    """Return each fault in words, after the name of the indicator at which it stands."""
    try:
        spots = {spot.steps: title_of(spot.node, language()) for spot in Outline(text).spots()}
    except RefusedError:  # a text that only a person can edit
        spots = {}
    found = []
    for fault in faults:
        steps, words = tell(fault)
        title = spots.get(steps)
        found.append(
            _("%(item)s：%(words)s") % {"item": title, "words": words} if title else str(words)
        )
    return tuple(dict.fromkeys(found))
