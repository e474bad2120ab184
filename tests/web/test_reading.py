"""Language, large type, year and the top of the page."""

from collections.abc import Callable

import pytest
from django.test import Client

from shuzhi.registry.models import Period

Browse = Callable[[str], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(browse: Browse) -> Client:
    return browse("secretary1")


def text(client: Client, path: str = "/") -> str:
    return client.get(path).content.decode()


def test_the_page_names_unit_person_and_secrecy(client: Client) -> None:
    page = text(client)
    assert "第1社区党工委" in page
    assert "书记1" in page
    assert "本系统为非涉密系统，严禁处理国家秘密。" in page
    assert 'href="#main"' in page


def test_chinese_is_spoken_whatever_the_browser_prefers(client: Client) -> None:
    answer = client.get("/", headers={"accept-language": "en-GB"})
    assert answer.headers["Content-Language"] == "zh-hans"
    assert '<html lang="zh-hans"' in answer.content.decode()


def test_the_language_switch_holds(client: Client) -> None:
    client.post("/language/", {"language": "en", "next": "/"})
    assert '<html lang="en"' in text(client)
    client.post("/language/", {"language": "zh-hans", "next": "/"})
    assert '<html lang="zh-hans"' in text(client)


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    client.cookies["django_language"] = "xx"
    assert '<html lang="zh-hans"' in text(client)


def test_large_type_switches_and_returns(client: Client) -> None:
    answer = client.post("/large-type/", headers={"referer": "http://testserver/password/"})
    assert answer.headers["Location"] == "http://testserver/password/"
    assert 'class="sz-large"' in text(client)
    client.post("/large-type/")
    assert 'class="sz-large"' not in text(client)


def test_a_stranger_may_switch_too() -> None:
    stranger = Client()
    stranger.post("/language/", {"language": "en", "next": "/login/"})
    stranger.post("/large-type/")
    assert '<html lang="en" class="sz-large"' in text(stranger, "/login/")


def test_the_chosen_year_stays(client: Client) -> None:
    Period.objects.create(year=2025)
    assert "2025 年度" not in text(client)
    client.post("/year/", {"year": "2025"})
    assert "2025 年度" in text(client)
    assert "2025 年度" in text(client, "/password/")


@pytest.mark.parametrize("year", ["", "abcd", "99999", "²⁰²⁵"])
def test_an_odd_year_is_ignored(client: Client, year: str) -> None:
    before = text(client)
    assert client.post("/year/", {"year": year}).status_code == 302
    assert text(client).count("年度") == before.count("年度")
