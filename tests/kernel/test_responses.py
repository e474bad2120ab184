"""What a person reads when a verb is done or refused."""

import re
from collections.abc import Callable

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.test import Client

Browse = Callable[[str], Client]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.kernel.pages")]
FROM = "http://testserver/test/none/"


@pytest.fixture
def client(browse: Browse) -> Client:
    return browse("commissioner")


def said(answer: object) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]  # type: ignore[attr-defined]


def test_done_says_what_happened_and_goes_on(client: Client) -> None:
    answer = client.post("/test/step/开会/")
    assert answer.headers["Location"] == "/test/units/"
    assert said(answer) == ["已办：开会"]


def test_nothing_to_say_leaves_no_empty_box(client: Client) -> None:
    assert said(client.post("/test/silent/")) == []


def test_a_refusal_is_said_where_the_person_was(client: Client) -> None:
    answer = client.post("/test/step/plain/", headers={"referer": FROM})
    assert answer.headers["Location"] == FROM
    assert said(answer) == ["评议会还没有开始。"]


def test_a_foreign_referer_is_not_followed(client: Client) -> None:
    answer = client.post("/test/step/plain/", headers={"referer": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"


def test_what_is_not_permitted_is_403_in_words(client: Client) -> None:
    answer = client.post("/test/step/forbidden/")
    assert answer.status_code == 403
    assert "只有组织委员可以办理。" in answer.content.decode()


def test_faults_are_a_table_with_their_places(client: Client) -> None:
    answer = client.post("/test/step/faults/", headers={"referer": FROM})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "有 1 处需要改正" in page
    cells = re.findall(r'<td[^>]* data-label="([^"]+)">([^<]*)</td>', page)
    assert cells == [("行", "3"), ("列", "姓名"), ("问题与改法", "没有这个人")]
    assert f'href="{FROM}"' in page


@pytest.mark.parametrize("how", ["decorated", "bare"])
def test_a_refusal_while_reading_is_a_page(client: Client, how: str) -> None:
    answer = client.get(f"/test/{how}/plain/")
    assert answer.status_code == 409
    assert "评议会还没有开始。" in answer.content.decode()


@pytest.mark.parametrize("how", ["decorated", "bare"])
def test_a_refusal_of_a_press_goes_back(client: Client, how: str) -> None:
    answer = client.post(f"/test/{how}/plain/", headers={"referer": FROM})
    assert (answer.status_code, answer.headers["Location"]) == (302, FROM)


def test_a_form_is_shown_and_done(client: Client) -> None:
    assert client.get("/test/form/").status_code == 200
    answer = client.post("/test/form/", {"title": "年度述职"})
    assert answer.headers["Location"] == "/test/units/"
    assert said(answer) == ["已保存。"]


@pytest.mark.parametrize(
    ("title", "complaint"),
    [
        ("", "这个字段是必填项。"),
        ("plain", "评议会还没有开始。"),
        ("faults", "3 · 姓名: 没有这个人"),
        ("超过十个字的标题真的太长了", "10"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(client: Client, title: str, complaint: str) -> None:
    answer = client.post("/test/form/", {"title": title, "note": "我写的备注"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert complaint in page
    assert 'value="我写的备注"' in page
    assert "填写的内容都还在" in page


def test_a_field_tells_its_error_to_screen_readers(client: Client) -> None:
    page = client.post("/test/form/", {"title": ""}).content.decode()
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_title_error"' in page
    assert 'id="id_title_error"' in page


def test_a_hint_is_text_and_never_markup() -> None:
    """Hints of a matter's form come from its mechanism, which departments write."""

    class Hinted(forms.Form):
        title = forms.CharField(help_text="<b>写清</b>")

    assert "&lt;b&gt;写清" in str(Hinted())
