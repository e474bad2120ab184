"""News that ballots tells to the rooms above, after the transaction has committed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PollClosed:
    """A poll no longer takes ballots."""

    poll_id: int


@dataclass(frozen=True)
class PollSealed:
    """The marks of a poll are final and may be scored."""

    poll_id: int
