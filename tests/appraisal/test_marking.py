"""What raters fill in: topics, scale and scheme stay together while the plan changes."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from shuzhi.appraisal.enums import FormShape, ProblemSource, RatingScale
from shuzhi.appraisal.models import Entrant, Review
from shuzhi.appraisal.queries.scheme import scheme_of
from shuzhi.appraisal.readiness import obstacles
from shuzhi.appraisal.services import entrants as reporters
from shuzhi.appraisal.services import figures, preparing
from shuzhi.appraisal.services.comments import save_comment
from shuzhi.appraisal.services.figures import FigureRow
from shuzhi.appraisal.services.problems import name_problem
from shuzhi.appraisal.services.reports import save_section, upload_report
from shuzhi.ballots.models import Poll
from shuzhi.catalogue.services import sync_packs
from shuzhi.kernel.errors import RefusedError
from tests.cast import Cast

from .conftest import PLAN
from .sample import LONG, TITLES
from .test_word import docx

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
HALF = Decimal("0.5")
FILLED = {
    "title": "改名",
    "meets_at": "2026-12-20T14:30",
    "place": "三楼",
    "host": "书记",
    "shape": "overall",
    "scale": "grades",
    "topics": "学习\n走访",
    "min_marks": "2",
    "title_A": "领导",
    "weight_A": "60",
    "title_B": "代表",
    "weight_B": "40",
    "recuse_B": "on",
}


def adjusted(cast: Cast, review: Review, **changes: object) -> Review:
    plan = replace(PLAN, **changes)  # type: ignore[arg-type]
    preparing.adjust_review(review, plan, actor=cast.actor("commissioner"))
    return Review.objects.select_related("poll", "gathering", "unit").get()


def unfit(review: Review) -> list[str]:
    """Return what the check says of form and scheme."""
    return [str(o.text) for o in obstacles(review) if o.stops and "对不上" in str(o.text)]


def test_numbers_and_grades_by_topic_and_overall(cast: Cast, review: Review) -> None:
    sync_packs()
    by_topic = {"shape": FormShape.TOPICS, "topics": ("学习", "走访")}
    review = adjusted(cast, review, scale=RatingScale.NUMBERS, **by_topic)
    assert review.poll
    assert review.poll.parsed_form.scale.values()[:2] == ["100", "99"]
    assert [item.title for item in review.poll.parsed_form.items] == ["学习", "走访"]
    assert {leaf.rule.numeric for leaf in scheme_of(review).rating_leaves} == {True}
    assert unfit(review) == []
    review = adjusted(cast, review, scale=RatingScale.GRADES)
    assert review.poll
    assert review.poll.parsed_form.scale.values() == ["好", "较好", "一般", "差"]
    assert [topic["title"] for topic in review.topics] == ["学习", "走访"]
    assert unfit(review) == []


def test_a_change_of_the_room_leaves_the_items_points_as_they_were(
    cast: Cast, review: Review
) -> None:
    """An adopted scheme may weigh the topics unevenly, which nobody asked to even out."""
    by_topic = {"shape": FormShape.TOPICS, "topics": ("学习", "走访")}
    review = adjusted(cast, review, **by_topic)
    first, second = scheme_of(review).rating_leaves
    uneven = review.scheme_text
    for leaf, more in ((first, -HALF), (second, HALF)):
        given = rf"(id: {leaf.id}\b.*?points: ){leaf.points}\b"
        uneven = re.sub(given, rf"\g<1>{leaf.points + more}", uneven, count=1, flags=re.DOTALL)
    preparing.replace_scheme(review, uneven, actor=cast.actor("commissioner"))
    points = [leaf.points for leaf in scheme_of(review).rating_leaves]
    assert points == [first.points - HALF, second.points + HALF]
    review = adjusted(cast, review, place="二楼", **by_topic)
    assert [leaf.points for leaf in scheme_of(review).rating_leaves] == points
    swapped = review.scheme_text.replace("A: 60", "A: 40").replace("B: 40", "B: 60")
    preparing.replace_scheme(review, swapped, actor=cast.actor("commissioner"))
    assert len(unfit(review)) == 1
    review = adjusted(cast, review, **by_topic)
    assert unfit(review) == []
    assert [leaf.points for leaf in scheme_of(review).rating_leaves] == points
    review = adjusted(cast, review, shape=FormShape.TOPICS, topics=("学习", "走访", "班子"))
    assert len(scheme_of(review).rating_leaves) == 3


def test_a_topic_renamed_in_its_place_keeps_what_was_written(
    cast: Cast, review: Review, entrants: list[Entrant]
) -> None:
    save_section(entrants[0].report, "t02", LONG, 0, actor=cast.actor("secretary1"))
    titles = (TITLES[0], "行动计划的落实", "新增一项", *TITLES[2:])
    review = adjusted(cast, review, topics=titles)
    assert [topic["title"] for topic in review.topics] == list(titles)
    assert [topic["id"] for topic in review.topics[:4]] == ["t01", "t02", "n1", "t03"]
    with pytest.raises(RefusedError, match="“行动计划的落实”已有书记写了内容"):
        adjusted(cast, review, topics=("新增一项",))
    assert len(Review.objects.get().topics) == 11


@pytest.mark.parametrize(
    ("titles", "words"),
    [(("学习", "学习"), "写了两次"), (("长" * 61,), "超过 60 字"), (tuple("一" * 21), "1–20 项")],
)
def test_topics_that_no_form_takes_are_refused(
    cast: Cast, review: Review, titles: tuple[str, ...], words: str
) -> None:
    with pytest.raises(RefusedError, match=words):
        adjusted(cast, review, topics=titles)
    assert len(Review.objects.get().topics) == 10


@pytest.mark.parametrize(
    "text", ["foo: [", "", "- 1\n", "indicators: 5\n", "scheme: x\nindicators: [1]\ngrades: 3\n"]
)
def test_a_plan_on_a_broken_scheme_says_where_to_mend_it(
    browse: Browse, review: Review, text: str
) -> None:
    client, page = browse("commissioner"), f"/reviews/{review.public_id}"
    client.post(f"{page}/scheme/save/", {"text": text})
    answer = client.post(f"{page}/plan/", FILLED)
    assert answer.status_code == 422
    assert "请先在“考核方案”里改正" in answer.content.decode()
    assert 'value="改名"' in answer.content.decode()
    assert Review.objects.get().title == review.title


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("id: overall", "id: rating"), "测评票上的项目是 overall，考核方案计的是 rating"),
        (("差: 50", "差: 40"), "评分的档次不同"),
        (("A: 60", "A: 40"), "评议人员类别或权重不同"),
        (("- B\n", "- A\n"), "回避本单位的类别不同"),
    ],
)
def test_marks_that_the_scheme_would_not_count_stop_the_meeting(
    cast: Cast, browse: Browse, review: Review, change: tuple[str, str], words: str
) -> None:
    assert unfit(review) == []
    text = review.scheme_text.replace(*change)
    if "A: 40" in text:
        text = text.replace("B: 40", "B: 60")
    assert text != review.scheme_text
    preparing.replace_scheme(review, text, actor=cast.actor("commissioner"))
    (said,) = unfit(review)
    assert words in said
    sync_packs()
    browse("commissioner").post(f"/reviews/{review.public_id}/plan/", FILLED)
    assert unfit(Review.objects.select_related("poll", "gathering", "unit").get()) == []


def test_who_reports_is_chosen_and_the_order_stays(
    cast: Cast, browse: Browse, review: Review, entrants: list[Entrant]
) -> None:
    def order() -> list[str]:
        return list(review.entrants.values_list("unit__code", flat=True))

    reporters.order_entrants(review, ["TOWN-03", "TOWN-01"], actor=cast.actor("commissioner"))
    save_section(entrants[0].report, "t01", LONG, 0, actor=cast.actor("secretary1"))
    client = browse("commissioner")
    page = f"/reviews/{review.public_id}/reporters/"
    assert client.get(page).content.decode().count(" checked>") == 3
    client.post(f"{page}choose/", {"units": ["TOWN-01", "TOWN-03", "OTHER"]})
    assert order() == ["TOWN-03", "TOWN-01"]
    assert review.gathering
    assert review.gathering.turns.count() == 2
    for units, words in ((["TOWN-03"], "第1社区：述职报告"), ([], "至少勾选一个")):
        refused = client.post(f"{page}choose/", {"units": units}, follow=True)
        assert words in refused.content.decode()
    client.post(f"{page}choose/", {"units": ["TOWN-01", "TOWN-02", "TOWN-03"]})
    assert order() == ["TOWN-03", "TOWN-01", "TOWN-02"]


def test_a_word_file_that_fits_no_topic_is_not_thrown_away_with_its_unit(
    cast: Cast, review: Review, entrants: list[Entrant]
) -> None:
    upload_report(entrants[1].report, docx("前言"), "报告.docx", actor=cast.actor("secretary2"))
    with pytest.raises(RefusedError, match="第2社区：述职报告"):
        reporters.choose_units(review, ["TOWN-01"], actor=cast.actor("commissioner"))
    assert review.entrants.count() == 3


def _figure(cast: Cast, who: Entrant) -> None:
    row = FigureRow(2, who.unit.code, {"study": "4"})
    figures.enter_figures(who.review, [row], actor=cast.actor("commissioner"))


def _happening(cast: Cast, who: Entrant) -> None:
    figures.add_happening(who, "extra", Decimal(2), "市级表彰", actor=cast.actor("commissioner"))


def _veto(cast: Cast, who: Entrant) -> None:
    figures.add_veto(who, "discipline", "镇纪委通报", actor=cast.actor("commissioner"))


def _comment(cast: Cast, who: Entrant) -> None:
    save_comment(who, {"lacking": "台账是补的"}, actor=cast.actor("commissioner"))


def _problem(cast: Cast, who: Entrant) -> None:
    name_problem(who, "台账不全", actor=cast.actor("commissioner"), source=ProblemSource.MANUAL)


def _ballots(_cast: Cast, who: Entrant) -> None:
    Poll.objects.filter(pk=who.review.poll_id).update(opened_at=PLAN.meets_at)


@pytest.mark.parametrize(
    ("enter", "words"),
    [
        (_figure, "平时考核数据"),
        (_happening, "加减分事项"),
        (_veto, "一票否决"),
        (_comment, "点评"),
        (_problem, "整改问题"),
        (_ballots, "测评票"),
    ],
)
def test_a_unit_of_which_anything_is_kept_is_not_taken_out(
    cast: Cast,
    review: Review,
    entrants: list[Entrant],
    enter: Callable[[Cast, Entrant], None],
    words: str,
) -> None:
    enter(cast, entrants[1])
    with pytest.raises(RefusedError, match=f"第2社区：{words}"):
        reporters.choose_units(review, ["TOWN-01", "TOWN-03"], actor=cast.actor("commissioner"))
    assert review.entrants.count() == 3


def test_renaming_a_topic_keeps_the_points_of_an_adopted_scheme(cast: Cast, review: Review) -> None:
    by_topic = {"shape": FormShape.TOPICS, "topics": ("学习", "走访")}
    review = adjusted(cast, review, **by_topic)
    first = scheme_of(review).rating_leaves[0]
    given = rf"(id: {first.id}\b.*?points: )1\b"
    uneven = re.sub(given, r"\g<1>3", review.scheme_text, count=1, flags=re.DOTALL)
    preparing.replace_scheme(review, uneven, actor=cast.actor("commissioner"))
    points = [leaf.points for leaf in scheme_of(review).rating_leaves]
    assert points[0] != points[1]
    review = adjusted(cast, review, shape=FormShape.TOPICS, topics=("学习", "走访群众"))
    assert [leaf.points for leaf in scheme_of(review).rating_leaves] == points
    assert [leaf.title for leaf in scheme_of(review).rating_leaves] == ["学习", "走访群众"]
    assert review.poll
    assert [item.title for item in review.poll.parsed_form.items] == ["学习", "走访群众"]
    assert unfit(review) == []
