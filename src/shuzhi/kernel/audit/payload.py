"""What a leaf is made of: canonical JSON (RFC 8785), versioned, without personal facts."""

import hashlib
import secrets
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import rfc8785
from django.utils.functional import Promise

Facts = dict[str, Any]
VERSION = 1
MAX_JSON_INTEGER = 2**53 - 1  # beyond it JSON readers round


def plain(value: Any) -> Any:
    """Return `value` as JSON holds it exactly; a float is refused, because it does not."""
    match value:
        case Mapping():
            return {str(_scalar(key)): plain(one) for key, one in value.items()}
        case set() | frozenset():
            return sorted(map(plain, value), key=str)
        case list() | tuple():
            return [plain(one) for one in value]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    match value:
        case Enum():
            return _scalar(value.value)
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case str() | Decimal() | UUID() | Promise():
            return str(value)
        case None | bool() | int():
            return value if abs(value or 0) <= MAX_JSON_INTEGER else str(value)
    raise TypeError(f"not a fact for the log: {type(value).__name__}")


def canonical(facts: Any) -> str:
    """Return the one JSON text of `facts`."""
    return rfc8785.dumps(plain(facts)).decode()


def moment(at: datetime) -> str:
    """Return a moment as it stands in payloads: UTC, microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def new_salt() -> str:
    """Return a salt, so that nobody can find a fact by hashing guesses."""
    return secrets.token_hex(32)


def salted(salt: str, text: str) -> str:
    """Return the digest under which `text` enters a payload."""
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


def parted(facts: Mapping[str, Any], personal: Collection[str]) -> tuple[Facts, Facts]:
    """Split facts into what may stand in a payload and what is personal."""
    shown = {key: value for key, value in facts.items() if key not in personal}
    hidden = {key: value for key, value in facts.items() if key in personal}
    return shown, hidden
