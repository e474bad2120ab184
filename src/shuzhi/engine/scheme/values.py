"""The small types that scheme models are built of."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from shuzhi.engine.say import say

MOST_PLACES = 9  # of a number in a scheme
MOST = Decimal(10) ** 15
MOST_POINTS = 10**9  # that an indicator may be worth, and a bonus
GRID = 10**9
PARTS = re.compile(r"([0-9]{1,9})\s*/\s*([1-9][0-9]{0,8})")
PER_CENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,7})?)\s*%?")
NUMBER: dict[str, Any] = {"type": "number"}


def exact(value: object) -> Decimal:
    """A scheme's number: whole or decimal, never binary, within sensible bounds."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError(say("must be a number"))  # noqa: TRY004 - pydantic turns it into a fault
    number = Decimal(value)
    if abs(number) >= MOST:
        raise ValueError(say("must be below 1,000,000,000,000,000"))
    if places(number) > MOST_PLACES:
        raise ValueError(say("must have at most {most} decimals", most=MOST_PLACES))
    return number


def whole(value: object) -> int:
    """A scheme's whole number; true is none, and neither is a text."""
    number = exact(value)
    if places(number):
        raise ValueError(say("must be a whole number"))
    return int(number)


def places(number: Decimal) -> int:
    """Decimals that a number needs: 1.50 needs one."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def label(value: object) -> str:
    """An identifier or a name; a bare number is read as the text it is."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError(say("must be a text"))  # noqa: TRY004 - pydantic turns it into a fault
    text = str(value).strip()
    if not text or len(text) > 200 or any(ord(sign) < 32 for sign in text):  # noqa: PLR2004
        raise ValueError(say("must be a text of 1 to 200 characters on one line"))
    return text


def titled(value: object) -> object:
    """A title is one text, or one per language."""
    return value if isinstance(value, dict) else {"zh": value}


def share(value: object) -> Fraction:
    """A part of the whole: 30 means 30 %, "1/3" a third."""
    part = _fraction(value) if isinstance(value, str) else Fraction(exact(value)) / 100
    if not 0 <= part <= 1:
        raise ValueError(say("must be between 0 and 100 %"))
    if part.denominator > GRID:
        raise ValueError(say("must be a simpler fraction"))
    return part


def _fraction(text: str) -> Fraction:
    if found := PARTS.fullmatch(text.strip()):
        top, bottom = map(int, found.groups())
        return Fraction(top, bottom)
    if found := PER_CENT.fullmatch(text.strip()):
        return Fraction(found.group(1)) / 100
    raise ValueError(say('must be a number of per cent, or a fraction such as "1/3"'))


Whole = Annotated[int, BeforeValidator(whole), WithJsonSchema({"type": "integer"})]
Number = Annotated[Decimal, BeforeValidator(exact), WithJsonSchema(NUMBER)]
Positive = Annotated[Number, Field(gt=0)]
Percent = Annotated[Number, Field(ge=0, le=100)]
Label = Annotated[str, BeforeValidator(label), WithJsonSchema({"type": ["string", "number"]})]
Title = Annotated[
    dict[Literal["zh", "en"], Label],
    BeforeValidator(titled),
    Field(min_length=1),
    WithJsonSchema(
        {
            "oneOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
                },
            ]
        }
    ),
]
Share = Annotated[
    Fraction, BeforeValidator(share), WithJsonSchema({"oneOf": [NUMBER, {"type": "string"}]})
]


class Part(BaseModel):
    """A piece of a scheme: closed (no unknown keys) and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
