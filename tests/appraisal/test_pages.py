"""Pages: who may open which in which state, and what they cost."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shuzhi.appraisal.models import (
    Comment,
    Entrant,
    Figure,
    Node,
    Problem,
    Report,
    Result,
    Review,
)
from shuzhi.appraisal.queries.scheme import scheme_of
from shuzhi.appraisal.services import deciding
from shuzhi.appraisal.services.reports import save_section
from shuzhi.registry.enums import UnitKind
from tests.cast import Cast, unit

from . import story

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]

# page → the parts that may open it before the meeting; everybody else inside gets 403
INSIDE = ("commissioner", "leader", "inspector", "organiser", "county_leader")
BEFORE: dict[str, set[str]] = {
    "detail": {*INSIDE, "desk", "secretary1", "secretary2"},
    "scheme": {*INSIDE, "desk", "secretary1", "secretary2"},
    "plan": {"commissioner", "organiser"},
    "entrants": {"commissioner", "organiser"},
    "reports": set(INSIDE),
    "figures": set(INSIDE),
    "figures-sheet": set(INSIDE),
    "happening": {"commissioner", "organiser"},
    "veto": {"commissioner", "organiser"},
    "comments": {"commissioner", "organiser", "leader", "county_leader"},
    "problems": set(INSIDE),
    "problem-new": {"commissioner", "organiser", "leader", "county_leader"},
}
PARTS = (*INSIDE, "desk", "secretary1", "secretary2")
OUTSIDE = ("outsider", "system", "security", "audit")


@pytest.mark.parametrize("page", sorted(BEFORE))
def test_each_page_opens_for_whom_it_is_meant(browse: Browse, review: Review, page: str) -> None:
    url = reverse(f"appraisal:{page}", args=[review.public_id])
    opened = {part: browse(part).get(url).status_code for part in PARTS}
    assert opened == {part: 200 if part in BEFORE[page] else 403 for part in PARTS}


@pytest.mark.parametrize("page", sorted(BEFORE))
def test_for_outsiders_the_review_does_not_exist(browse: Browse, review: Review, page: str) -> None:
    url = reverse(f"appraisal:{page}", args=[review.public_id])
    assert {browse(part).get(url).status_code for part in OUTSIDE} == {404}


def test_nobody_reads_another_communitys_report(
    browse: Browse, review: Review, entrants: list[Entrant]
) -> None:
    url = reverse("appraisal:report", args=[review.public_id, entrants[0].public_id])
    assert browse("secretary1").get(url).status_code == 200
    assert browse("secretary2").get(url).status_code == 404
    assert browse("desk").get(url).status_code == 404


@pytest.mark.parametrize("odd", ["²", "9" * 5000, "-1", "一"])
def test_a_place_in_the_order_that_is_no_number_is_passed_over(
    browse: Browse, review: Review, odd: str
) -> None:
    url = reverse("appraisal:entrants-order", args=[review.public_id])
    assert browse("commissioner").post(url, {"TOWN-01": odd, "TOWN-02": "1"}).status_code == 302
    order = list(review.entrants.order_by("position").values_list("unit__code", flat=True))
    assert order[0] == "TOWN-02"


@pytest.fixture
def scored(cast: Cast, reporting: Review) -> Review:
    story.score(cast, reporting)
    reporting.refresh_from_db()
    return reporting


def result_url(review: Review, unit: str) -> str:
    entrant = Entrant.objects.get(review=review, unit__code=unit)
    return reverse("appraisal:result", args=[review.public_id, entrant.public_id])


def test_results_stay_inside_until_they_are_published(
    cast: Cast, browse: Browse, scored: Review
) -> None:
    everything = reverse("appraisal:results", args=[scored.public_id])
    own = result_url(scored, "TOWN-01")
    assert browse("commissioner").get(everything).status_code == 200
    assert browse("commissioner").get(own).status_code == 200
    assert browse("secretary1").get(everything).status_code == 403
    assert browse("secretary1").get(own).status_code == 404
    assert browse("desk").get(everything).status_code == 403
    deciding.decide_grades(scored, {}, actor=cast.actor("commissioner"), quota_reason="")
    assert browse("secretary1").get(own).status_code == 404
    deciding.publish_review(scored, actor=cast.actor("leader"))
    page = browse("secretary1").get(own)
    assert page.status_code == 200
    assert "100.00" in page.content.decode()
    assert browse("secretary1").get(result_url(scored, "TOWN-02")).status_code == 404
    assert browse("secretary1").get(everything).status_code == 403


def test_results_are_filtered_by_grade(cast: Cast, browse: Browse, scored: Review) -> None:
    url = reverse("appraisal:results", args=[scored.public_id])

    def listed(grade: str) -> set[str]:
        rows = browse("commissioner").get(url, {"f_grade": grade}).context["listing"].page
        return {row.entrant.unit.code for row in rows}

    run = scored.runs.get(current=True)
    row = run.results.select_related("entrant__unit").exclude(computed_grade="").first()
    assert row is not None
    code, computed = row.entrant.unit.code, row.computed_grade
    assert code in listed(computed)
    other = next(grade for grade in scheme_of(scored).grades if grade != computed)
    decisions = {code: deciding.Decision(other, "集体研究")}
    deciding.decide_grades(
        scored, decisions, actor=cast.actor("commissioner"), quota_reason="集体研究"
    )
    assert code not in listed(computed)
    assert code in listed(other)


def test_a_problem_leads_on_only_where_one_may_go(browse: Browse, scored: Review) -> None:
    problem = Problem.objects.create(entrant=scored.entrants.all()[0], text="公示不及时")
    page = reverse("appraisal:problem", args=[scored.public_id, problem.public_id])
    whole = reverse("appraisal:problems", args=[scored.public_id])
    for part, linked in (("commissioner", True), ("inspector", False)):
        shown = browse(part).get(whole).content.decode()
        assert problem.text in shown
        assert (page in shown) == linked == (browse(part).get(page).status_code == 200)


def test_nothing_of_a_score_shows_before_scoring(browse: Browse, reporting: Review) -> None:
    url = reverse("appraisal:results", args=[reporting.public_id])
    assert browse("commissioner").get(url).status_code == 404
    assert browse("commissioner").get(result_url(reporting, "TOWN-01")).status_code == 404


@pytest.mark.parametrize(
    ("part", "pages"),
    [
        ("commissioner", ["list", "create", "results-index"]),
        ("secretary1", ["list", "results-index"]),
    ],
)
def test_lists_open(browse: Browse, scored: Review, part: str, pages: list[str]) -> None:
    for page in pages:
        assert browse(part).get(reverse(f"appraisal:{page}")).status_code in {200, 409}, page


def test_every_page_of_a_scored_review_opens(browse: Browse, scored: Review) -> None:
    entrant = scored.entrants.first()
    assert entrant is not None
    client = browse("commissioner")
    for page in ("detail", "results", "decide", "figures", "problems", "comments", "reports"):
        assert client.get(reverse(f"appraisal:{page}", args=[scored.public_id])).status_code == 200
    for page in ("result", "comment", "report", "exempt"):
        url = reverse(f"appraisal:{page}", args=[scored.public_id, entrant.public_id])
        assert client.get(url).status_code == 200, page


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def grow(cast: Cast, review: Review, count: int) -> None:
    """Add reporters with everything that a list shows of one."""
    run = review.runs.get(current=True)
    for number in range(count):
        home = unit(f"MORE-{number}", f"新设{number}社区", UnitKind.COMMUNITY, cast.town)
        entrant = Entrant.objects.create(
            review=review, unit=home, person=cast.people["secretary1"], position=10 + number
        )
        Report.objects.create(entrant=entrant)
        Comment.objects.create(entrant=entrant, prepared_by=cast.account("commissioner"))
        Figure.objects.create(entrant=entrant, indicator="study", value="3")
        Problem.objects.create(entrant=entrant, text=f"问题{number}")
        result = Result.objects.create(
            run=run, entrant=entrant, total=50, shown_total="50.00", rank=9, spread=1
        )
        Node.objects.create(result=result, indicator="study", position=1, rate=1)


def test_lists_cost_the_same_queries_however_long_they_are(
    cast: Cast, browse: Browse, scored: Review
) -> None:
    pages = ("detail", "results", "reports", "comments", "problems", "figures", "entrants")
    client = browse("commissioner")
    urls = [reverse(f"appraisal:{page}", args=[scored.public_id]) for page in pages]
    Problem.objects.create(entrant=scored.entrants.all()[0], text="问题")
    before = {url: queries(client, url) for url in urls}
    grow(cast, scored, 30)
    assert {url: queries(client, url) for url in urls} == before


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"not a workbook \x00", "Excel"), (b"%PDF-1.7 report", "PDF")],
)
def test_a_file_that_is_no_sheet_is_refused_in_words(
    browse: Browse, review: Review, data: bytes, words: str
) -> None:
    url = reverse("appraisal:figures-upload", args=[review.public_id])
    file = SimpleUploadedFile("数据.xlsx", data)
    answer = browse("commissioner").post(url, {"file": file}, follow=True)
    assert words in answer.content.decode()
    assert not Figure.objects.exists()


def test_the_editor_saves_and_says_what_stands(browse: Browse, entrants: list[Entrant]) -> None:
    review, entrant = entrants[0].review, entrants[0]
    url = reverse("appraisal:report-save", args=[review.public_id, entrant.public_id])
    client = browse("secretary1")
    first = client.post(url, {"topic": "t01", "text": "第一稿", "base": "0"})
    assert (first.status_code, first.json()["revision"]) == (200, 1)
    late = client.post(url, {"topic": "t01", "text": "另一窗口", "base": "0"})
    assert (late.status_code, late.json()["text"]) == (409, "第一稿")
    assert client.post(url, {"topic": "t99", "text": "x", "base": "0"}).status_code == 422
    assert browse("secretary2").post(url, {"topic": "t01", "text": "x"}).status_code == 404
    assert browse("commissioner").post(url, {"topic": "t01", "text": "x"}).status_code == 422


def test_names_are_escaped(cast: Cast, browse: Browse, review: Review) -> None:
    Entrant.objects.filter(review=review).update(exemption_reason="<script>x</script>")
    url = reverse("appraisal:entrants", args=[review.public_id])
    page = browse("commissioner").get(url).content.decode()
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_a_wrong_cell_keeps_what_was_typed(browse: Browse, review: Review) -> None:
    url = reverse("appraisal:figures", args=[review.public_id])
    typed = {"TOWN-01|study": "四次", "TOWN-02|study": "3"}
    answer = browse("commissioner").post(url, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="四次"' in page
    assert 'value="3"' in page
    assert not Figure.objects.exists()


def test_what_was_replaced_can_be_read_again(
    cast: Cast, browse: Browse, entrants: list[Entrant]
) -> None:
    entrant, writer = entrants[0], cast.actor("secretary1")
    save_section(entrant.report, "t01", "原来写的一大段文字" * 8, 0, actor=writer)
    save_section(entrant.report, "t01", "短", 1, actor=writer)
    url = reverse("appraisal:report", args=[entrant.review.public_id, entrant.public_id])
    assert "原来写的一大段文字" in browse("secretary1").get(url).content.decode()
