"""The review as a cycle: where it stands, what each step needs, the one next thing to do."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .enums import ReviewState as S
from .models import Review

ORDER = list(S)


@dataclass(frozen=True)
class Stage:
    """One step of the cycle as the overview shows it."""

    title: str | Promise
    state: str  # done | here | ahead


_STAGES: tuple[tuple[str | Promise, S], ...] = (
    (_("筹备"), S.PREPARING),
    (_("书面述职"), S.REPORTING),
    (_("开会测评"), S.OPEN),
    (_("计分"), S.CLOSED),
    (_("研究等次"), S.SCORED),
    (_("批准公布"), S.DECIDED),
)


def stages(review: Review) -> list[Stage]:
    """Return the steps with what is done, where the review stands, and what lies ahead."""
    now = ORDER.index(S(review.state))
    return [
        Stage(
            title,
            "done"
            if ORDER.index(state) < now
            else "here"
            if ORDER.index(state) == now
            else "ahead",
        )
        for title, state in _STAGES
    ]
