"""Units check their scores: open the window, lodge an objection, answer it and score again."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import ReviewState
from shuzhi.appraisal.figures import Cell, check_cell
from shuzhi.appraisal.models import Entrant, Figure, Objection, ObjectionWindow, Review, ScoreRun
from shuzhi.appraisal.policy import require_state
from shuzhi.appraisal.queries.objections import is_open, standing
from shuzhi.appraisal.queries.scheme import scheme_of
from shuzhi.appraisal.view import Leaf
from shuzhi.appraisal.workflow import OBJECTION
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import MissingFactError, RefusedError, StateError
from shuzhi.kernel.files import store_bytes
from shuzhi.kernel.period import require_open
from shuzhi.kernel.uploads import Received
from shuzhi.kernel.workflow import perform
from shuzhi.kernel.writes import verb

from .figures import FigureRow, add_happening, enter_figures
from .scoring import score_review

UPHELD = "异议成立"  # what is written down is Chinese, whatever the reader speaks


@verb
def open_window(review: Review, due: date, *, actor: Actor) -> ObjectionWindow:
    """Show every unit its own derivation and take objections up to and including `due`.

    Opened once a review; afterwards the day can be put off, never brought forward.
    """
    require(actor, Permission.REVIEW_MANAGE, review)
    require_state(review, ReviewState.SCORED)
    require_open(review.year)
    if due < timezone.localdate():
        raise RefusedError(_("截止日期不能早于今天。"))
    window = ObjectionWindow.objects.select_for_update().filter(review=review).first()
    if window is not None and due < window.due:
        raise RefusedError(_("已经告知各单位的截止日期只能推后，不能提前。"))
    if window is None:
        window = ObjectionWindow(review=review, opened_by_id=actor.account_id)
    window.due = due
    window.save()
    record("review.check_scores", review, actor=actor, after={"due": due.isoformat()})
    return window


def _leaf(entrant: Entrant, indicator: str) -> Leaf:
    found = next((x for x in scheme_of(entrant.review).leaves if x.id == indicator), None)
    if found is None:
        raise RefusedError(_("方案中没有这一项。"))
    return found


def _counted(entrant: Entrant, leaf: Leaf) -> str:
    """Return the figure as it stood when the objection was lodged."""
    figure = Figure.objects.filter(entrant=entrant, indicator=leaf.id).first()
    return (figure.source or figure.value)[:200] if figure else ""


@verb
def lodge_objection(
    entrant: Entrant, indicator: str, text: str, evidence: Received, *, actor: Actor
) -> Objection:
    """Object to one item of the own score, with evidence, while the window is open.

    One objection an item; after one that was taken back another may be lodged, and both stay.
    """
    require(actor, Permission.REPORT_WRITE, entrant)
    require_open(entrant.review.year)
    if not is_open(entrant.review):
        raise StateError(_("现在不在提出异议的期限内。"))
    leaf = _leaf(entrant, indicator)
    if not text.strip():
        raise MissingFactError(_("请写明对哪一点有异议、应当是多少。"))
    Entrant.objects.select_for_update().get(pk=entrant.pk)  # two at once wait for each other
    if standing(entrant.objections.all()).filter(indicator=indicator).exists():
        raise StateError(_("这一项已经提过异议，一项只能提一次。"))
    objection = Objection(
        entrant=entrant,
        indicator=indicator,
        text=text.strip(),
        evidence=store_bytes(evidence.data, evidence.name, evidence.media_type, actor=actor),
        counted=_counted(entrant, leaf),
        lodged_by_id=actor.account_id,
    )
    objection.full_clean()
    objection.save()
    facts = {"indicator": indicator, "text": text.strip(), "file": objection.evidence.sha256}
    record("objection.lodge", objection, actor=actor, after=facts)
    return objection


@verb
def take_back(objection: Objection, *, actor: Actor) -> Objection:
    """Take the own objection back before it is answered; it stays on record."""
    return perform(OBJECTION, objection, "take_back", actor=actor)


@verb
def reject_objection(objection: Objection, answer: str, *, actor: Actor) -> Objection:
    """Reject with the reason that the unit reads."""
    return perform(OBJECTION, objection, "reject", actor=actor, answer=answer.strip())


@dataclass(frozen=True)
class Correction:
    """What is put right: the figure as it should be, or points added or taken by an event."""

    value: str = ""
    points: Decimal | None = None


@verb
def _correct(
    objection: Objection, correction: Correction, answer: str, *, actor: Actor
) -> Objection:
    entrant = objection.entrant
    require_state(entrant.review, ReviewState.SCORED)
    leaf = _leaf(entrant, objection.indicator)
    if leaf.kind == "ratings":
        raise RefusedError(_("票箱已经封存，测评结果不能更正。请写明理由，不予采纳。"))
    if leaf.kind == "events":
        said = _correct_events(objection, correction, answer, actor)
    else:
        said = _correct_figure(objection, leaf, correction, answer, actor)
    return perform(
        OBJECTION, objection, "uphold", actor=actor, answer=answer.strip(), correction=said
    )


def _correct_events(objection: Objection, correction: Correction, answer: str, actor: Actor) -> str:
    if not correction.points:
        raise MissingFactError(_("请填要补记或扣回的分值。"))
    reason = f"{UPHELD}：{answer.strip()}"[:300]
    add_happening(objection.entrant, objection.indicator, correction.points, reason, actor=actor)
    return f"{correction.points.normalize():+f}"


def _correct_figure(
    objection: Objection, leaf: Leaf, correction: Correction, answer: str, actor: Actor
) -> str:
    entrant = objection.entrant
    cell = Cell.read(correction.value)
    if cell is None:
        raise MissingFactError(_("请填更正后的数据。"))
    if wrong := check_cell(leaf, correction.value):
        raise RefusedError(wrong)
    row = FigureRow(1, entrant.unit.code, {leaf.id: correction.value})
    if not enter_figures(entrant.review, [row], actor=actor):
        raise RefusedError(_("更正后的数据和现在的一样，没有更正什么。"))
    note = f"{UPHELD}：{answer.strip()}"[:200]
    Figure.objects.filter(entrant=entrant, indicator=leaf.id).update(note=note)
    return f"{objection.counted or '—'} → {cell.source}"[:200]


def uphold_objection(
    objection: Objection, correction: Correction, answer: str, *, actor: Actor
) -> ScoreRun:
    """Put the figure right with the reason, and score again; the earlier run stays on record.

    The calculation runs outside the transaction, as always. Should it refuse, the correction
    stands and the review says that it waits for a score.
    """
    corrected = _correct(objection, correction, answer, actor=actor)
    run = score_review(corrected.entrant.review, actor=actor)
    _link(corrected, run, actor=actor)
    return run


@verb
def _link(objection: Objection, run: ScoreRun, *, actor: Actor) -> None:
    require(actor, Permission.REVIEW_MANAGE, objection)
    Objection.objects.filter(pk=objection.pk).update(recount=run)
