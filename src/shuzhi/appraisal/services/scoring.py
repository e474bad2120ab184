"""Compute the review's scores from sealed marks and entered data, and keep all that was used."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal import archive
from shuzhi.appraisal.computing import Computation, compute
from shuzhi.appraisal.data import data_files
from shuzhi.appraisal.derivation import derivations
from shuzhi.appraisal.enums import ReviewState
from shuzhi.appraisal.models import Derivation, Node, Result, Review, ScoreRun
from shuzhi.appraisal.policy import require_state
from shuzhi.appraisal.queries.overview import SCORING, scoring_job
from shuzhi.appraisal.queries.parts import poll_of
from shuzhi.appraisal.queries.scheme import scheme_of
from shuzhi.appraisal.workflow import REVIEW
from shuzhi.ballots import services as ballots
from shuzhi.ballots.enums import PollState
from shuzhi.ballots.queries import shows_breakdown
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError, StateError
from shuzhi.kernel.files import store_bytes
from shuzhi.kernel.jobs import start_job
from shuzhi.kernel.models import Job
from shuzhi.kernel.period import require_open
from shuzhi.kernel.workflow import perform
from shuzhi.kernel.writes import verb

ZIP = "application/zip"
SCORABLE = (ReviewState.CLOSED, ReviewState.SCORED)


@verb
def seal_ballots(review: Review, *, actor: Actor) -> Review:
    """Seal the review's box, after which no ballot can change; refused while paper is open."""
    require(actor, Permission.REVIEW_MANAGE, review)
    require_state(review, ReviewState.CLOSED)
    ballots.seal_poll(actor=actor, poll=poll_of(review))
    return review


def _scorable(review: Review, actor: Actor) -> None:
    require(actor, Permission.REVIEW_MANAGE, review)
    require_state(review, *SCORABLE)
    require_open(review.year)
    if poll_of(review).state != PollState.SEALED:
        raise RefusedError(_("票箱还没有封存，不能计分。请先核对纸质票，再封存票箱。"))


@verb
def request_scoring(review: Review, *, actor: Actor) -> Job:
    """Have the review scored in the background; what would refuse it now is said now.

    Asked again while it is under way, the same work is returned to whoever asked first, and
    others are told to wait.
    """
    _scorable(Review.objects.select_related("unit", "poll").get(pk=review.pk), actor)
    going = scoring_job(review)
    if going is None:
        title = _("计分：%(title)s") % {"title": review.title}
        return start_job(SCORING, title, actor=actor, review=review.public_id)
    if going.owner_id != actor.account_id:
        raise StateError(_("有人正在计分，完成后结果会出现在评议页面。"))
    return going


def score_review(review: Review, *, actor: Actor) -> ScoreRun:
    """Compute, and store inputs, scheme, engine version and results once for all views.

    The engine runs outside the transaction; what it used must still stand when its answer is
    kept. Raises `RefusedError` with the engine's messages when the data cannot be scored; then
    nothing is stored. A later run replaces the current one; the earlier stays on record.
    """
    review = Review.objects.select_related("unit", "poll").get(pk=review.pk)
    _scorable(review, actor)
    categories = {row.id: row.title for row in poll_of(review).parsed_form.categories}
    computation = compute(review.scheme_text, data_files(review), categories)
    return _keep(review, computation, actor=actor)


@verb
def _keep(review: Review, computation: Computation, *, actor: Actor) -> ScoreRun:
    review = Review.objects.select_for_update().get(pk=review.pk)
    _scorable(review, actor)
    files = {n: d for n, d in data_files(review).items() if n in computation.inputs}
    if (review.scheme_text, files) != (computation.scheme_text, dict(computation.inputs)):
        raise StateError(_("计分时有人改动了数据，请再算一次。"))
    run = _store_run(review, computation, actor)
    _store_results(run, computation)
    after = {"run": run.number, "archive": run.archive.sha256}
    record("review.computed", review, actor=actor, after=after)
    perform(REVIEW, review, "score", actor=actor)
    return run


def archive_files(title: str, computation: Computation) -> dict[str, bytes]:
    """Return everything that a recount needs, by name in the archive."""
    files = {
        archive.SCHEME: computation.scheme_text.encode(),
        archive.README: archive.readme(
            title, computation.version, varied="robustness.csv" in computation.outputs
        ),
        **{f"{archive.DATA}/{name}": data for name, data in computation.inputs.items()},
        **{f"{archive.RESULTS}/{name}": data for name, data in computation.outputs.items()},
    }
    return files | {archive.MANIFEST: archive.manifest(files)}


def _store_run(review: Review, computation: Computation, actor: Actor) -> ScoreRun:
    files = archive_files(review.title, computation)
    number = review.runs.count() + 1
    stored = store_bytes(
        archive.pack(files),
        f"{review.public_id}-{number}.zip",
        ZIP,
        actor=actor,
        limit=200 * 1024 * 1024,
    )
    review.runs.filter(current=True).update(current=False)
    return ScoreRun.objects.create(
        review=review,
        number=number,
        archive=stored,
        manifest=archive.digests(files),
        agreement=computation.agreement,
        engine_version=computation.version,
        shows_breakdown=shows_breakdown(poll_of(review)),
        computed_by_id=actor.account_id,
    )


def _store_results(run: ScoreRun, computation: Computation) -> None:
    entrants = {e.unit.code: e for e in run.review.entrants.select_related("unit")}
    results = Result.objects.bulk_create(
        Result(run=run, entrant=entrants[row["unit"]], **_result_fields(row, computation))
        for row in computation.results
    )
    by_unit = {r.entrant.unit.code: r for r in results}
    order = {p.id: number for number, p in enumerate(scheme_of(run.review).places())}
    Node.objects.bulk_create(
        Node(result=by_unit[unit], position=order[row["indicator"]], **_node_fields(row))
        for unit, rows in computation.nodes.items()
        for row in rows
    )
    Derivation.objects.bulk_create(
        Derivation(result=by_unit[unit], tree=tree)
        for unit, tree in derivations(computation).items()
    )


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _result_fields(row: dict[str, str], computation: Computation) -> dict[str, Any]:
    low, high = computation.ranges.get(row["unit"], (None, None))
    return {
        "total": _decimal(row["total"]),
        "shown_total": row["total"],
        "bonus": _decimal(row["bonus"]),
        "rank": int(row["rank"]) if row["rank"] else None,
        "status": row["status"],
        "computed_grade": row["grade"],
        "vetoes": row["vetoes"].split(";") if row["vetoes"] else [],
        "spread": computation.spreads.get(row["unit"]),
        "rank_low": low,
        "rank_high": high,
        "marks": computation.mark_counts.get(row["unit"], 0),
    }


def _node_fields(row: dict[str, str]) -> dict[str, Any]:
    return {
        "indicator": row["indicator"],
        "rate": _decimal(row["rate"]),
        "points": _decimal(row["points"]),
        "of": _decimal(row["of"]),
        "status": row["status"],
    }
