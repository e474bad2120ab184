"""Sessions in the database, written in the writer's turn and seldom (docs/decisions).

A row exists for people who have logged in, never for a rater's phone. Log-out deletes it.
"""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session

from .writes import writing


class SessionStore(DatabaseStore):
    """Django's store, which waits for its turn to write like every verb."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 (Django's signature)
        with writing():
            super().save(must_create=must_create)

    def delete(self, session_key: str | None = None) -> None:
        with writing():
            super().delete(session_key)
