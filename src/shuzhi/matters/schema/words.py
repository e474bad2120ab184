"""The smallest parts of a mechanism's body: identifiers, words in two languages."""

from typing import Annotated

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Days = Annotated[int, Field(ge=0, le=3660)]


class Part(BaseModel):
    """Immutable; an unknown name is an error, so that a slip of the pen shows."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Words(Part):
    """Chinese, and English for those who read that."""

    zh: Text
    en: Text

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.zh
