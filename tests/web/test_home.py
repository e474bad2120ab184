"""The shell's first pages: log in, home, log out."""

import pytest
from django.test import Client

from shuzhi.kernel.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return Account.objects.create_account("lin", "林知远", "a-long-password", must_change=False)


def test_who_is_not_logged_in_is_sent_to_the_login_page(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/login/?next=%2F"


def test_login_leads_to_the_work_list(client: Client, account: Account) -> None:
    given = {"username": "lin", "password": "a-long-password"}
    answer = client.post("/login/", given, follow=True)
    assert "我的待办" in answer.content.decode()
    assert "林知远" in answer.content.decode()
