"""The templates from which a review is prepared: the catalogue's packs, read once a use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shuzhi.ballots.services import PollForm

SCHEME = "town-review"
POLL = "secretary-review-ballot"
GATHERING = "secretary-review-meeting"


@dataclass(frozen=True)
class Templates:
    """What a review starts from; `references` says which versions of which packs these are."""

    scheme_text: str
    form: PollForm
    topics: Sequence[Mapping[str, str]]
    meeting: Mapping[str, Any] = field(default_factory=dict)
    references: Mapping[str, Any] = field(default_factory=dict)
