"""Open the meeting on frozen reports, and follow it to its end."""

import hashlib
from collections.abc import Sequence

import rfc8785
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import Exemption, ReviewState
from shuzhi.appraisal.models import Entrant, Review
from shuzhi.appraisal.policy import require_state
from shuzhi.appraisal.queries.figures import facts_by_entrant
from shuzhi.appraisal.queries.parts import meeting_of, poll_of
from shuzhi.appraisal.queries.reports import frozen_or_current, plain_text, written_counts
from shuzhi.appraisal.readiness import obstacles
from shuzhi.appraisal.workflow import REVIEW
from shuzhi.ballots import services as ballots
from shuzhi.gatherings import services as gatherings
from shuzhi.kernel.access import SYSTEM, Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.period import require_open
from shuzhi.kernel.workflow import perform
from shuzhi.kernel.writes import verb

from .entrants import pull_order
from .reports import freeze_report

REPORT_ON_CARD = 50_000  # characters, the most that a card takes
TITLE = 60
LINE = 120
FACTS = 30


def _lines(entrant: Entrant, written: int, topics: int) -> list[str]:
    """Return two lines that a rater reads at a glance."""
    spared = {Exemption.RANK: _("参加评议，不参加排名")}.get(Exemption(entrant.exemption))
    report = _("书面报告写了 %(written)d 项（共 %(topics)d 项）") % {
        "written": written,
        "topics": topics,
    }
    return [str(line)[:LINE] for line in (report, spared) if line]


def _cards(review: Review, entrants: Sequence[Entrant]) -> list[ballots.CardSpec]:
    facts = facts_by_entrant(review, entrants)
    written = written_counts(review)
    return [
        ballots.CardSpec.model_validate(
            {
                "subject": entrant.unit.code,
                "name": entrant.person.name if entrant.person else "—",
                "unit_title": entrant.unit.name[:TITLE],
                "lines": _lines(entrant, written.get(entrant.pk, 0), len(review.topics)),
                "figures": [fact for fact in facts[entrant.pk] if len(fact["value"]) <= TITLE][
                    :FACTS
                ],
                "report": plain_text(frozen_or_current(entrant.report))[:REPORT_ON_CARD],
            }
        )
        for entrant in entrants
        if entrant.exemption != Exemption.RATING
    ]


def _refuse_obstacles(review: Review, *, accepted: bool) -> None:
    found = obstacles(review)
    stopping = [str(obstacle.text) for obstacle in found if obstacle.stops]
    if stopping:
        raise RefusedError(_("还不能开会：%(what)s") % {"what": " ".join(stopping)})
    if found and not accepted:
        raise RefusedError(
            _("还有 %(count)d 个问题没有解决。仍要开会，请勾选“已知悉”。") % {"count": len(found)}
        )


@verb
def open_meeting(review: Review, *, actor: Actor, accept_faults: bool = False) -> Review:
    """Freeze the reports, hand the cards to the raters, open the meeting and the poll.

    Refused while anything stops the meeting; what would merely spoil it must be accepted.
    """
    require(actor, Permission.REVIEW_MANAGE, review)
    require_state(review, ReviewState.REPORTING)
    require_open(review.year)
    _refuse_obstacles(review, accepted=accept_faults)
    pull_order(review)
    entrants = list(review.entrants.select_related("unit", "person", "report"))
    for entrant in entrants:
        entrant.report.entrant = entrant
        entrant.review = review
        freeze_report(entrant.report, actor=actor)
    record("review.frozen", review, actor=actor, after={"reports": reports_digest(review)})
    ballots.replace_cards(actor=actor, poll=poll_of(review), cards=_cards(review, entrants))
    gatherings.open_gathering(meeting_of(review), actor=actor)
    return perform(REVIEW, review, "open", actor=actor)


@verb
def close_review(review: Review, *, actor: Actor = SYSTEM) -> Review:
    """Note that the meeting is over: no more ballots come in. The poll's closing calls this."""
    return perform(REVIEW, review, "close", actor=actor)


def reports_digest(review: Review) -> str:
    """Return one digest over all frozen reports, for the minutes."""
    digests = sorted(review.entrants.values_list("report__digest", flat=True))
    return hashlib.sha256(rfc8785.dumps(digests)).hexdigest()
