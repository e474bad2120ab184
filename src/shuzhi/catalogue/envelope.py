"""What every mechanism says of itself, whatever its kind."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from django.utils.translation import get_language
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from .enums import Kind, Source

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
FOLD = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef”]) (?=[\u3000-\u9fff\uff00-\uffef“])")
# A text folded over several lines of YAML gets a space at each fold; Chinese has none there.
Chinese = Annotated[Words, AfterValidator(lambda text: FOLD.sub("", text))]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]


class Strict(BaseModel):
    """An unknown name is an error: a slip of the pen must not vanish."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Bilingual(Strict):
    """Chinese, and English for those who read that."""

    zh: Chinese
    en: Words

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.zh


class Rule(Strict):
    """A regulation that the mechanism applies, with the version in force."""

    name: Words
    version: str = ""
    effective: date | None = None
    article: str = ""
    source: Literal["read", "second-hand", "recalled"]

    @property
    def checked(self) -> str:
        """Say how far its text has been checked."""
        return str(Source(self.source).label)


class Default(Strict):
    """A figure that the department has to confirm, because no text settles it."""

    path: Words  # into the body: "scale.choices"
    note: Bilingual


class Envelope(Strict):
    """A mechanism: identity, purpose, what it carries, its rules, and the body of its kind."""

    id: Slug
    kind: Literal["poll", "matter", "gathering", "scheme"]
    version: Annotated[int, Field(ge=1)]
    title: Bilingual
    purpose: Bilingual
    carries: list[Annotated[int, Field(ge=1)]] = Field(alias="from", min_length=1)
    rules: list[Rule] = []
    defaults: list[Default] = []
    measures: list[Words] = []
    body: dict[str, Any]

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)
