"""Static files carry their digest in the address: browsers may keep them for a year."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware


@cache
def _version(name: str) -> str:
    path = find(name)
    return sha256(Path(path).read_bytes()).hexdigest()[:10] if isinstance(path, str) else ""


class DigestStorage(StaticFilesStorage):
    """Serve straight from the package: nothing is collected, nothing is renamed."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        version = _version(name or "")
        return f"{address}?v={version}" if version else address


class StaticMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # untyped library
    """Let browsers keep what they asked for by its digest; the rest they ask about again."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = WhiteNoiseMiddleware.serve(static_file, request)
        if "v" in request.GET:
            response.headers["Cache-Control"] = "max-age=31536000, public, immutable"
        return response
