"""Log-in, lock-out, forced change of an initial password, log-out, idle time-out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from shuzhi.kernel.models import Account, AuditEvent
from shuzhi.registry.services import reset_password
from tests.cast import PASSWORD, Cast

Browse = Callable[[str], Client]
pytestmark = pytest.mark.django_db
NEW = "a-quite-new-sentence"


def log_in(client: Client, username: str = "commissioner", password: str = PASSWORD) -> int:
    given = {"username": username, "password": password}
    return client.post("/login/", given).status_code


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def events() -> list[str]:
    found = AuditEvent.objects.filter(kind__startswith="account.").order_by("pk")
    return list(found.values_list("kind", flat=True))


def test_who_is_not_logged_in_is_sent_to_the_login_page(client: Client) -> None:
    answer = client.get("/?x=1")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/login/?next=%2F%3Fx%3D1"


def test_a_press_after_the_session_ended_leads_back_to_the_page(client: Client) -> None:
    page = "http://testserver/password/"
    answer = client.post("/password/", {"x": "1"}, headers={"referer": page})
    assert answer.headers["Location"] == "/login/?next=http%3A%2F%2Ftestserver%2Fpassword%2F"


def test_htmx_and_json_are_told_in_their_own_way(client: Client) -> None:
    part = client.get("/", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (204, "/login/?next=%2F")
    data = client.get("/", headers={"Accept": "application/json"})
    assert (data.status_code, data.json()) == (401, {"login": "/login/?next=%2F"})


def test_login_leads_to_the_page_that_was_wanted(client: Client, cast: Cast) -> None:
    given = {"username": "commissioner", "password": PASSWORD, "next": "/password/"}
    assert client.post("/login/", given).headers["Location"] == "/password/"
    assert events() == ["account.logged_in"]


def test_login_does_not_lead_elsewhere(client: Client, cast: Cast) -> None:
    given = {"username": "commissioner", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/login/", given).headers["Location"] == "/"


def test_a_wrong_pair_does_not_say_which_half_was_wrong(client: Client, cast: Cast) -> None:
    pages = []
    for username in ("commissioner", "nobody"):
        answer = client.post("/login/", {"username": username, "password": "wrong"})
        assert answer.status_code == 422
        pages.append("用户名或密码不对" in answer.content.decode())
    assert pages == [True, True]


@pytest.mark.parametrize("change", [{"is_active": False}, {"expires_at": timezone.now()}])
def test_an_account_that_ended_cannot_log_in(
    client: Client, cast: Cast, change: dict[str, object]
) -> None:
    Account.objects.filter(username="desk").update(**change)
    assert log_in(client, "desk") == 422


def test_an_account_that_ends_is_out_at_once(browse: Browse) -> None:
    client = browse("desk")
    assert is_in(client)
    Account.objects.filter(username="desk").update(expires_at=timezone.now())
    assert not is_in(client)


def test_after_five_wrong_passwords_the_account_rests(client: Client, cast: Cast) -> None:
    codes = [log_in(client, password="wrong") for _attempt in range(5)]
    assert codes == [422, 422, 422, 422, 429]
    answer = client.post("/login/", {"username": "commissioner", "password": PASSWORD})
    assert answer.status_code == 429
    assert "请 15 分钟后再试" in answer.content.decode()
    assert int(answer.headers["Retry-After"]) == 15 * 60
    assert "account.locked_out" in events()
    assert not is_in(client)


def test_the_rest_ends_and_trying_meanwhile_does_not_lengthen_it(
    client: Client, cast: Cast
) -> None:
    for _attempt in range(5):
        log_in(client, password="wrong")
    earlier = timezone.now() - timedelta(minutes=10)
    AccessAttempt.objects.update(attempt_time=earlier)
    answer = client.post("/login/", {"username": "commissioner", "password": "wrong"})
    assert "请 5 分钟后再试" in answer.content.decode()
    AccessAttempt.objects.update(attempt_time=earlier - timedelta(minutes=6))
    assert log_in(client) == 302


def test_a_new_password_ends_the_rest_at_once_and_for_that_account_alone(
    client: Client, cast: Cast
) -> None:
    for _attempt in range(5):
        log_in(client, password="wrong")
        log_in(client, "desk", "wrong")
    opened = reset_password(actor=cast.actor("system"), person=cast.people["commissioner"])
    assert log_in(client, password=opened.password) == 302
    assert log_in(Client(), "desk") == 429


def test_others_in_the_hall_are_not_locked_out(client: Client, cast: Cast) -> None:
    for _attempt in range(5):
        log_in(client, password="wrong")
    assert log_in(client, "desk") == 302


def test_an_initial_password_must_be_changed_first(client: Client, cast: Cast) -> None:
    Account.objects.filter(username="desk").update(must_change=True)
    log_in(client, "desk")
    assert client.get("/").headers["Location"] == "/password/"
    assert "初始密码" in client.get("/password/").content.decode()
    given = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert client.post("/password/", given).headers["Location"] == "/"
    assert is_in(client)
    assert events()[-1] == "account.password_changed"
    assert log_in(Client(), "desk", NEW) == 302


@pytest.mark.parametrize(
    ("password", "complaint"),
    [
        ("short-1", "10"),
        ("1234567890123", "数字"),
        ("password123", "常见"),
        ("commissioner1", "相似"),
    ],
)
def test_weak_passwords_are_refused(browse: Browse, password: str, complaint: str) -> None:
    given = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    answer = browse("commissioner").post("/password/", given)
    assert answer.status_code == 422
    assert complaint in answer.content.decode()


def test_a_changed_password_ends_the_other_sessions(client: Client, cast: Cast) -> None:
    elsewhere = Client()
    log_in(elsewhere)
    log_in(client)
    given = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    client.post("/password/", given)
    assert is_in(client)
    assert not is_in(elsewhere)


def test_a_copied_cookie_is_worth_nothing_after_logout(client: Client, cast: Cast) -> None:
    log_in(client)
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert is_in(thief)
    client.post("/logout/")
    assert not is_in(thief)
    assert not Session.objects.exists()
    assert events()[-1] == "account.logged_out"


def test_logout_takes_a_press_not_a_link(browse: Browse) -> None:
    assert browse("desk").get("/logout/").status_code == 405


def test_idling_ends_the_session(client: Client, cast: Cast) -> None:
    log_in(client)
    assert is_in(client)
    Session.objects.update(expire_date=timezone.now())
    assert not is_in(client)


def test_a_session_in_use_is_renewed_seldom(client: Client, cast: Cast) -> None:
    log_in(client)
    is_in(client)
    soon = timezone.now() + timedelta(minutes=1)
    Session.objects.update(expire_date=soon)
    is_in(client)
    assert Session.objects.get().expire_date == soon, "a page within three minutes writes nothing"
    session = client.session
    session["seen"] -= 200
    session.save()
    Session.objects.update(expire_date=soon)
    client.post("/alive/")
    left = Session.objects.get().expire_date - timezone.now()
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)


def test_the_idle_logout_says_why_and_where_to_go_on(browse: Browse) -> None:
    answer = browse("desk").post("/logout/", {"idle": "1", "next": "/password/"}, follow=True)
    page = answer.content.decode()
    assert "已自动退出" in page
    assert 'name="next" value="/password/"' in page


def test_a_stranger_leaves_no_session(client: Client) -> None:
    client.get("/login/")
    client.get("/healthz")
    assert not Session.objects.exists()
