"""Model fields that hide a difference between databases or give a house rule one place."""

import json
import secrets
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

# No 0/O, 1/I/L, U/V confusions: people read these aloud and type them.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
BINARY_COLLATIONS = {"sqlite": "BINARY", "postgresql": "C"}


def random_id(length: int = 10) -> str:
    """Return `length` random characters that are easy to read aloud (about 4.9 bits each)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


class PublicIdField(models.CharField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Short random identifier used in addresses; never the primary key."""

    def __init__(self, **options: Any) -> None:
        fixed: dict[str, Any] = {
            "max_length": 16,
            "unique": True,
            "editable": False,
            "default": random_id,
        }
        super().__init__(**fixed | options)


class BinaryCharField(models.CharField):  # type: ignore[type-arg]  # the same
    """Text compared byte by byte, so that `path >= p AND path < q` uses the index everywhere."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """Name the database's own binary collation; Django's option allows only one name."""
        return super().db_parameters(connection) | {
            "collation": BINARY_COLLATIONS[connection.vendor]
        }


class OrderedJSONField(models.TextField):  # type: ignore[type-arg]  # the same
    """A JSON value kept as it was written: PostgreSQL's jsonb would sort the keys of objects.

    The order of a form's marks (好, 较好, 一般, 差) or of a frozen paper's rows has a meaning.
    Nothing queries inside such a value; what is sorted or searched has a column of its own.
    """

    _pyi_private_set_type: Any  # what the type checker lets one assign and read
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        """Return the value as it was given."""
        return None if value is None else json.loads(value)

    def get_prep_value(self, value: Any) -> Any:
        """Return the text that is stored; an expression of the database passes untouched."""
        if value is None or hasattr(value, "as_sql"):
            return value
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
