"""What a kind of meeting lays down: agenda, who is called, quorum, time to speak."""

from typing import Annotated

from pydantic import Field, StringConstraints

from shuzhi.kernel.content import Frozen

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class Called(Frozen):
    """A category of those who are called."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
    title: Text


class Speech(Frozen):
    """How long each may speak, and how many seconds before the end a warning shows."""

    minutes: Annotated[int, Field(ge=1, le=60)]
    warn_seconds: Annotated[int, Field(ge=0, le=600)] = 60


class MeetingPlan(Frozen):
    """The body of a mechanism of the kind `gathering`."""

    agenda: Annotated[list[Text], Field(min_length=1)]
    categories: Annotated[list[Called], Field(min_length=1)]
    quorum_percent: Annotated[int, Field(ge=1, le=100)]
    speech: Speech
