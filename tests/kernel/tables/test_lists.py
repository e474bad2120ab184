"""A declared list answers search, filter, sort, pages and Excel with a fixed number of queries."""

import io
import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from shuzhi.kernel.models import AuditEvent
from shuzhi.registry.enums import UnitKind
from tests.cast import Cast, unit

Browse = Callable[[str], Client]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.kernel.pages")]


@pytest.fixture
def client(browse: Browse) -> Client:
    return browse("commissioner")


# session, account, person, grants; count, rows; the unit and the years at the top of the page
QUERIES = 7


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row" role="rowheader"><a href="[^"]*">([^<]*)</a>', page)


def get(client: Client, query: str = "", **headers: str) -> str:
    return client.get(f"/test/units/{query}", headers=headers).content.decode()


def test_rows_stand_in_the_default_order(client: Client) -> None:
    assert names(get(client))[:3] == ["云岭县", "白石镇", "清溪镇"]


def test_every_word_of_a_search_must_be_found(client: Client) -> None:
    assert names(get(client, "?q=社区+TOWN-02")) == ["第2社区党工委"]
    assert names(get(client, "?q=社区+OTHER")) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?f_kind=county", ["云岭县"]),
        ("?f_begins=白", ["白石镇"]),
        ("?f_kind=town&f_begins=清", ["清溪镇"]),
        ("?f_unknown=x&f_kind=county", ["云岭县"]),
    ],
)
def test_filters(client: Client, query: str, found: list[str]) -> None:
    assert names(get(client, query)) == found


def test_sort_and_its_reverse(client: Client) -> None:
    codes = names(get(client, "?sort=code"))
    assert names(get(client, "?sort=-code")) == codes[::-1]


def test_what_cannot_be_sorted_by_is_ignored(client: Client) -> None:
    assert names(get(client, "?sort=parent")) == names(get(client))
    assert names(get(client, "?sort=account__password")) == names(get(client))


def test_a_head_offers_the_other_direction_and_keeps_the_filters(client: Client) -> None:
    page = get(client, "?sort=name&f_kind=community")
    assert 'href="?sort=-name&amp;f_kind=community"' in page
    assert 'aria-sort="ascending" data-key="name"' in page


def test_pages(client: Client, cast: Cast) -> None:
    for number in range(40):
        unit(f"X{number:02}", f"新村{number:02}", UnitKind.BRANCH, cast.town)
    page = get(client, "?q=新村&page=2")
    assert names(page) == [f"新村{number:02}" for number in range(30, 40)]
    assert 'rel="prev" href="?q=%E6%96%B0%E6%9D%91&amp;page=1"' in page
    assert 'rel="next"' not in page
    assert names(get(client, "?q=新村&page=99")) == names(page)
    assert names(get(client, "?q=新村&page=x"))[0] == "新村00"


@pytest.mark.parametrize("size", [1, 30])
def test_the_number_of_queries_does_not_grow(client: Client, cast: Cast, size: int) -> None:
    for number in range(size):
        unit(f"X{number:02}", f"新村{number:02}", UnitKind.BRANCH, cast.town)
    get(client)
    with CaptureQueriesContext(connection) as queries:
        get(client, "?f_kind=branch")
    assert len(queries) == QUERIES, [q["sql"][:90] for q in queries]


def test_htmx_gets_the_list_alone(client: Client) -> None:
    part = get(client, "?q=清溪", **{"HX-Request": "true", "HX-Target": "list"})
    assert names(part) == ["清溪镇"]
    assert "<html" not in part


def test_an_empty_list_offers_the_first_step(client: Client) -> None:
    page = client.get("/test/none/").content.decode()
    assert "还没有单位。" in page
    assert 'href="/units/new/"' in page


def test_a_search_without_result_offers_to_clear_it(client: Client) -> None:
    page = get(client, "?q=无此单位")
    assert "没有符合条件的记录" in page
    assert 'href="?"' in page


def test_a_state_is_a_word_with_a_shape(client: Client) -> None:
    assert '<span class="sz-state sz-state-done">在用</span>' in get(client)


def test_names_are_escaped(client: Client, cast: Cast) -> None:
    unit("EVIL", "<script>alert(1)</script>", UnitKind.BRANCH, cast.town)
    page = get(client, "?q=EVIL")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_excel_holds_all_pages_of_what_was_searched(client: Client, cast: Cast) -> None:
    for number in range(15):
        unit(f"X{number:02}", f"新村{number:02}", UnitKind.BRANCH, cast.town)
    answer = client.get("/test/units/?q=新村&sort=-name&format=xlsx")
    assert "单位一览.xlsx" in unquote(answer.headers["Content-Disposition"])
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0] == ["名称", "代码", "上级", "次序", "状态"]
    assert [row[0] for row in rows[1:]] == [f"新村{number:02}" for number in range(14, -1, -1)]
    assert rows[1][2:] == ["清溪镇", 0.0, "在用"]


def test_who_took_a_list_is_recorded(client: Client, cast: Cast) -> None:
    client.get("/test/units/?format=xlsx")
    event = AuditEvent.objects.get(kind="list.exported")
    assert event.actor == cast.account("commissioner")
    assert event.after == {"list": "test-units"}
