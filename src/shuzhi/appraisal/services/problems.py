"""Name problems, propose them from the lowest items, give them owner and deadline."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from shuzhi.appraisal.enums import ProblemSource
from shuzhi.appraisal.models import Entrant, Node, Problem, Review
from shuzhi.appraisal.queries.scheme import scheme_of
from shuzhi.appraisal.workflow import PROBLEM
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import MissingFactError, RefusedError, StateError
from shuzhi.kernel.workflow import perform
from shuzhi.kernel.writes import verb

LOWEST = 2  # indicators a unit
LOW_RATE = "0.85"  # only what fell short of this share of its points is a problem
TEXT_LIMIT = 300


@verb
def name_problem(
    entrant: Entrant,
    text: str,
    *,
    actor: Actor,
    source: ProblemSource = ProblemSource.MANUAL,
    indicator: str = "",
) -> Problem:
    """List a problem of a unit; the same words a second time are the same problem."""
    require(actor, Permission.REVIEW_COMMENT, entrant.review)
    text = text.strip()
    if not text:
        raise MissingFactError(_("请写明问题是什么。"))
    if len(text) > TEXT_LIMIT:
        raise RefusedError(_("问题请写在 %(limit)d 字以内。") % {"limit": TEXT_LIMIT})
    problem, created = Problem.objects.get_or_create(
        entrant=entrant,
        text=text,
        defaults={
            "source": source,
            "indicator": indicator,
            "owner": entrant.person.name if entrant.person else "",
        },
    )
    if created:
        record("problem.add", problem, actor=actor, after={"source": source})
    return problem


@verb
def edit_problem(
    problem: Problem,
    *,
    actor: Actor,
    text: str,
    owner: str,
    due: date | None,
    measure: str = "",
) -> Problem:
    """Change the words, the owner, the deadline and the measure of a problem."""
    require(actor, Permission.REVIEW_COMMENT, problem.entrant.review)
    if problem.notice:
        raise StateError(_("整改通知已经下达，请在整改通知里办理。"))
    if not text.strip():
        raise MissingFactError(_("请写明问题是什么。"))
    before = {"owner": problem.owner, "due": str(problem.due or "")}
    problem.text, problem.owner, problem.due = text.strip(), owner.strip(), due
    problem.measure = measure.strip()
    problem.full_clean()
    problem.save(update_fields=["text", "owner", "due", "measure"])
    after = {"owner": problem.owner, "due": str(due or "")}
    record("problem.edit", problem, actor=actor, before=before, after=after)
    return problem


@verb
def move_problem(problem: Problem, step: str, *, actor: Actor) -> Problem:
    """Put a problem on the list, for which it needs an owner and a deadline, or leave it off."""
    if step == "confirm" and not (problem.owner and problem.due):
        raise MissingFactError(_("列入清单要写明责任人和整改期限。"))
    return perform(PROBLEM, problem, step, actor=actor)


@verb
@override("zh-hans")  # the list is kept in Chinese, whatever language its proposer reads
def propose_problems(review: Review, *, actor: Actor) -> int:
    """Propose each unit's lowest leaves (no bonus) as problems; return how many are new."""
    require(actor, Permission.REVIEW_COMMENT, review)
    titles = scheme_of(review).scored_titles
    rows = Node.objects.filter(
        result__run__review=review,
        result__run__current=True,
        indicator__in=titles,
        rate__lt=LOW_RATE,
    ).select_related("result__entrant__person", "result__entrant__review")
    lowest: dict[int, list[Node]] = {}
    for node in rows.order_by("result__entrant__position", "rate", "position"):
        lowest.setdefault(node.result.entrant_id, []).append(node)
    before = Problem.objects.filter(entrant__review=review).count()
    for nodes in lowest.values():
        for node in nodes[:LOWEST]:
            name_problem(
                node.result.entrant,
                str(_("“%(title)s”得分偏低") % {"title": titles[node.indicator]}),
                actor=actor,
                source=ProblemSource.LOWEST,
                indicator=node.indicator,
            )
    return Problem.objects.filter(entrant__review=review).count() - before
