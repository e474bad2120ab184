"""What would spoil the meeting, each with the place where it is mended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuzhi.ballots import queries as ballots
from shuzhi.gatherings import queries as gatherings
from shuzhi.kernel.access import Permission
from shuzhi.kernel.language import listed
from shuzhi.registry import queries as registry

from .enums import Exemption, ReportState
from .marking import disagreements
from .models import Entrant, Review
from .queries.figures import missing_figures
from .queries.parts import poll_of
from .queries.reports import written_counts
from .queries.scheme import scheme_faults, scheme_of

HUNDRED = 100
NAMED = 5  # units named in one sentence; the rest are counted


@dataclass(frozen=True)
class Obstacle:
    """One thing that would spoil the meeting; `stops` means that it cannot open like this."""

    text: str | Promise
    url: str
    stops: bool = True


def _link(review: Review, page: str) -> str:
    return reverse(f"appraisal:{page}", args=[review.public_id])


def _named(units: list[str]) -> str:
    names = listed(units[:NAMED])
    if len(units) <= NAMED:
        return names
    return _("%(listed)s等 %(count)d 个单位") % {"listed": names, "count": len(units)}


def _reporters(review: Review, entrants: list[Entrant]) -> Iterator[Obstacle]:
    url = _link(review, "entrants")
    if not entrants:
        yield Obstacle(_("还没有述职单位。"), url)
    vacant = [e.unit.short_name for e in entrants if e.person_id is None]
    if vacant:
        yield Obstacle(_("没有书记述职：%(units)s。") % {"units": _named(vacant)}, url)


def _weights(review: Review, _entrants: list[Entrant]) -> Iterator[Obstacle]:
    if review.poll is None:
        return
    total = sum(category.weight for category in review.poll.parsed_form.categories)
    if total != HUNDRED:
        text = _("各类测评人的权重合计是 %(total)s%%，应为 100%%。") % {"total": f"{total:f}"}
        yield Obstacle(text, _link(review, "plan"))


def _scheme(review: Review, _entrants: list[Entrant]) -> Iterator[Obstacle]:
    for fault in scheme_faults(review):
        text = _("考核方案有误：%(fault)s") % {"fault": fault}
        yield Obstacle(text, _link(review, "scheme"))


def _agreement(review: Review, _entrants: list[Entrant]) -> Iterator[Obstacle]:
    """A form whose marks the scheme does not count would spoil it only when it is too late."""
    if review.poll is None or scheme_faults(review):
        return
    for what in disagreements(review.poll.parsed_form, scheme_of(review)):
        text = _("考核方案与测评票对不上：%(what)s。在“调整方案”里核对并保存，两边即一致。")
        yield Obstacle(text % {"what": what}, _link(review, "plan"))


def _least_marks(review: Review) -> int:
    if scheme_faults(review):
        return 1
    return max((leaf.rule.min_marks for leaf in scheme_of(review).rating_leaves), default=1)


def _raters(review: Review, _entrants: list[Entrant]) -> Iterator[Obstacle]:
    if review.poll is None or review.gathering is None:
        return
    chairs = {row.category: row.called for row in gatherings.attendance(review.gathering)}
    roll = reverse("gatherings:roll", args=[review.gathering.public_id])
    slips = {row.category: row for row in ballots.progress(review.poll)}
    for category in review.poll.parsed_form.categories:
        called = chairs.get(category.id, 0)
        yield from _chairs(review, category, called, roll)
        yield from _slips(review, category, called, slips.get(category.id))


def _chairs(review: Review, category: Any, called: int, roll: str) -> Iterator[Obstacle]:
    fewest = poll_of(review).parsed_form.min_marks
    names = {"title": category.title, "called": called, "least": _least_marks(review)}
    if not called:
        yield Obstacle(_("“%(title)s”一类没有测评人。") % names, roll)
    elif called < names["least"]:
        yield Obstacle(_("“%(title)s”只有 %(called)d 人，计分至少要 %(least)d 票。") % names, roll)
    elif called < fewest:
        names["least"] = fewest
        text = _(
            "“%(title)s”只有 %(called)d 人，不足 %(least)d 人，分类结果将不能公开；可并入其他类别。"
        )
        yield Obstacle(text % names, roll, stops=False)


def _slips(review: Review, category: Any, called: int, row: Any) -> Iterator[Obstacle]:
    handed = row.used + row.unused + row.paper_issued if row else 0
    if called and handed < called:
        text = _("“%(title)s”应到 %(called)d 人，测评票只有 %(slips)d 张。") % {
            "title": category.title,
            "called": called,
            "slips": handed,
        }
        url = reverse("ballots:poll", args=[poll_of(review).public_id])
        yield Obstacle(text, url, stops=not handed)


def _reports(review: Review, entrants: list[Entrant]) -> Iterator[Obstacle]:
    counts, total = written_counts(review), len(review.topics)
    missing = [e.unit.short_name for e in entrants if not counts.get(e.pk)]
    partial = [e.unit.short_name for e in entrants if 0 < counts.get(e.pk, 0) < total]
    unsent = [
        e.unit.short_name
        for e in entrants
        if counts.get(e.pk) == total and e.report.state == ReportState.DRAFT
    ]
    url = _link(review, "reports")
    for units, words in (
        (missing, _("没有述职报告：%(units)s。")),
        (partial, _("述职报告没有写完：%(units)s。")),
        (unsent, _("述职报告写完了但没有提交：%(units)s。")),
    ):
        if units:
            yield Obstacle(words % {"units": _named(units)}, url, stops=False)


def _figures(review: Review, _entrants: list[Entrant]) -> Iterator[Obstacle]:
    count = 0 if scheme_faults(review) else sum(map(len, missing_figures(review).values()))
    if count:
        text = ngettext(
            "计分还缺 %(count)d 项平时考核数据。", "计分还缺 %(count)d 项平时考核数据。", count
        )
        yield Obstacle(text % {"count": count}, _link(review, "figures"), stops=False)


def _approval(review: Review, _entrants: list[Entrant]) -> Iterator[Obstacle]:
    if not registry.holders(Permission.REVIEW_APPROVE, review.unit):
        text = _("没有能批准公布的领导账号：请给一位领导开通账号并授予“领导”角色。")
        yield Obstacle(text, reverse("registry:unit", args=[review.unit.public_id]), stops=False)


def _all_exempt(review: Review, entrants: list[Entrant]) -> Iterator[Obstacle]:
    if entrants and all(e.exemption == Exemption.RATING for e in entrants):
        yield Obstacle(_("所有单位都不参加评议，没有可以测评的对象。"), _link(review, "entrants"))


CHECKS: tuple[Callable[[Review, list[Entrant]], Iterator[Obstacle]], ...] = (
    _reporters,
    _all_exempt,
    _weights,
    _scheme,
    _agreement,
    _raters,
    _reports,
    _figures,
    _approval,
)


def obstacles(review: Review) -> list[Obstacle]:
    """Return everything that would spoil the meeting, what stops it first; constant queries."""
    entrants = list(review.entrants.select_related("unit", "person", "report"))
    found = [obstacle for check in CHECKS for obstacle in check(review, entrants)]
    return sorted(found, key=lambda obstacle: not obstacle.stops)
