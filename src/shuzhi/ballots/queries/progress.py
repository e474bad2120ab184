"""How many slips and forms are out and in, by category; never a mark."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from shuzhi.ballots.enums import PollState, SlipState
from shuzhi.ballots.models import PaperCount, Poll


@dataclass(frozen=True)
class CategoryProgress:
    """Slips and paper forms of a category; `unused` counts late slips too after closing."""

    category: str
    title: str
    weight: Decimal
    used: int
    unused: int
    cancelled: int
    paper_issued: int
    paper_returned: int
    paper_void: int

    @property
    def issued(self) -> int:
        """Slips ever handed out."""
        return self.used + self.unused + self.cancelled

    @property
    def paper_valid(self) -> int:
        """Paper forms that count, once counted."""
        return self.paper_returned - self.paper_void

    @property
    def forms(self) -> int:
        """Valid forms known so far: used slips, and paper once it is counted."""
        return self.used + self.paper_valid


def _slip_counts(poll: Poll) -> dict[tuple[str, str], int]:
    rows = poll.slips.values_list("category", "state").annotate(count=Count("pk")).order_by()
    return {(category, state): count for category, state, count in rows}


def progress(poll: Poll) -> list[CategoryProgress]:
    """Return the state of every category, in the form's order (two queries)."""
    slips = _slip_counts(poll)
    paper = {row.category: row for row in poll.paper.all()}

    def of(category: str, *states: SlipState) -> int:
        return sum(slips.get((category, state), 0) for state in states)

    result = []
    for row in poll.parsed_form.categories:
        counted = paper.get(row.id) or PaperCount()
        result.append(
            CategoryProgress(
                category=row.id,
                title=row.title,
                weight=row.weight,
                used=of(row.id, SlipState.USED),
                unused=of(row.id, SlipState.UNUSED, SlipState.LATE),
                cancelled=of(row.id, SlipState.CANCELLED),
                paper_issued=counted.issued,
                paper_returned=counted.returned,
                paper_void=counted.void,
            )
        )
    return result


def used_total(poll: Poll) -> int:
    """Return how many ballots have come in (one query, for the big screen)."""
    return poll.slips.filter(state=SlipState.USED).count()


def voting_now() -> bool:
    """Tell whether any hall is voting, so that heavy work waits on SQLite."""
    return Poll.objects.filter(state=PollState.OPEN).exists()
