"""Pages of a poll: what raters need, what the commissioner does, what tellers enter."""

import json
import socket
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest
from django.test import Client, RequestFactory

from shuzhi.ballots.enums import PollState, SlipState
from shuzhi.ballots.models import Poll, Slip
from shuzhi.ballots.prints import public_root, qr_svg, slips
from shuzhi.ballots.queries import paper_states, progress
from shuzhi.ballots.services import close_poll, open_poll, seal_poll, set_paper_issued
from tests.ballots.support import HUNDRED, TOPICS, Hall, nonce, open_hall, overall_form, prepare
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


def send(client: Client, path: str, content: Any) -> Any:
    return client.post(path, json.dumps(content), content_type="application/json")


def page(hall: Hall) -> str:
    return f"/p/polls/{hall.poll.public_id}/"


# --- the phone: no account, no cookie ---


def test_the_phone_page_is_the_same_for_everybody_and_sets_no_cookie(cast: Cast) -> None:
    hall = open_hall(cast)
    pages = [Client().get(f"/p/{hall.poll.public_id}/") for _ in range(2)]
    assert pages[0].content == pages[1].content
    assert not pages[0].cookies
    assert "max-age=3600" in pages[0]["Cache-Control"]


def test_cards_are_kept_for_a_year_under_their_digest(cast: Cast) -> None:
    hall = open_hall(cast)
    told = send(Client(), f"/p/{hall.poll.public_id}/slip/", {"code": hall.codes["B"][0]}).json()
    assert told["recuse"] is True
    answer = Client().get(told["cards"])
    assert "immutable" in answer["Cache-Control"]
    assert [card["subject"] for card in answer.json()["cards"]] == hall.subjects
    assert "weight" not in answer.content.decode()
    assert Client().get(told["cards"].replace("cards-", "cards-0")).status_code == 404


def test_cards_of_a_poll_in_preparation_do_not_exist(cast: Cast) -> None:
    hall = prepare(cast)
    assert Client().get(f"/p/{hall.poll.public_id}/cards-.json").status_code == 404
    assert Client().get(f"/p/{hall.poll.public_id}/cards-0.json").status_code == 404


def test_a_ballot_gets_its_receipt_and_the_same_one_again(cast: Cast) -> None:
    hall = open_hall(cast)
    content = {"code": hall.codes["A"][0], "nonce": nonce(), "ballot": {"marks": {}}}
    answers = [
        send(Client(enforce_csrf_checks=True), f"/p/{hall.poll.public_id}/ballot/", content)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert not answers[0].cookies


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"code": 1}', '{"code": "A", "more": 1}', '{"code": "' + "A" * 300_000]
)
def test_nonsense_gets_a_sentence(cast: Cast, body: str) -> None:
    hall = open_hall(cast)
    answer = Client().post(f"/p/{hall.poll.public_id}/slip/", body, "application/json")
    assert answer.status_code == 422
    assert answer.json()["message"]


def test_a_typed_code_finds_its_poll(cast: Cast) -> None:
    open_hall(cast)
    hall = open_hall(cast)
    code = hall.codes["A"][0]
    assert Client().get("/p/").status_code == 200
    found = send(Client(), "/p/find/", {"code": f"{code[:5].lower()} {code[5:]}"}).json()
    assert found["url"] == f"/p/{hall.poll.public_id}/?lang=zh-hans#{code}"
    assert send(Client(), "/p/find/", {"code": "2222222222"}).status_code == 404


def test_receipts_can_be_looked_up_after_sealing(cast: Cast) -> None:
    hall = open_hall(cast)
    mine = hall.cast("A")
    address = f"/p/{hall.poll.public_id}/receipts/"
    assert "还没有封存" in Client().get(address).content.decode()
    close_poll(actor=hall.actor, poll=hall.poll)
    seal_poll(actor=hall.actor, poll=hall.poll)
    spaced = " ".join(mine[place : place + 4] for place in (0, 4, 8)).lower()
    assert "已经计入。" in Client().get(address, {"receipt": spaced}).content.decode()
    assert "没有找到回执" in Client().get(address, {"receipt": "2222"}).content.decode()


# --- the commissioner ---


def test_an_outsider_finds_nothing_and_a_leader_may_look(cast: Cast, browse: Browse) -> None:
    hall = prepare(cast)
    assert browse("outsider").get(page(hall)).status_code == 404
    assert browse("leader").get(page(hall)).status_code == 200
    assert browse("leader").get(f"{page(hall)}edit/").status_code == 403
    for part in ("system", "security", "audit", "secretary1", "teller1"):
        assert browse(part).get(page(hall)).status_code == 404


def edited(**changes: str) -> dict[str, str]:
    return {
        "title": "年度述职评议",
        "items": "总体评价",
        "scale": "choices",
        "choices": "好 100\n较好：85\n一般=70\n差 50",
        "low": "0",
        "high": "100",
        "remark": "on",
        "min_marks": "5",
        "paper_mode": "tallies",
        "c-TOTAL_FORMS": "2",
        "c-INITIAL_FORMS": "0",
        "c-0-title": "镇领导",
        "c-0-weight": "60",
        "c-1-title": "社区书记",
        "c-1-weight": "40",
        "c-1-recuse": "on",
    } | changes


def test_a_poll_is_created_and_changed_by_form(cast: Cast, browse: Browse) -> None:
    client = browse("commissioner")
    assert client.get("/p/polls/new/").status_code == 200
    answer = client.post("/p/polls/new/", edited())
    poll = Poll.objects.get()
    assert answer["Location"] == f"/p/polls/{poll.public_id}/"
    assert [row.id for row in poll.parsed_form.categories] == ["A", "B"]
    topics = edited(items="学习\n总体评价", scale="span")
    assert client.post(f"/p/polls/{poll.public_id}/edit/", topics).status_code == 302
    poll = Poll.objects.get()
    assert [item.id for item in poll.parsed_form.items] == ["t1", "overall"]
    assert poll.parsed_form.scale.values()[0] == "100"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"choices": "好\n差"}, "每行写等次和分值"),
        ({"c-0-weight": "160"}, "100"),
        ({"scale": "span", "low": "90", "high": "80"}, "小于"),
        ({"title": ""}, "必填"),
    ],
)
def test_a_wrong_form_keeps_what_was_typed(
    cast: Cast, browse: Browse, changes: dict[str, str], words: str
) -> None:
    answer = browse("commissioner").post("/p/polls/new/", edited(**changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "社区书记" in answer.content.decode()
    assert not Poll.objects.exists()


def test_slips_are_printed_reprinted_and_cancelled(cast: Cast, browse: Browse) -> None:
    hall = prepare(cast, slips=2)
    client = browse("commissioner")
    sheet = {"count": "3", "root": "http://192.0.2.7:8000"}
    answer = client.post(f"{page(hall)}A/print/", sheet)
    assert answer.content[:5] == b"%PDF-"
    assert answer["Cache-Control"] == "no-store"
    assert client.post(f"{page(hall)}A/reprint/", sheet).content[:5] == b"%PDF-"
    states = [slip.state for slip in Slip.objects.filter(category="A")]
    assert (states.count(SlipState.CANCELLED), states.count(SlipState.UNUSED)) == (5, 5)
    client.post(f"{page(hall)}B/cancel/")
    client.post(f"{page(hall)}cancel/", {"code": hall.codes["A"][0]})
    assert not Slip.objects.filter(category="B", state=SlipState.UNUSED).exists()
    refused = client.post(f"{page(hall)}A/print/", {"count": "0", "root": "x"}, follow=True)
    assert "大于" in refused.content.decode()


def test_a_double_click_prints_one_set(cast: Cast, browse: Browse) -> None:
    hall = prepare(cast, slips=2)
    client = browse("commissioner")
    shown = client.get(page(hall)).context["progress"][0].issued
    sheet = {"count": "3", "root": "http://192.0.2.7:8000", "seen": shown}
    for step in ("print", "reprint"):
        made = Slip.objects.count()
        sheet["seen"] = client.get(page(hall)).context["progress"][0].issued
        assert client.post(f"{page(hall)}A/{step}/", sheet).content[:5] == b"%PDF-"
        first = set(Slip.objects.values_list("pk", "state"))
        again = client.post(f"{page(hall)}A/{step}/", sheet, follow=True)
        assert "刚刚印过票" in again.content.decode(), step
        assert set(Slip.objects.values_list("pk", "state")) == first
        assert len(first) > made


def test_the_qr_code_of_a_slip_holds_the_page_and_behind_the_hash_the_code(cast: Cast) -> None:
    hall = prepare(cast, slips=2)
    page_of_poll = f"http://192.0.2.7:8000/p/{hall.poll.public_id}/"
    printed = slips(hall.poll, hall.codes["A"], "http://192.0.2.7:8000/")
    assert [slip["svg"] for slip in printed] == [
        qr_svg(f"{page_of_poll}#{code}") for code in hall.codes["A"]
    ]
    assert printed[0]["svg"] != printed[1]["svg"]


def test_slips_lead_to_this_machine_in_its_network(rf: RequestFactory) -> None:
    ours = {
        row.address
        for rows in psutil.net_if_addrs().values()
        for row in rows
        if row.family == socket.AF_INET and not row.address.startswith("127.")
    }
    asked = rf.get("/", SERVER_NAME="127.0.0.1", SERVER_PORT="8000")
    root = urlsplit(public_root(asked))
    assert root.hostname in (ours or {"127.0.0.1"})
    assert root.port == 8000


@pytest.mark.parametrize("form", [{}, {"items": TOPICS}, {"scale": HUNDRED, "remark": False}])
def test_blank_paper_forms_are_printed(cast: Cast, browse: Browse, form: dict[str, Any]) -> None:
    hall = prepare(cast, overall_form(**form))
    answer = browse("commissioner").get(f"{page(hall)}B/form.pdf")
    assert answer.content[:5] == b"%PDF-"


def test_a_small_category_is_merged_and_its_slips_stay_good(cast: Cast, browse: Browse) -> None:
    hall = prepare(cast)
    set_paper_issued(actor=hall.actor, poll=hall.poll, category="A", issued=3)
    browse("commissioner").post(f"{page(hall)}A/merge/", {"into": "B"})
    poll = Poll.objects.get()
    (row,) = progress(poll)
    assert (row.category, row.weight, row.unused, row.paper_issued) == ("B", Decimal(100), 12, 3)
    assert poll.parsed_form.categories[0].recuse


def test_the_steps_of_a_poll_by_its_page(cast: Cast, browse: Browse) -> None:
    hall = prepare(cast)
    client = browse("commissioner")
    for step, state in (("open", "open"), ("close", "closed"), ("seal", "sealed")):
        client.get(page(hall))
        client.post(f"{page(hall)}step/{step}/")
        assert Poll.objects.get().state == state
    assert client.get(f"{page(hall)}about/").status_code == 200
    assert client.post(f"{page(hall)}step/undo/").status_code == 404


def test_the_desk_may_open_and_close_but_not_seal(cast: Cast, browse: Browse) -> None:
    hall = prepare(cast)
    client = browse("desk")
    for step in ("open", "close"):
        client.post(f"{page(hall)}step/{step}/")
    assert client.post(f"{page(hall)}step/seal/").status_code == 403
    assert Poll.objects.get().state == PollState.CLOSED


def test_annulling_needs_a_reason(cast: Cast, browse: Browse) -> None:
    hall = open_hall(cast)
    client = browse("commissioner")
    client.post(f"{page(hall)}annul/", {"reason": ""})
    assert Poll.objects.get().state == PollState.OPEN
    client.post(f"{page(hall)}annul/", {"reason": "名单有误"})
    assert "名单有误" in client.get(page(hall)).content.decode()


def test_readiness_is_said_in_red(cast: Cast, browse: Browse) -> None:
    hall = prepare(cast, slips=1)
    text = browse("commissioner").get(page(hall)).content.decode()
    assert "bl-blocking" not in text
    Slip.objects.filter(category="A").delete()
    text = browse("commissioner").get(page(hall)).content.decode()
    assert "还没有印发测评票" in text
    assert "bl-blocking" in text


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(
    cast: Cast, browse: Browse, django_assert_num_queries: Any, rows: int
) -> None:
    for _ in range(rows):
        prepare(cast, slips=1)
    client = browse("commissioner")
    client.get("/p/polls/")
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/p/polls/")


LIST_QUERIES = 7


# --- the tellers ---


def counted(cast: Cast, **form: Any) -> Hall:
    hall = prepare(cast, overall_form(**form))
    set_paper_issued(actor=hall.actor, poll=hall.poll, category="A", issued=2)
    return hall


def end(hall: Hall) -> None:
    close_poll(actor=hall.actor, poll=hall.poll)
    seal_poll(actor=hall.actor, poll=hall.poll)


def closed(hall: Hall, mode: str = "tallies") -> str:
    Poll.objects.update(paper_mode=mode)
    open_poll(actor=hall.actor, poll=hall.poll)
    close_poll(actor=hall.actor, poll=hall.poll)
    return f"/p/count/{hall.poll.public_id}/"


COUNTS = {"returned": "2", "void": "0", "unused": "0", "cancelled": "0"}


def test_tellers_tally_apart_and_see_differences_together(cast: Cast, browse: Browse) -> None:
    hall = counted(cast)
    table = closed(hall)
    seal = f"{page(hall)}step/seal/"
    assert seal not in browse("commissioner").get(page(hall)).content.decode()
    for number, part in enumerate(("teller1", "teller2")):
        client = browse(part)
        assert client.get("/p/count/").status_code == 200
        client.post(f"{table}A/counts/", COUNTS)
        client.post(f"{table}A/item/overall/", {"n-0-0": "2", "n-1-1": str(1 + number)})
        assert 'value="2"' in client.get(f"{table}A/item/overall/").content.decode()
        client.post(f"{table}A/remarks/", {"r-0": "多下小区\n\n少开会"})
        client.post(f"{table}A/finish/")
        assert client.get(f"{table}A/").status_code == 200
    for client, address in (
        (browse("teller1"), f"{table}differences/"),
        (browse("commissioner"), f"{page(hall)}differences/"),
    ):
        assert "第2社区 述职人2 · 总体评价 · 较好" in client.get(address).content.decode()
    cell = {"cell": "tally|overall|TOWN-02|较好", "value": "2", "reason": "当面重点"}
    browse("commissioner").post(f"{page(hall)}A/settle/", cell)
    (state,) = paper_states(hall.poll)
    assert state.faults == []
    assert state.result
    assert sorted(state.result.remarks) == [("TOWN-01", "多下小区"), ("TOWN-01", "少开会")]
    assert seal in browse("commissioner").get(page(hall)).content.decode()


def test_paper_that_nobody_had_noted_down_is_noted_after_closing(
    cast: Cast, browse: Browse
) -> None:
    hall = prepare(cast, overall_form())
    open_poll(actor=hall.actor, poll=hall.poll)
    close_poll(actor=hall.actor, poll=hall.poll)
    client, noted = browse("commissioner"), f"{page(hall)}A/issued/"
    assert noted in client.get(page(hall)).content.decode()
    client.post(noted, {"issued": "2"})
    (state,) = paper_states(hall.poll)
    assert (state.category, state.issued) == ("A", 2)


def test_a_teller_never_sees_the_other_ones_figures_before(cast: Cast, browse: Browse) -> None:
    table = closed(counted(cast))
    browse("teller1").post(f"{table}A/item/overall/", {"n-0-0": "47"})
    other = browse("teller2")
    for address in (table, f"{table}A/", f"{table}A/item/overall/", f"{table}differences/"):
        assert 'value="47"' not in other.get(address).content.decode()
        assert ">47<" not in other.get(address).content.decode()


def test_numbers_are_tallied_as_halls_write_them(cast: Cast, browse: Browse) -> None:
    hall = counted(cast, scale=HUNDRED)
    table = closed(hall)
    client = browse("teller1")
    client.post(f"{table}A/item/overall/", {"n-0": "90×3，85 88*2 90"})
    assert "90×4 85×1 88×2" in client.get(f"{table}A/item/overall/").content.decode()
    refused = client.post(f"{table}A/item/overall/", {"n-0": "九十"}, follow=True)
    assert "看不懂" in refused.content.decode()


def test_single_forms_are_keyed_by_number(cast: Cast, browse: Browse) -> None:
    hall = counted(cast, items=TOPICS[:2])
    table = closed(hall, "ballots")
    client = browse("teller1")
    client.post(f"{table}A/form/1/", {"f-0-0": "1", "f-0-1": "4"})
    assert 'value="4"' in client.get(f"{table}A/form/1/").content.decode()
    refused = client.post(f"{table}A/form/2/", {"f-0-0": "9"}, follow=True)
    assert "没有“9”这个评分" in refused.content.decode()
    client.post(f"{table}A/form/1/", {"remove": "1"})
    assert 'value="4"' not in client.get(f"{table}A/form/1/").content.decode()


def test_temporary_accounts_are_opened_for_tellers(cast: Cast, browse: Browse) -> None:
    hall = open_hall(cast)
    answer = browse("commissioner").post(f"{page(hall)}tellers/", {"name": "王计票", "days": "1"})
    assert "王计票的临时账号" in answer.content.decode()


def test_who_prepared_sees_the_tellers_and_what_keeps_them(cast: Cast, browse: Browse) -> None:
    hall = open_hall(cast)
    clerk = browse("commissioner")
    clerk.post(f"{page(hall)}tellers/", {"name": "王计票", "days": "1"})
    assert "王计票 · 有效期至" in clerk.get(page(hall)).content.decode()
    assert "王计票" not in browse("inspector").get(page(hall)).content.decode()
    forgotten = prepare(cast)
    end(hall)
    kept = clerk.get(page(hall)).content.decode()
    assert "王计票 · 有效期至" in kept
    assert f"/p/polls/{forgotten.poll.public_id}/" in kept
    clerk.post(f"{page(forgotten)}annul/", {"reason": "不再办"})
    assert "王计票" not in clerk.get(page(hall)).content.decode()


def test_duties_tell_who_must_seal_and_who_must_count(cast: Cast, browse: Browse) -> None:
    closed(counted(cast))
    assert "票箱" in browse("commissioner").get("/").content.decode()
    assert "录入" in browse("teller1").get("/").content.decode()


def test_only_tellers_of_the_place_find_the_count(cast: Cast, browse: Browse) -> None:
    table = closed(counted(cast))
    for part in ("commissioner", "outsider", "desk", "leader"):
        assert browse(part).get(table).status_code == 404
