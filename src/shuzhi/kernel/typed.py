"""What people type or paste, before anything is made of it."""

import re
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

# NUL, which PostgreSQL refuses in any text, and what XML (hence Word and Excel) cannot hold.
UNFIT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
MOST_DIGITS = 9  # what an integer column holds


def fit(text: str) -> str:
    """Return `text` without the characters that no database and no document can hold."""
    return UNFIT.sub("", text)


def whole(text: str) -> int | None:
    """Return the whole number that somebody typed, or None: "²" is a digit, but no number."""
    text = text.strip()
    plausible = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if plausible else None


def _fit(asked: QueryDict) -> Any:
    """Return the same question, or a fit copy of it where something has to go."""
    if not any(UNFIT.search(text) for pair in asked.lists() for text in (pair[0], *pair[1])):
        return asked
    kept = QueryDict(mutable=True)
    for key, values in asked.lists():
        kept.setlist(fit(key), [fit(value) for value in values])
    kept._mutable = False
    return kept


class TypedMiddleware:
    """Free every form and question of unfit characters, in one place; no address holds any.

    Texts pasted from Word bring them along unseen, so nobody is refused for them. What is exempt
    from the CSRF check reads its body itself. Must stand after the CSRF and upload checks.
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found: HttpResponse = self.get_response(request)
        return found

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if any(isinstance(part, str) and UNFIT.search(part) for part in kwargs.values()):
            raise Http404
        request.GET = _fit(request.GET)
        if request.method == "POST" and not getattr(view, "csrf_exempt", False):
            request.POST = _fit(request.POST)
        return None
