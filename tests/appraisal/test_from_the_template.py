"""A review prepared on its pages from the template, and held on its pages to the bulletin."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from secrets import token_hex
from typing import Any

import pytest
from django.test import Client

from shuzhi.appraisal import archive
from shuzhi.appraisal.computing import compute
from shuzhi.appraisal.models import Result, Review
from shuzhi.appraisal.queries.scheme import scheme_of
from shuzhi.appraisal.readiness import obstacles
from shuzhi.ballots import services as ballots
from shuzhi.ballots.models import Poll, SealedMark
from shuzhi.bulletins.meeting import PAPERS
from shuzhi.bulletins.models import Bulletin
from shuzhi.catalogue.services import sync_packs
from shuzhi.gatherings.models import Gathering
from tests.cast import Cast
from tests.jobs import run_waiting_jobs

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
TOPICS = ("带头学理论", "走访群众", "整改上年问题")
RATERS = {"A": 3, "B": 3, "C": 3}  # phones; one more of C has a paper form
WEIGHTS = {"A": "50", "B": "30", "C": "20"}  # D of the template is left empty
COUNTS = {"returned": "1", "void": "0", "unused": "0", "cancelled": "0"}
LONG = "写明了做法、成效和不足，有时间、有地点、有数字，群众可以查证。"
ROUTINE = Decimal("59.76")  # of 60, from the figures below


def plan(shape: str, scale: str) -> dict[str, str]:
    """Return the form of the plan as the commissioner fills it in."""
    filled = {
        "title": "2026年度书记述职评议",
        "meets_at": "2026-12-20T14:30",
        "place": "三楼会议室",
        "host": "镇党委书记",
        "reports_due": "2026-12-10",
        "shape": shape,
        "scale": scale,
        "topics": "\n".join(TOPICS),
        "min_marks": "1",
        "quota_0": "1/2",
        "recuse_C": "on",
    }
    for key, weight in WEIGHTS.items():
        filled |= {f"title_{key}": f"{key}类代表", f"weight_{key}": weight}
    return filled


@dataclass
class Hall:
    """Everybody at their pages; each form must be taken, or the test shows what was answered."""

    browse: Browse
    review: Review

    def post(self, part: str, address: str, data: Any = None) -> None:
        """Send a form as one of the cast."""
        answer = self.browse(part).post(address, data or {}, follow=True)
        page = answer.content.decode()
        assert answer.status_code == 200, page
        refusals = re.findall(r'alert-danger"[^>]*>.*?</', page, re.DOTALL)
        assert not refusals, (address, refusals)

    def step(self, part: str, page: str, data: Any = None) -> None:
        """Send a form of the review's own pages."""
        self.post(part, f"/reviews/{self.review.public_id}/{page}/", data)
        self.review = Review.objects.get()

    @property
    def gathering(self) -> Gathering:
        assert self.review.gathering
        return self.review.gathering

    @property
    def poll(self) -> Poll:
        assert self.review.poll
        return self.review.poll


def prepared(browse: Browse, filled: dict[str, str]) -> Hall:
    """Create the review, say who reports, draw the order by lot, ask for the reports."""
    sync_packs()
    browse("commissioner").post("/reviews/new/", filled)
    hall = Hall(browse, Review.objects.get())
    hall.step("commissioner", "reporters/choose", {"units": ["TOWN-02", "TOWN-03"]})
    hall.step("commissioner", "reporters/draw", {"seed": "八月十五"})
    hall.step("commissioner", "reporters/choose", {"units": ["TOWN-01", "TOWN-02", "TOWN-03"]})
    hall.step("commissioner", "invite")
    return hall


def write_reports(hall: Hall) -> None:
    """Let every secretary write all parts and hand the report in."""
    for entrant in hall.review.entrants.select_related("unit"):
        part = f"secretary{int(entrant.unit.code[-2:])}"
        for topic in hall.review.topics:
            typed = {"topic": topic["id"], "text": LONG, "base": "0"}
            hall.step(part, f"reports/{entrant.public_id}/save", typed)
        hall.step(part, f"reports/{entrant.public_id}/submit")


def make_ready(hall: Hall) -> None:
    """Enter the figures, spare a secretary new in post the rank, call the raters."""
    cells = {"study": "4", "lectures": "12", "commitments": "98", "visits": "130"}
    codes = hall.review.entrants.values_list("unit__code", flat=True)
    grid = {f"{c}|{k}": v for c in codes for k, v in (cells | {"rectified": "100"}).items()}
    hall.step("commissioner", "figures", grid)
    spared = hall.review.entrants.get(unit__code="TOWN-03")
    why = {"exemption": "rank", "reason": "到任不足三个月"}
    hall.step("commissioner", f"reporters/{spared.public_id}", why)
    for category, phones in RATERS.items():
        for number in range(phones + (category == "C")):
            person = {"category": category, "name": f"{category}{number}"}
            hall.post("desk", f"/gatherings/{hall.gathering.public_id}/roll/add/", person)


def hand_out(cast: Cast, hall: Hall) -> list[str]:
    """Hand out a slip to each phone, and one paper form; return the codes."""
    hall.post("commissioner", f"/p/polls/{hall.poll.public_id}/C/issued/", {"issued": "1"})
    actor = cast.actor("commissioner")
    return [
        code
        for category, count in RATERS.items()
        for code in ballots.issue_slips(actor=actor, poll=hall.poll, category=category, count=count)
    ]


def vote(hall: Hall, codes: list[str], best: str, good: str) -> None:
    """Every phone reads its cards and sends its marks: TOWN-01 the best; C is of TOWN-02."""
    phone, address = Client(), f"/p/{hall.poll.public_id}"
    for code in codes:
        found = phone.post(f"{address}/slip/", {"code": code}, "application/json").json()
        deck = phone.get(found["cards"]).json()
        own = "TOWN-02" if found["recuse"] else None
        marks = {
            card["subject"]: dict.fromkeys(
                (item["id"] for item in deck["items"]),
                best if card["subject"] == "TOWN-01" else good,
            )
            for card in deck["cards"]
        }
        ballot = {"marks": marks, "remarks": {"TOWN-01": "多走走"}, "own_unit": own}
        sent = {"code": code, "nonce": token_hex(16), "ballot": ballot}
        answer = phone.post(f"{address}/ballot/", sent, "application/json")
        assert answer.status_code == 200, answer.content.decode()


def silent(hall: Hall) -> list[str]:
    """Return the categories of which the question before closing says that no form is in."""
    url = f"/gatherings/{hall.gathering.public_id}/close/"
    asked = hall.browse("desk").get(url).content.decode()
    found = re.search(r"还没有收到一张票的类别：(.*?)。", asked)
    return found[1].split("、") if found else []


def hear(hall: Hall) -> None:
    """Sign everybody in, call one reporter after the other, close."""
    desk = f"/gatherings/{hall.gathering.public_id}"
    for attendee in hall.gathering.attendees.all():
        hall.post("desk", f"{desk}/door/{attendee.public_id}/", {"presence": "present"})
    for turn in hall.gathering.turns.all():
        hall.post("desk", f"{desk}/next/", {"called": turn.public_id})
    hall.post("desk", f"{desk}/close/")


def count_paper(hall: Hall, best: str, good: str, *, numbers: bool) -> None:
    """Two tellers tally the one paper form, each alone, reporter by reporter."""
    strokes = {}
    for row, code in enumerate(hall.poll.cards.values_list("subject", flat=True)):
        first = code == "TOWN-01"
        key = f"n-{row}" if numbers else f"n-{row}-{0 if first else 1}"
        strokes[key] = (best if first else good) if numbers else "1"
    for part in ("teller1", "teller2"):
        table = f"/p/count/{hall.poll.public_id}/C"
        hall.post(part, f"{table}/counts/", COUNTS)
        for item in hall.poll.parsed_form.items:
            hall.post(part, f"{table}/item/{item.id}/", strokes)
        hall.post(part, f"{table}/finish/")


def comment(hall: Hall) -> None:
    """Let a clerk key the comments in and the leader approve each."""
    for entrant in hall.review.entrants.all():
        said = {"good": "实", "lacking": "慢", "direction": "快", "problems": "进度慢"}
        hall.step("commissioner", f"comments/{entrant.public_id}", said)
        hall.step("leader", f"comments/{entrant.public_id}/approve")


def decide_and_publish(hall: Hall) -> None:
    """Decide with one grade that differs, which needs its reason; a second person publishes."""
    rows = list(Result.objects.filter(run__current=True).exclude(computed_grade=""))
    grades = {f"grade_{row.pk}": row.computed_grade for row in rows}
    second = next(row for row in rows if row.rank == 2)
    grades[f"grade_{second.pk}"] = "一般"
    address = f"/reviews/{hall.review.public_id}/decide/"
    refused = hall.browse("commissioner").post(address, grades)
    assert "请写明理由" in refused.content.decode()
    grades[f"reason_{second.pk}"] = "年内信访较多"
    hall.step("commissioner", "decide", grades)
    assert hall.browse("commissioner").post(address.replace("decide", "publish")).status_code == 403
    hall.step("leader", "publish")


def issue(hall: Hall) -> Bulletin:
    """Take the bulletin through three people's hands."""
    hall.post("commissioner", f"/bulletins/meetings/{hall.review.public_id}/begin/")
    address = f"/bulletins/{Bulletin.objects.get().public_id}"
    for part, step in (("commissioner", "offer"), ("organiser", "check"), ("leader", "issue")):
        hall.post(part, f"{address}/steps/{step}/")
    return Bulletin.objects.get()


def papers(hall: Hall) -> dict[str, bytes]:
    """Take every paper of the meeting."""
    taken = {}
    for name in PAPERS:
        address = f"/bulletins/meetings/{hall.review.public_id}/papers/{name}/"
        answer = hall.browse("commissioner").get(address)
        assert answer.status_code == 200, (name, answer.content.decode(errors="replace"))
        taken[name] = answer.content
    return taken


def counts_again(packed: bytes) -> bool:
    """Tell whether the engine gives the same bytes from what the package holds."""
    files = archive.unpack(packed)

    def below(folder: str) -> dict[str, bytes]:
        return {n.removeprefix(folder): f for n, f in files.items() if n.startswith(folder)}

    return dict(compute(files["scheme.yaml"].decode(), below("data/")).outputs) == below("results/")


@pytest.mark.parametrize(
    "marked", [("topics", "numbers", "96", "81"), ("overall", "grades", "好", "较好")]
)
def test_a_review_from_the_template_is_held_to_the_bulletin(
    cast: Cast,
    browse: Browse,
    django_capture_on_commit_callbacks: Any,
    marked: tuple[str, str, str, str],
) -> None:
    shape, scale, best, good = marked
    numbers = scale == "numbers"
    hall = prepared(browse, plan(shape, scale))
    write_reports(hall)
    make_ready(hall)
    codes = hand_out(cast, hall)
    assert [str(obstacle.text) for obstacle in obstacles(hall.review)] == []
    hall.step("commissioner", "open")
    assert silent(hall) == [c.title for c in hall.poll.parsed_form.categories if c.id != "C"]
    vote(hall, codes, best, good)
    assert silent(hall) == []
    with django_capture_on_commit_callbacks(execute=True):
        hear(hall)
    count_paper(hall, best, good, numbers=numbers)
    hall.step("commissioner", "seal")
    items = {item.title for item in hall.poll.parsed_form.items}
    assert items == (set(TOPICS) if shape == "topics" else {"总体评价"})
    own = SealedMark.objects.filter(subject="TOWN-02", category="C")
    assert set(own.values_list("value", flat=True)) == {good}
    assert own.count() == len(items), "the paper form alone: the three phones are of that unit"
    too_early = f"/reviews/{hall.review.public_id}/decide/"
    said = hall.browse("commissioner").get(too_early, follow=True).content.decode()
    assert "还没有计分。请先计分" in said
    hall.step("commissioner", "score")
    run_waiting_jobs()
    comment(hall)
    decide_and_publish(hall)
    rows = {row.entrant.unit.code: row for row in Result.objects.select_related("entrant__unit")}
    rated = (Decimal(best) if numbers else 100) * Decimal("0.4")
    assert [rows[code].rank for code in sorted(rows)] == [1, 2, None]
    assert rows["TOWN-01"].total == ROUTINE + rated
    assert (rows["TOWN-02"].decided_grade, rows["TOWN-02"].reason) == ("一般", "年内信访较多")
    assert str(scheme_of(hall.review).quotas["好"].share) == "1/2"
    assert issue(hall).state == "issued"
    assert counts_again(papers(hall)["recount"])
