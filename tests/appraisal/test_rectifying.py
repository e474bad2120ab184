"""Problems named in a review become rectification notices, whose state then stands for them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from shuzhi.appraisal.duties import review_duties
from shuzhi.appraisal.models import Entrant, Problem, Report, Review
from shuzhi.appraisal.queries.problems import to_notify
from shuzhi.appraisal.services import deciding, problems
from shuzhi.appraisal.services.comments import PARTS, finish_comment
from shuzhi.appraisal.services.rectifying import send_notices
from shuzhi.appraisal.standing import review_standings
from shuzhi.catalogue.packs import FOLDER
from shuzhi.catalogue.services import offer, sync_packs
from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.errors import FaultsError, ForbiddenError, RefusedError, StateError
from shuzhi.kernel.models import AuditEvent
from shuzhi.matters.models import Matter
from shuzhi.matters.queries.beside import story_url
from shuzhi.matters.services import open_matter, take_step
from shuzhi.registry.models import Period
from tests.cast import YEAR, Cast

from .stage import cast, scored, stage

__all__ = ["cast", "scored", "stage"]  # fixtures: the meeting is held once for all tests here
pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
TEXTS = ("台账不全", "公示不及时")


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def listed(cast: Cast, review: Review, text: str, unit: str, due: date) -> Problem:
    """List a problem of a unit as the commissioner does."""
    actor = cast.actor("commissioner")
    problem = problems.name_problem(review.entrants.get(unit__code=unit), text, actor=actor)
    problems.edit_problem(
        problem, actor=actor, text=text, owner="书记", due=due, measure="每月对账"
    )
    return problems.move_problem(problem, "confirm", actor=actor)


@pytest.fixture
def published(cast: Cast, scored: Review) -> Review:
    """The results are out; two problems are listed, a third is not."""
    offered(cast)
    for number, text in enumerate(TEXTS, 1):
        listed(cast, scored, text, f"TOWN-0{number}", in_days(30 * number))
    entrant = scored.entrants.get(unit__code="TOWN-03")
    problems.name_problem(entrant, "只是提到", actor=cast.actor("commissioner"))
    deciding.decide_grades(scored, {}, actor=cast.actor("commissioner"))
    return deciding.publish_review(scored, actor=cast.actor("leader"))


def offered(cast: Cast) -> None:
    """Keep the packs, offer the notice to the county, and open the year in which we live."""
    sync_packs(folder=FOLDER)
    Period.objects.get_or_create(year=timezone.localdate().year)
    offer(actor=SYSTEM, mechanism="rectification-notice", unit=cast.county)


def test_each_listed_problem_becomes_a_numbered_notice(cast: Cast, published: Review) -> None:
    sent = send_notices(published, actor=cast.actor("commissioner"))
    assert [row.text for row in sent] == list(TEXTS)
    first = Matter.objects.get(title="台账不全")
    assert first.mechanism == "rectification-notice"
    assert first.unit.code == "TOWN-01"
    assert first.number.endswith("1号")
    assert first.facts["due_on"] == in_days(30).isoformat()
    assert first.facts["problem"] == "台账不全\n每月对账"
    assert published.title in first.facts["basis"]
    assert {row.unit.code for row in first.parties.all() if row.unit} == {"TOWN-01", "TOWN"}
    assert Problem.objects.get(text="只是提到").matter is None
    assert AuditEvent.objects.filter(kind="problem.notice").count() == len(TEXTS)


def test_it_is_done_once(cast: Cast, published: Review) -> None:
    actor = cast.actor("commissioner")
    send_notices(published, actor=actor)
    with pytest.raises(RefusedError, match="没有要下达"):
        send_notices(published, actor=actor)
    assert Matter.objects.count() == len(TEXTS)
    listed(cast, published, "后来补列", "TOWN-03", in_days(10))
    assert [row.text for row in send_notices(published, actor=actor)] == ["后来补列"]


def test_nobody_learns_a_result_from_a_notice(cast: Cast, scored: Review) -> None:
    offered(cast)
    listed(cast, scored, "台账不全", "TOWN-01", in_days(30))
    with pytest.raises(StateError):
        send_notices(scored, actor=cast.actor("commissioner"))
    assert not Matter.objects.exists()


@pytest.mark.parametrize("part", ["secretary1", "inspector", "desk", "outsider"])
def test_only_who_comments_sends(cast: Cast, published: Review, part: str) -> None:
    with pytest.raises(ForbiddenError):
        send_notices(published, actor=cast.actor(part))


def test_one_past_deadline_holds_all_up_and_is_named(cast: Cast, published: Review) -> None:
    Problem.objects.filter(text="公示不及时").update(due=in_days(-1))
    with pytest.raises(FaultsError) as caught:
        send_notices(published, actor=cast.actor("commissioner"))
    (fault,) = caught.value.faults
    assert "公示不及时" in str(fault)
    assert "整改期限" in str(fault)
    assert not Matter.objects.exists()
    assert not Problem.objects.exclude(matter=None).exists()


def test_where_notices_are_not_in_use_it_says_so(cast: Cast, scored: Review) -> None:
    sync_packs(folder=FOLDER)
    Period.objects.get_or_create(year=timezone.localdate().year)
    listed(cast, scored, "台账不全", "TOWN-01", in_days(30))
    deciding.decide_grades(scored, {}, actor=cast.actor("commissioner"))
    deciding.publish_review(scored, actor=cast.actor("leader"))
    with pytest.raises(FaultsError, match="还没有启用“整改通知书”"):
        send_notices(scored, actor=cast.actor("commissioner"))


def test_once_sent_the_notice_alone_tells(cast: Cast, published: Review) -> None:
    actor = cast.actor("commissioner")
    send_notices(published, actor=actor)
    problem = Problem.objects.select_related("matter").get(text="台账不全")
    with pytest.raises(StateError, match="整改通知里办理"):
        problems.edit_problem(problem, actor=actor, text="x", owner="书记", due=in_days(300))
    matter = problem.matter
    assert matter is not None
    plan = {"measure": "补齐", "who": "副书记", "by_when": in_days(9).isoformat()}
    owner = cast.actor("secretary1")
    take_step(actor=owner, matter=matter, step="plan", facts={"measures": [plan]})
    assert Problem.objects.get(pk=problem.pk).standing == "正在整改"
    with translation.override("en"):
        assert Problem.objects.get(pk=problem.pk).standing == "Being put right"


def test_after_a_withdrawn_notice_another_is_sent(
    cast: Cast, published: Review, browse: Browse
) -> None:
    actor, client = cast.actor("commissioner"), browse("commissioner")
    first = next(row for row in send_notices(published, actor=actor) if row.text == "台账不全")
    assert first.matter is not None
    facts = {"reason": "单位写错了"}
    old = take_step(actor=actor, matter=first.matter, step="withdraw", facts=facts)
    url = reverse("appraisal:problem", args=[published.public_id, first.public_id])
    listing = client.get(reverse("appraisal:problems", args=[published.public_id]))
    assert url in listing.content.decode()
    assert "把 1 个问题转为整改通知" in listing.content.decode()
    picture = review_standings(cast.actor("leader"), YEAR)[-1]
    assert [(str(part.word), part.count) for part in picture.parts if part.count] == [
        ("整改中", 1),
        ("还没有下达通知", 1),
    ]
    form = {"text": "台账仍然不全", "owner": "副书记", "due": in_days(40).isoformat()}
    assert client.post(url, form).status_code == 302
    (again,) = send_notices(published, actor=actor)
    assert again.matter is not None
    assert (again.text, again.matter.title) == ("台账仍然不全", "台账仍然不全")
    assert again.matter != old
    assert client.get(url).headers["Location"] == story_url(again.matter)
    assert Matter.objects.get(pk=old.pk).state_key == "withdrawn", "it keeps its story"
    with pytest.raises(RefusedError, match="没有要下达"):
        send_notices(published, actor=actor)


def test_a_problem_without_a_notice_in_force_can_be_left_off(cast: Cast, published: Review) -> None:
    actor = cast.actor("commissioner")
    sent = send_notices(published, actor=actor)[0]
    assert sent.matter is not None
    with pytest.raises(StateError):
        problems.move_problem(sent, "drop", actor=actor)
    facts = {"reason": "查无此事"}
    take_step(actor=actor, matter=sent.matter, step="withdraw", facts=facts)
    left = problems.move_problem(Problem.objects.get(pk=sent.pk), "drop", actor=actor)
    assert left.standing == "不列入"
    assert not to_notify(published).exists()


def test_the_commissioner_is_asked_until_it_is_done(cast: Cast, published: Review) -> None:
    actor = cast.actor("commissioner")
    words = "把 2 个问题转为整改通知"
    assert words in [str(duty.title) for duty in review_duties(actor)]
    send_notices(published, actor=actor)
    assert words not in [str(duty.title) for duty in review_duties(actor)]


def next_year(cast: Cast, review: Review) -> Entrant:
    """Let the first community report again a year later."""
    again = Review.objects.create(
        unit=review.unit, year=YEAR + 1, title="下一年", scheme_text=review.scheme_text,
        topics=review.topics, state="reporting",
    )  # fmt: skip
    unit, person = cast.units["TOWN-01"], cast.people["secretary1"]
    entrant = again.entrants.create(unit=unit, person=person, position=1)
    Report.objects.create(entrant=entrant)
    return entrant


def test_its_state_stands_beside_next_years_report(
    cast: Cast, published: Review, browse: Browse
) -> None:
    send_notices(published, actor=cast.actor("commissioner"))
    entrant = next_year(cast, published)
    matter = Matter.objects.get(title="台账不全")
    url = reverse("appraisal:report", args=[entrant.review.public_id, entrant.public_id])
    story = reverse("matters:matter", args=[matter.public_id])
    for part in ("secretary1", "commissioner"):
        page = browse(part).get(url).content.decode()
        assert f'<a href="{story}">台账不全</a>' in page, part
        assert "待报整改措施" in page
        assert "公示不及时" not in page, "another unit's"
    Matter.objects.filter(pk=matter.pk).update(unit=cast.units["TOWN-02"])
    matter.parties.filter(party="owner").update(unit=cast.units["TOWN-02"])
    page = browse("secretary1").get(url).content.decode()
    assert "台账不全" in page
    assert story not in page, "the story has become another unit's"


def test_the_button_sends_and_the_list_tells(published: Review, browse: Browse) -> None:
    client = browse("commissioner")
    url = reverse("appraisal:problems", args=[published.public_id])
    assert "把 2 个问题转为整改通知" in client.get(url).content.decode()
    assert "转为整改通知" not in browse("inspector").get(url).content.decode()
    to = reverse("appraisal:notices", args=[published.public_id])
    page = client.post(to, follow=True).content.decode()
    assert "已下达 2 份整改通知书" in page
    assert "转为整改通知" not in page
    assert "待报整改措施" in page
    problem = Problem.objects.select_related("matter").get(text="台账不全")
    assert problem.matter is not None
    story = reverse("matters:matter", args=[problem.matter.public_id])
    assert story in page
    old = reverse("appraisal:problem", args=[published.public_id, problem.public_id])
    assert client.get(old).headers["Location"] == story
    assert browse("outsider").get(url).status_code == 404


def test_faults_are_shown_by_problem(published: Review, browse: Browse) -> None:
    Problem.objects.filter(text="公示不及时").update(due=in_days(-1))
    to = reverse("appraisal:notices", args=[published.public_id])
    answer = browse("commissioner").post(to)
    assert answer.status_code == 422
    assert "公示不及时" in answer.content.decode()
    assert not Matter.objects.exists()


def test_overdue_ones_are_red_and_closed_ones_count(cast: Cast, published: Review) -> None:
    assert settings.LANGUAGE_CODE == "zh-hans"
    send_notices(published, actor=cast.actor("commissioner"))
    listed(cast, published, "还没有下达", "TOWN-03", in_days(10))
    late, done = Matter.objects.order_by("pk")
    Matter.objects.filter(pk=late.pk).update(due=in_days(-4))
    Matter.objects.filter(pk=done.pk).update(
        due=None, closed_on=in_days(0), state=f"{done.reference}:closed"
    )
    picture = review_standings(cast.actor("leader"), YEAR)[-1]
    assert [(str(part.word), part.count) for part in picture.parts] == [
        ("已整改", 1),
        ("已逾期", 1),
        ("还没有下达通知", 1),
    ]
    assert [row.why for row in picture.behind] == ["台账不全 · 已逾期 4 天"]
    assert picture.behind[0].url == reverse("matters:matter", args=[late.public_id])


def owed_comment(cast: Cast, unit: str, leader: str) -> Matter:
    return open_matter(
        actor=cast.actor("commissioner"),
        mechanism="leader-comment",
        unit=cast.units[unit],
        title="年度点评",
        facts={"due_on": in_days(20)},
        parties={"leader": cast.people[leader]},
    )


def test_a_comment_of_the_review_counts_where_the_same_leader_owes_it(
    cast: Cast, scored: Review
) -> None:
    offered(cast)
    offer(actor=SYSTEM, mechanism="leader-comment", unit=cast.county)
    said = {part: f"{part}：看得见的三句话，一句不少。" for part in PARTS}
    short = said | {"good": "好"}
    for unit, parts in (("TOWN-01", said), ("TOWN-02", said), ("TOWN-03", short)):
        finish_comment(
            scored.entrants.get(unit__code=unit), parts, actor=cast.actor("leader"),
            problems=["台账不全"],
        )  # fmt: skip
    owed = [owed_comment(cast, *who) for who in (
        ("TOWN-01", "leader"), ("TOWN-02", "county_leader"), ("TOWN-03", "leader"))]  # fmt: skip
    deciding.decide_grades(scored, {}, actor=cast.actor("commissioner"))
    assert not Matter.objects.exclude(state__key="due").exists(), "nothing before publication"
    deciding.publish_review(scored, actor=cast.actor("leader"))
    for matter in owed:
        matter.refresh_from_db()
    assert [one.state_key for one in owed] == ["given", "due", "due"]
    assert owed[0].facts["lacking"] == said["lacking"]
    assert owed[0].story.latest("pk").name == cast.people["leader"].name
    assert Matter.objects.count() == len(owed), "its problems stand in the review's list"
