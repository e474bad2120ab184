"""Content that is kept as text and read into types: nothing unknown in it, in two languages."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from .language import in_theirs

Written = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_FOLD = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef”]) (?=[\u3000-\u9fff\uff00-\uffef“])")
# A text folded over several lines of YAML gets a space at each fold; Chinese has none there.
UNFOLDED = AfterValidator(lambda text: _FOLD.sub("", text))


class Frozen(BaseModel):
    """Immutable; an unknown name is an error: a slip of the pen must not vanish."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Bilingual(Frozen):
    """Chinese, and English for those who read that."""

    zh: Annotated[Written, UNFOLDED]
    en: Written

    def __str__(self) -> str:
        return in_theirs(self.zh, self.en)
