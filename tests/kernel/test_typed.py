"""What people type: characters that nothing can hold go, and only numbers are numbers."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from shuzhi.kernel.models import SavedView
from shuzhi.kernel.typed import fit, whole

Browse = Callable[[str], Client]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *[("7", 7), (" 007 ", 7), ("0", 0), ("", None), ("-1", None), ("1.5", None)],
        *[
            ("²", None),
            ("٣", None),
            ("\N{FULLWIDTH DIGIT SEVEN}", None),
            ("9" * 10, None),
            ("9" * 5000, None),
        ],
    ],
)
def test_only_a_number_is_a_number(text: str, number: int | None) -> None:
    assert whole(text) == number


def test_lines_tabs_and_rare_characters_stay() -> None:
    assert fit("一\r\n二\t三𠀀😀") == "一\r\n二\t三𠀀😀"
    assert fit("一\x00二\x0b三\x1f四\x7f\uffff五\ud800") == "一二三四五"


@pytest.mark.django_db
def test_a_form_loses_what_no_database_can_hold(browse: Browse) -> None:
    given = {"name": "迟到\x00\x0b的", "query": "q=楼道\x00"}
    browse("desk").post(reverse("matters:save-filter"), given)
    kept = SavedView.objects.get()
    assert (kept.name, kept.query) == ("迟到的", f"q={quote('楼道')}")


@pytest.mark.django_db
def test_no_question_and_no_address_with_such_characters_is_a_fault(browse: Browse) -> None:
    client = browse("desk")
    assert client.get("/matters/", {"q": "a\x00", "f_state": "\x00", "f_kind": "\x00"}).content
    assert client.get(f"/matters/{quote('a' + chr(0))}/").status_code == 404
    assert client.get(f"/matters/ledger/{quote(chr(0))}/").status_code == 404
