"""Small words of the review's pages: numbers with sign, places on a drawing."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from shuzhi.engine.explain import plain

register = template.Library()
register.filter("plain", plain)
CENT = Decimal("0.01")


@register.filter
def signed(number: Decimal) -> str:
    """Write a change to two places with its sign; no change is a dash."""
    change = number.quantize(CENT)
    if not change:
        return "—"
    return f"{change:+.2f}".replace("-", "−")


@register.filter
def with_sign(points: str) -> str:
    """Write points as entered, with their sign."""
    return f"{Decimal(points).normalize():+f}".replace("-", "−")


@register.filter
def along(point: Decimal, why: Any) -> str:
    """Return where a number of points stands on the drawing, from 0 to 100."""
    return f"{(point - why.low) / why.span * 100:.3f}" if why.span else "0"


@register.filter
def share(width: Decimal, why: Any) -> str:
    """Return how wide a number of points is on the drawing."""
    return f"{width / why.span * 100:.3f}" if why.span else "0"


@register.filter
def heat(cells: Iterable[Any]) -> SafeString:
    """Write a row's cells with their level of heat; in one go, since there may be thousands."""
    return format_html_join(
        "",
        '<td class="ap-h{}">{}</td>',
        (("x" if c.level is None else c.level, c.percent or "—") for c in cells),
    )


@register.filter
def positive(number: Any) -> Any:
    """Return a number without its sign."""
    return abs(number)


@register.filter
def first_rows(rows: Any, count: int | None) -> Any:
    """Return the first rows; all without a count."""
    return rows[:count] if count else rows


@register.filter
def item(found: Any, key: str) -> Any:
    """Return a mapping's value; the key itself where there is none."""
    return found.get(key, key)


@register.filter
def ranks(bounds: tuple[int, int]) -> str:
    """Write an interval of ranks."""
    low, high = bounds
    return f"{low}–{high}" if low < high else f"{low}"
