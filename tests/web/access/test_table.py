"""Every address × every part of the cast, against the table beside this file.

Signs, in the order of `PARTS`: `+` lets in, `3` sees but may not (403), `4` does not exist for
them (404), `L` must log in, `-` the method is not for this address (405). An address that the
table lacks fails; the failure prints its row as it is now: copy it once it is as it should be.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from shuzhi.kernel.navigation import navigation

from .scene import Scene

pytestmark = pytest.mark.django_db
PARTS = (
    *("organiser", "commissioner", "leader", "desk", "inspector", "secretary1", "secretary2"),
    *("teller1", "outsider", "system", "security", "audit", "stranger"),
)
METHODS = ("GET", "POST")
TABLE = Path(__file__).with_name("table.txt")
ORDER = "handover-order"
# Where a name has another meaning than elsewhere, or a step must exist.
SPECIAL: dict[str, dict[str, object]] = {
    "ballots:step": {"name": "close"},
    "gatherings:step": {"step": "start"},
    "appraisal:problem-step": {"step": "confirm"},
    "registry:period-step": {"step": "close"},
    "bulletins:step": {"step": "offer"},
    "bulletins:file": {"kind": "word"},
    "matters:step": {"step": "accept"},
    "matters:bulk-step": {"step": "accept"},
    "matters:open": {"kind": ORDER},
    "matters:board": {"kind": ORDER},
    "matters:coverage": {"kind": ORDER},
    "matters:ledger": {"kind": ORDER},
    "matters:ledger-sheet": {"kind": ORDER},
    "matters:ledger-take": {"kind": ORDER},
}
Row = dict[str, str]


def read_table() -> dict[str, Row]:
    """Return the declared signs by address and method."""
    rows: dict[str, Row] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, method, signs = line.split()
            rows.setdefault(name, {})[method] = signs
    return rows


def addresses() -> dict[str, list[str]]:
    """Return every named address with its parameters."""
    return dict(_walk(get_resolver().url_patterns, "", ()))


def _walk(
    patterns: list[URLPattern | URLResolver], space: str, above: tuple[str, ...]
) -> Iterator[tuple[str, list[str]]]:
    for pattern in patterns:
        own = (*above, *_parameters(pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern.url_patterns, space + inner, own)
        else:
            yield f"{space}{pattern.name}", list(own)


def _parameters(pattern: URLPattern | URLResolver) -> list[str]:
    return [
        *getattr(pattern.pattern, "converters", {}),
        *getattr(pattern.pattern.regex, "groupindex", {}),
    ]


def sign(answer: HttpResponse) -> str:
    """Return the table's sign for an answer."""
    if answer.status_code in {301, 302} and answer.headers["Location"].startswith(
        resolve_url(settings.LOGIN_URL) + "?next="
    ):
        return "L"
    return {403: "3", 404: "4", 405: "-"}.get(answer.status_code, "+")


@pytest.fixture(scope="module")
def sessions(scene: Scene) -> dict[str, str]:
    """Return the session cookie of each part; the stranger has none."""
    made = {}
    for part in PARTS[:-1]:
        client = Client()
        client.force_login(scene.cast.account(part), "shuzhi.kernel.backends.AccountBackend")
        made[part] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return made


def ask(method: str, url: str, session: str) -> HttpResponse:
    """Send one request and undo what it did."""
    client = Client()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    with transaction.atomic():
        answer = client.generic(method, url)
        transaction.set_rollback(True)
    return answer


def observed(name: str, parameters: list[str], scene: Scene, sessions: dict[str, str]) -> Row:
    """Ask an address as everybody, by each method, changing nothing."""
    values = {p: scene.values.get(p) for p in parameters} | SPECIAL.get(name, {})
    url = reverse(name, kwargs=values)
    row: Row = {}
    for method in METHODS:
        signs = "".join(sign(ask(method, url, sessions.get(part, ""))) for part in PARTS)
        if set(signs) - {"-", "L"}:
            row[method] = signs
    return row


@pytest.mark.parametrize(("name", "parameters"), sorted(addresses().items()))
def test_address(name: str, parameters: list[str], scene: Scene, sessions: dict[str, str]) -> None:
    found = observed(name, parameters, scene, sessions)
    lines = "\n".join(f"{name} {method} {signs}" for method, signs in found.items())
    assert read_table().get(name) == found, f"as it is now:\n{lines}"


def test_the_table_names_no_address_that_is_gone() -> None:
    assert set(read_table()) - set(addresses()) == set()


@pytest.mark.parametrize("part", PARTS[:-1])
def test_the_navigation_leads_only_where_one_is_let_in(part: str, scene: Scene) -> None:
    groups, table = navigation(scene.cast.actor(part)), read_table()
    led = [entry.url_name for group in groups for entry in group.entries]
    assert led
    assert [name for name in led if table[name]["GET"][PARTS.index(part)] != "+"] == []
