"""Nobody saves over what they did not see: a page sends back a short word for what it showed."""

import hashlib
from copy import copy
from typing import Any

from django import forms

from .audit.payload import canonical
from .errors import StateError

LENGTH = 16


class StaleError(StateError):
    """Somebody else has saved since the page was read; `now` is the word for what stands."""

    def __init__(self, message: Any, now: str) -> None:
        super().__init__(message)
        self.now = now


def digest_of(*facts: Any) -> str:
    """Return the short word for what is stored."""
    return hashlib.sha256(canonical(facts).encode()).hexdigest()[:LENGTH]


def require_seen(seen: str | None, now: str, message: Any) -> None:
    """Refuse with `message` when the page showed something else; without a page nothing is asked.

    `now` must be told of what is stored, read under the lock under which it will be written.
    """
    if seen not in {None, "", now}:
        raise StaleError(message, now)


class SeenForm(forms.Form):
    """A form that says what its page showed; give the word as `initial["seen"]`.

    It keeps the word while its own faults are mended, and takes the new one only with the
    refusal that tells what has changed.
    """

    seen = forms.CharField(required=False, max_length=LENGTH, widget=forms.HiddenInput)

    def look_again(self, error: StaleError) -> None:
        """Show what stands now as seen: whoever saves once more has read the refusal."""
        data: Any = copy(self.data)  # a request's own are read-only, a copy of them is not
        data["seen"] = error.now
        self.data = data
