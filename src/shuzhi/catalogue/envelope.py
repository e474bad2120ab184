"""What every mechanism says of itself, whatever its kind."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from shuzhi.kernel.content import Bilingual, Frozen, Written

from .enums import Kind, Source

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]


class Rule(Frozen):
    """A regulation that the mechanism applies, with the version in force."""

    name: Written
    version: str = ""
    effective: date | None = None
    article: str = ""
    source: Literal["read", "second-hand", "recalled"]

    @property
    def checked(self) -> str:
        """Say how far its text has been checked."""
        return str(Source(self.source).label)


class Default(Frozen):
    """A figure that the department has to confirm, because no text settles it."""

    path: Written  # into the body: "scale.choices"
    note: Bilingual


class Envelope(Frozen):
    """A mechanism: identity, purpose, what it carries, its rules, and the body of its kind."""

    id: Slug
    kind: Literal["poll", "matter", "gathering", "scheme"]
    version: Annotated[int, Field(ge=1)]
    title: Bilingual
    purpose: Bilingual
    carries: list[Annotated[int, Field(ge=1)]] = Field(alias="from", min_length=1)
    rules: list[Rule] = []
    defaults: list[Default] = []
    measures: list[Written] = []
    body: dict[str, Any]

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)
