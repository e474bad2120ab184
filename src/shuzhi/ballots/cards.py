"""What a phone gets to see of a poll: the form and the frozen cards, the same for every rater."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from .box import BLOCK
from .models import Poll
from .schema import REMARK_LIMIT, Choices, PollForm

LONGEST_CHARACTER = 4  # bytes in UTF-8
PUNCTUATION = 4  # quotes and commas around a value
ENVELOPE = 512  # category, own unit, receipt, names of fields


def scale_payload(form: PollForm) -> dict[str, Any]:
    """Return the scale as the phone's page draws it."""
    if isinstance(form.scale, Choices):
        return {"choices": form.scale.values()}
    return {"from": form.scale.from_, "to": form.scale.to, "step": form.scale.step}


def cards_payload(poll: Poll) -> dict[str, Any]:
    """Return form and cards as JSON values: all that a rater's page needs."""
    form = poll.parsed_form
    return {
        "poll": poll.public_id,
        "title": poll.title,
        "items": [item.model_dump() for item in form.items],
        "scale": scale_payload(form),
        "remark": REMARK_LIMIT if form.remark else 0,
        "cards": [card.spec().model_dump(mode="json") for card in poll.cards.all()],
    }


def cards_json(poll: Poll) -> bytes:
    """Return the payload as canonical bytes."""
    return json.dumps(
        cards_payload(poll), ensure_ascii=False, separators=(",", ":"), sort_keys=True
    ).encode()


def cards_digest(poll: Poll) -> str:
    """Return the digest that names the frozen cards; it also stands in their address."""
    return hashlib.sha256(cards_json(poll)).hexdigest()


@dataclass(frozen=True)
class Frame:
    """What a ballot of an open poll is checked against."""

    form: PollForm
    subjects: Sequence[str]

    @cached_property
    def block(self) -> int:
        """Bytes that hold the longest possible ballot, in whole blocks."""
        longest = max(len(value.encode()) for value in self.form.scale.values())
        cell = longest + PUNCTUATION
        remark = REMARK_LIMIT * LONGEST_CHARACTER if self.form.remark else 0
        each = len(self.form.items) * cell + remark + PUNCTUATION
        return -(-(ENVELOPE + len(self.subjects) * each) // BLOCK) * BLOCK


@lru_cache(maxsize=64)
def _frozen_frame(poll_pk: int, _digest: str) -> Frame:
    poll = Poll.objects.get(pk=poll_pk)
    return Frame(poll.parsed_form, tuple(poll.cards.values_list("subject", flat=True)))


def frame_of(poll: Poll) -> Frame:
    """Return the frame of an opened poll; frozen by then, hence read once a process."""
    return _frozen_frame(poll.pk, poll.cards_digest)
