"""Check and issue: what was checked is what is issued, under the next number, for good."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.bulletins.collecting import review_facts
from shuzhi.bulletins.content import checked_digest, final_content, number_of, proof_facts
from shuzhi.bulletins.enums import BulletinState
from shuzhi.bulletins.facts import ReviewFacts
from shuzhi.bulletins.models import Bulletin
from shuzhi.bulletins.policy import require_published
from shuzhi.bulletins.workflow import BULLETIN
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit.log import current_head
from shuzhi.kernel.errors import StateError
from shuzhi.kernel.numbering import next_number
from shuzhi.kernel.period import require_open
from shuzhi.kernel.workflow import perform
from shuzhi.kernel.writes import verb


def check_bulletin(bulletin: Bulletin, *, actor: Actor) -> Bulletin:
    """Answer for the words and figures as they stand; a later change of either shows at issue."""
    require_open(bulletin.review.year)
    digest = checked_digest(bulletin, review_facts(bulletin.review))
    return perform(BULLETIN, bulletin, "check", actor=actor, digest=digest)


def series_of(bulletin: Bulletin) -> str:
    """Return the series that the number counts in: one a unit and code word."""
    return f"bulletin:{bulletin.unit_id}:{bulletin.code_word}"


def issue_bulletin(bulletin: Bulletin, *, actor: Actor) -> Bulletin:
    """Issue under the next number: freeze content and digest, bound to the proof log's head.

    Refused when words or figures differ from what was checked, by the drafter, by the checker,
    and before the results are approved for publication. Files are made after it
    (`file_documents`), so that the database is not held up.
    """
    return _issue(bulletin, review_facts(bulletin.review), actor)


@verb
def _issue(bulletin: Bulletin, facts: ReviewFacts, actor: Actor) -> Bulletin:
    require(actor, Permission.BULLETIN_APPROVE, bulletin)
    require_open(bulletin.review.year)
    locked = Bulletin.objects.select_for_update().select_related("review").get(pk=bulletin.pk)
    require_published(locked.review)
    if locked.state == BulletinState.CHECKED and locked.checked_digest != checked_digest(
        locked, facts
    ):
        raise StateError(_("审核以后文字或数据有变化，请退回重新审核。"))
    issued_at = timezone.now()
    year = timezone.localtime(issued_at).year
    number = next_number(series_of(locked), year)
    proof = proof_facts(current_head())
    content = final_content(locked, facts, number, issued_at, proof)
    perform(
        BULLETIN,
        bulletin,
        "issue",
        actor=actor,
        number=number,
        year=year,
        issued_at=issued_at,
        content=content.model_dump(mode="json"),
        digest=content.digest,
    )
    _take_place(bulletin, actor)
    return bulletin


def _take_place(bulletin: Bulletin, actor: Actor) -> None:
    """Withdraw the bulletin that this one replaces."""
    old = bulletin.replaces
    if old is not None and old.state == BulletinState.ISSUED:
        reason = str(_("已由%(number)s更正重发") % {"number": number_of(bulletin)})
        perform(BULLETIN, old, "withdraw", actor=actor, reason=reason)
