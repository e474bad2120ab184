"""The demo's clock: what is said to have happened last month is written down as of last month."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, tzinfo

from django.utils import timezone

MORNING = time(10)


@contextmanager
def on(day: date, at: time = MORNING) -> Iterator[None]:
    """Let it be ten in the morning of `day`, or `at`, for every verb called inside.

    Deadlines, stories and the log then agree with each other, and the same `day` gives the same
    county whenever it is built. Only the builder of the demo turns the clock.
    """
    moment = timezone.make_aware(datetime.combine(day, at))

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz) if tz else timezone.make_naive(moment)

    real = timezone.datetime  # type: ignore[attr-defined]
    timezone.datetime = Stopped  # type: ignore[attr-defined]
    try:
        yield
    finally:
        timezone.datetime = real  # type: ignore[attr-defined]
