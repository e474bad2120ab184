"""What addresses hold beside numbers and words: a day."""

from datetime import date


class DayConverter:
    """A day as 2026-01-05; anything else is no address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()
