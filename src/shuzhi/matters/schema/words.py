"""The smallest parts of a mechanism's body: identifiers, words in two languages."""

from typing import Annotated

from pydantic import Field, StringConstraints

from shuzhi.kernel.content import UNFOLDED, Bilingual

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Days = Annotated[int, Field(ge=0, le=3660)]


class Words(Bilingual):
    """Words in two languages, no longer than a column holds."""

    zh: Annotated[Text, UNFOLDED]
    en: Text
