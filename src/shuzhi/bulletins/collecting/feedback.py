"""What each reporter is told: the own marks, comment, opinions and problems."""

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.translation import override

from shuzhi.appraisal.queries import papers
from shuzhi.ballots import queries as ballots
from shuzhi.bulletins.facts import FeedbackFacts, Named, OutcomeFacts, ProblemFacts

from .marks import category_facts, is_sealed
from .review import comment_facts, problem_facts, spoken_facts

if TYPE_CHECKING:
    from shuzhi.appraisal.models import Entrant, Review
    from shuzhi.ballots.models import Poll


def _opinions_shown(poll: "Poll | None") -> bool:
    """Tell whether enough forms came in for remarks to give no hand away."""
    if poll is None or not is_sealed(poll):
        return False
    return sum(row.valid for row in category_facts(poll)) >= poll.parsed_form.min_marks


class _Pages:
    """What the pages of one review share, read once."""

    def __init__(self, review: "Review") -> None:
        self.poll = review.poll
        self.facts = spoken_facts(review)
        self.shown = _opinions_shown(review.poll)
        self.comments = {
            one.entrant.unit.code: comment_facts(one) for one in papers.approved_comments(review)
        }
        self.problems: dict[str, list[ProblemFacts]] = defaultdict(list)
        for problem in papers.listed_problems(review):
            self.problems[problem.entrant.unit.code].append(problem_facts(problem))

    def page(self, outcome: OutcomeFacts) -> FeedbackFacts:
        facts, code = self.facts, outcome.code
        remarks = ballots.remarks(self.poll, code) if self.poll and self.shown else ()
        return FeedbackFacts(
            title=facts.title,
            year=facts.year,
            organiser=facts.unit,
            items=facts.items,
            categories=tuple(Named(id=row.id, title=row.title) for row in facts.categories),
            outcome=outcome,
            ranked=sum(one.rank is not None for one in facts.outcomes),
            comment=self.comments.get(code),
            opinions=tuple(remarks),
            problems=tuple(self.problems[code]),
        )


@override("zh-hans")
def feedback_facts(review: "Review") -> list[FeedbackFacts]:
    """Return each reporter's own page, in the order of reporting."""
    pages = _Pages(review)
    return [pages.page(outcome) for outcome in pages.facts.outcomes]


def feedback_of(entrant: "Entrant") -> FeedbackFacts:
    """Return one reporter's own page, in the reader's language."""
    pages = _Pages(entrant.review)
    outcomes = {one.code: one for one in pages.facts.outcomes}
    return pages.page(outcomes[entrant.unit.code])
