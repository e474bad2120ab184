"""Headers of every answer, form protection, static files, errors."""

from collections.abc import Callable
from contextlib import closing

import pytest
from django.contrib.staticfiles.finders import find
from django.templatetags.static import static
from django.test import Client

Browse = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def policy(answer: object) -> dict[str, str]:
    header = answer.headers["Content-Security-Policy"]  # type: ignore[attr-defined]
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


@pytest.mark.parametrize("path", ["/", "/login/", "/nowhere/", "/healthz"])
def test_every_answer_carries_the_headers(client: Client, path: str) -> None:
    answer = client.get(path)
    found = policy(answer)
    assert found["default-src"] == "'none'"
    assert found["script-src"] == found["style-src"] == "'self'"
    assert found["frame-ancestors"] == found["base-uri"] == "'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/matters/", "/reviews/", "/nowhere/"])
def test_one_persons_page_is_kept_for_nobody_else(browse: Browse, path: str) -> None:
    answer = browse("commissioner").get(path)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer.headers["Vary"]


def test_the_session_cookie_is_not_for_scripts(browse: Browse) -> None:
    client = Client()
    browse("desk")
    answer = client.post("/login/", {"username": "desk", "password": "Correct-Horse-7"})
    cookie = answer.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 30 * 60


def test_a_form_from_elsewhere_is_refused_calmly(browse: Browse) -> None:
    browse("desk")
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/login/", {"username": "desk", "password": "x"})
    assert answer.status_code == 403
    assert "这个页面放得太久了" in answer.content.decode()


def test_what_does_not_exist_is_said_in_words(browse: Browse) -> None:
    answer = browse("desk").get("/nowhere/")
    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.content.decode()


@pytest.mark.urls("tests.kernel.pages")
def test_a_fault_gives_a_number_to_tell(browse: Browse, caplog: pytest.LogCaptureFixture) -> None:
    client = browse("desk")
    client.raise_request_exception = False
    answer = client.get("/test/broken/")
    page = answer.content.decode()
    assert answer.status_code == 500
    ours = [r.getMessage() for r in caplog.records if r.name == "shuzhi.web.views.errors"]
    reference = ours[0].split()[1]
    assert reference in page
    assert "Traceback" not in page


def test_too_many_fields_are_refused_in_words(browse: Browse) -> None:
    fields = {f"x{number}": "1" for number in range(5001)}
    answer = browse("desk").post("/year/", fields)
    assert answer.status_code == 400
    assert "这次提交不完整" in answer.content.decode()


def test_too_much_text_is_refused_in_words(browse: Browse) -> None:
    answer = browse("desk").post("/year/", {"x": "字" * 1_000_000})
    assert answer.status_code == 413
    assert "2 MB" in answer.content.decode()


def test_static_files_are_kept_under_their_digest(client: Client) -> None:
    address = static("web/shuzhi.css")
    assert "?v=" in address
    with closing(client.get(address)) as kept:
        assert kept.headers["Cache-Control"] == "max-age=31536000, public, immutable"
    with closing(client.get(address.split("?")[0])) as asked:
        assert "immutable" not in asked.headers["Cache-Control"]


def test_nothing_is_loaded_from_another_host(browse: Browse) -> None:
    page = browse("desk").get("/").content.decode()
    assert 'src="http' not in page
    assert 'href="http' not in page


def test_the_front_end_files_were_built() -> None:
    assert find("vendor/tabler/tabler.min.css"), "run `make setup`"
