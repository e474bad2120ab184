"""Who is behind in the yearly review: reports not written, lowest results, problems overdue."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shuzhi.kernel.access import Actor, Permission, visible
from shuzhi.kernel.standing import SHOWN, Behind, Standing, stretched
from shuzhi.kernel.tables import Tone
from shuzhi.kernel.worklist import countdown
from shuzhi.matters.queries.beside import is_late, story_url

from .enums import ProblemState, ReportState, ReviewState
from .models import Entrant, Node, Problem, Result, Review
from .queries.reports import ENOUGH
from .queries.results import SCORED
from .queries.scheme import scheme_of

WEAKEST = 2  # indicators named for a unit


def review_standings(actor: Actor, year: int) -> list[Standing]:
    """Return the review's pictures for whoever sees whole results; at most seven queries."""
    if not actor.has(Permission.REVIEW_RESULT):
        return []
    today = timezone.localdate()
    pictures = (_reports(actor, year, today), _results(actor, year), _problems(actor, year, today))
    return [picture for picture in pictures if picture is not None]


def _only(reviews: set[str], page: str) -> str:
    """Return the page of the one review that is meant, or the list of reviews."""
    if len(reviews) == 1:
        return reverse(f"appraisal:{page}", args=list(reviews))
    return reverse("appraisal:list")


def _reports(actor: Actor, year: int, today: date) -> Standing | None:
    rows = list(
        Entrant.objects.filter(
            visible(actor, Permission.REVIEW_RESULT, Entrant),
            review__year=year,
            review__state=ReviewState.REPORTING,
        )
        .select_related("unit", "review", "report")
        .annotate(written=Count("report__sections", filter=Q(report__sections__length__gte=ENOUGH)))
        .order_by("written", "position")
    )
    waiting = [row for row in rows if row.report.state == ReportState.DRAFT]
    begun = sum(row.written > 0 for row in waiting)
    if not rows:
        return None
    return Standing(
        _("述职报告"),
        _only({row.review.public_id for row in rows}, "reports"),
        stretched(
            (
                (_("已提交"), len(rows) - len(waiting), Tone.DONE),
                (_("在写"), begun, Tone.GOING),
                (_("没有动笔"), len(waiting) - begun, Tone.WARN),
            )
        ),
        tuple(_unwritten(row, today) for row in waiting[:SHOWN]),
        max(0, len(waiting) - SHOWN),
    )


def _unwritten(row: Any, today: date) -> Behind:
    due = row.review.reports_due
    words = {"written": row.written, "whole": len(row.review.topics)}
    why = _("报告写了 %(written)d / %(whole)d 部分") % words if row.written else _("报告没有动笔")
    return Behind(
        row.unit.short_name,
        reverse("appraisal:report", args=[row.review.public_id, row.public_id]),
        f"{why} · {countdown(due, today)}" if due else why,
        late=bool(due and due < today),
    )


def _results(actor: Actor, year: int) -> Standing | None:
    """The latest results up to the year: grades, and what the lowest lost most points on."""
    rows = Result.objects.filter(
        visible(actor, Permission.REVIEW_RESULT, Result),
        run__current=True,
        rank__isnull=False,
        run__review__state__in=SCORED,
        run__review__year__lte=year,
    )
    latest = rows.aggregate(year=Max("run__review__year"))["year"]
    if latest is None:
        return None
    rows = rows.filter(run__review__year=latest)
    lowest = list(rows.select_related("entrant__unit", "run__review").order_by("total")[:SHOWN])
    return Standing(
        _("%(year)d 年度考核结果") % {"year": latest},
        _only(_reviews(rows), "results"),
        _grades(rows, lowest[0].run.review),
        tuple(_lowest(lowest)),
    )


def _reviews(rows: Any) -> set[str]:
    """Return the reviews of the results; two are as good as many."""
    return set(rows.order_by().values_list("run__review__public_id", flat=True).distinct()[:2])


def _grades(rows: Any, review: Review) -> Any:
    counts = Counter[str]()
    for decided, computed in rows.values_list("decided_grade", "computed_grade"):
        counts[decided or computed] += 1
    known = [grade for grade in scheme_of(review).grades if counts[grade]]
    tones = [Tone.DONE, *[Tone.GOING] * len(known)]
    shares = [(grade, counts.pop(grade), tone) for grade, tone in zip(known, tones, strict=False)]
    if len(shares) > 1:
        shares[-1] = (*shares[-1][:2], Tone.WARN)
    return stretched([*shares, (_("未定等次"), counts.total(), Tone.WAITING)])


def _lowest(results: list[Result]) -> Iterable[Behind]:
    """Name each unit's dearest losses, the lowest unit first."""
    nodes = Node.objects.filter(result__in=results, of__gt=F("points"))
    lost: dict[int, list[Any]] = {}
    for node in nodes.annotate(lost=F("of") - F("points")).order_by("-lost"):
        lost.setdefault(node.result_id, []).append(node)
    for row in results:
        titles = scheme_of(row.run.review).scored_titles
        dearest = [node for node in lost.get(row.pk, ()) if node.indicator in titles][:WEAKEST]
        losses = [
            _("“%(title)s”失 %(points).1f 分")
            % {"title": titles[node.indicator], "points": node.lost}
            for node in dearest
        ]
        words = {"rank": row.rank, "total": f"{row.total:.2f}"}
        place = _("第 %(rank)d 名，%(total)s 分") % words
        address = [row.run.review.public_id, row.entrant.public_id]
        yield Behind(
            row.entrant.unit.short_name,
            reverse("appraisal:result", args=address),
            " · ".join([place, *losses]),
        )


def _problems(actor: Actor, year: int, today: date) -> Standing | None:
    """Last year's problems and this year's, as far as notices tell; a withdrawn one is none."""
    rows = list(
        Problem.objects.filter(
            visible(actor, Permission.REVIEW_RESULT, Problem),
            state=ProblemState.LISTED,
            entrant__review__year__in=(year - 1, year),
        )
        .select_related("entrant__unit", "entrant__review", "matter__state")
        .order_by(F("matter__due").asc(nulls_last=True), F("due").asc(nulls_last=True), "pk")
    )
    if not rows:
        return None
    sent = [row.notice for row in rows if row.notice]
    done = sum(matter.ended for matter in sent)
    late = [row for row in rows if row.notice and is_late(row.notice, today)]
    return Standing(
        _("问题整改"),
        _only({row.entrant.review.public_id for row in rows}, "problems"),
        stretched(
            (
                (_("已整改"), done, Tone.DONE),
                (_("整改中"), len(sent) - done - len(late), Tone.GOING),
                (_("已逾期"), len(late), Tone.LATE),
                (_("还没有下达通知"), len(rows) - len(sent), Tone.WARN),
            )
        ),
        tuple(_unmended(row, today) for row in late[:SHOWN]),
        max(0, len(late) - SHOWN),
    )


def _unmended(row: Problem, today: date) -> Behind:
    assert row.matter is not None  # noqa: S101 (for the type; only what is late is named)
    words = countdown(row.matter.due, today) if row.matter.due else ""
    return Behind(
        row.entrant.unit.short_name,
        story_url(row.matter),
        f"{row.text.rstrip('。')} · {words}",
        late=True,
    )
