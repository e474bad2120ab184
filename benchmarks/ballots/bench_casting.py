"""Three hundred phones submitting in the same half minute, thirty of them by a double click.

The served product on SQLite, and on PostgreSQL where it is installed: every ballot is stored
once, p99 of the answers, memory with the pages open; meanwhile the control desk and the big screen
ask for the count every two seconds, as their pages do. Throughput against a bare Django insert of
the same rows (a slip used, a ciphertext stored), each its own durable transaction, same machine.
"""

import http.client
import json
import secrets
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.measure import Result, percentile, result
from benchmarks.person import Person, password
from tests.infra import postgres
from tests.infra.site import Site

PHONES = 300
DOUBLE = 30
WINDOW = 30.0  # seconds in which the hall submits
HANDS = 40  # requests that may be under way at once in the burst
P99 = 1.0  # seconds
PULSE = 2.0  # seconds between two questions of the desk, and of the screen
MEMORY = 400  # MiB
TURN = 40  # ballots cast and bare rows inserted by turns
HALF = 0.5  # of the bare insert's throughput

PREPARE = """
import json
from django.utils import timezone
from shuzhi.ballots.services import *
from shuzhi.ballots.schema import CardSpec, Choices, Item, PollForm, RaterCategory
from shuzhi.gatherings.services import create_gathering
from shuzhi.kernel.access import actor_for
from shuzhi.kernel.models import Account
from shuzhi.registry.models import Unit
actor = actor_for(Account.objects.get(username="commissioner"))
items = [Item(id=f"t{n}", title=f"第{n}项") for n in range(1, 11)]
scale = Choices(choices={"好": 100, "较好": 85, "一般": 70, "差": 50})
form = PollForm(items=items, scale=scale, categories=[RaterCategory(id="A", title="A", weight=100)])
town = Unit.objects.get(code="TOWN")
poll = create_poll(actor=actor, title="300", unit=town, form=form)
hall = create_gathering(actor=actor, title="300", unit=town, year=2026, starts_at=timezone.now(),
                        place="P", host="H", poll=poll)
cards = [CardSpec(subject=f"S{n}", name=f"N{n}", unit_title=f"U{n}", report="报告" * 900)
         for n in range(21)]
replace_cards(actor=actor, poll=poll, cards=cards)
codes = [code for _ in range(4)
         for code in issue_slips(actor=actor, poll=poll, category="A", count=PHONES)]
open_poll(actor=actor, poll=poll)
print(json.dumps([poll.public_id, hall.public_id, codes]))
"""

COUNT = """
from shuzhi.ballots.models import BoxEntry, Slip
print(BoxEntry.objects.filter(poll__public_id=POLL).count(),
      Slip.objects.filter(poll__public_id=POLL, state="used").count())
"""

AGAINST = """
import json, secrets, time
from statistics import median
from django.db import transaction
from shuzhi.ballots.box import SlipKey
from shuzhi.ballots.models import BoxEntry, Slip
from shuzhi.ballots.services import Ballot, cast_ballot
marks = {f"S{n}": {f"t{m}": "较好" for m in range(1, 11)} for n in range(21)}
ballot = Ballot(marks=marks, remarks={"S3": "多到居民家里走走"})
def ours(codes):
    for code in codes:
        cast_ballot(POLL, code, secrets.token_hex(16), ballot)
def bare(keys):
    for key in keys:
        with transaction.atomic():
            Slip.objects.filter(pk=key).update(state="used", used_hash="0" * 64)
            BoxEntry.objects.create(poll_id=entry.poll_id, ciphertext=entry.ciphertext)
def rate(work, given):
    start = time.perf_counter()
    work(given)
    return (time.perf_counter() - start) / len(given)
ours(CODES[:1])
entry = BoxEntry.objects.filter(poll__public_id=POLL)[0]
keys = dict(Slip.objects.filter(poll_id=entry.poll_id).values_list("code_hash", "pk"))
turns = [CODES[n:n + TURN] for n in range(1, len(CODES), TURN)]
taken = {True: [], False: []}
for turn in turns:  # in turns, so that a busy moment of the machine or the disk hits both
    half = len(turn) // 2
    taken[True].append(rate(ours, turn[:half]))
    taken[False].append(rate(bare, [keys[h] for h in SlipKey(POLL).hashes(turn[half:])]))
print(json.dumps([median(taken[True]), median(taken[False])]))
"""


@dataclass
class Poll:
    """An open poll of a served site, with the codes still unused."""

    site: Site
    public_id: str
    hall: str
    codes: list[str]

    def run(self, code: str, **names: object) -> str:
        """Run a piece of code on the site with names put in."""
        for name, value in {"POLL": self.public_id, **names}.items():
            code = code.replace(name, repr(value))
        return self.site.python(code)

    def take(self, count: int) -> list[str]:
        """Hand out codes."""
        taken, self.codes = self.codes[:count], self.codes[count:]
        return taken


def prepared(site: Site) -> Poll:
    """Open a poll of 21 reporters × 10 topics with enough slips for everything below."""
    return Poll(site, *json.loads(site.python(PREPARE.replace("PHONES", str(PHONES)))))


def ballot() -> dict[str, Any]:
    """Return a full ballot with a remark."""
    grades = ("好", "较好", "一般", "差")
    return {
        "marks": {
            f"S{n}": {f"t{m}": secrets.choice(grades) for m in range(1, 11)} for n in range(21)
        },
        "remarks": {"S3": "多到居民家里走走"},
    }


def request(site: Site, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
    """Make one request on a connection of its own, as each phone does."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    try:
        connection.request(method, path, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def open_page(poll: Poll, code: str) -> None:
    """Do what opening the page does: the page, its files, the slip, the cards."""
    site, page = poll.site, f"/p/{poll.public_id}/"
    request(site, "GET", page)
    for name in ("draft.js", "send.js", "controls.js", "phone.js", "phone.css"):
        request(site, "GET", f"/static/ballots/{name}")
    _status, told = request(site, "POST", f"{page}slip/", json.dumps({"code": code}).encode())
    request(site, "GET", json.loads(told)["cards"])


def submit(poll: Poll, code: str, nonce: str) -> tuple[float, str]:
    """Submit a ballot; return how long the answer took, and the receipt."""
    body = json.dumps({"code": code, "nonce": nonce, "ballot": ballot()}).encode()
    start = time.perf_counter()
    status, answer = request(poll.site, "POST", f"/p/{poll.public_id}/ballot/", body)
    taken = time.perf_counter() - start
    if status != 200:
        raise RuntimeError(f"{status}: {answer.decode()}")
    return taken, json.loads(answer)["receipt"]


def _hall(poll: Poll, codes: list[str]) -> list[tuple[float, str]]:
    """Let each phone submit at its moment within the window; some press twice."""
    answers: list[tuple[float, str]] = []
    begin = time.perf_counter()

    def press(code: str, nonce: str, moment: float) -> None:
        time.sleep(max(0.0, begin + moment - time.perf_counter()))
        answers.append(submit(poll, code, nonce))

    threads = []
    for place, code in enumerate(codes):
        nonce = secrets.token_hex(16)
        moment = secrets.randbelow(int(WINDOW * 1000)) / 1000
        presses = 2 if place < DOUBLE else 1
        threads += [
            threading.Thread(target=press, args=(code, nonce, moment)) for _ in range(presses)
        ]
    for work in (threading.Thread.start, threading.Thread.join):
        for thread in threads:
            work(thread)
    return answers


class Watcher(threading.Thread):
    """The desk or the screen: asks for the count at each pulse until it is told to stop."""

    def __init__(self, poll: Poll, person: Person) -> None:
        super().__init__()
        self.path, self.person = f"/gatherings/{poll.hall}/live/", person
        self.taken: list[float] = []
        self.over = threading.Event()

    def count(self) -> int:
        """Return how many forms the page would show as in."""
        forms: int = json.loads(self.person.open(self.path))["counts"]["forms"]
        return forms

    def run(self) -> None:
        """Ask, and wait for the next pulse."""
        while not self.over.wait(PULSE):
            start = time.perf_counter()
            self.count()
            self.taken.append(time.perf_counter() - start)


def _watched(poll: Poll, word: str, codes: list[str]) -> tuple[list[tuple[float, str]], float]:
    """Let the hall submit under the eyes of desk and screen; return answers and their slowest."""
    watchers = [Watcher(poll, Person(poll.site, name, word)) for name in ("desk", "commissioner")]
    for watcher in watchers:
        watcher.start()
    answers = _hall(poll, codes)
    for watcher in watchers:
        watcher.over.set()
        watcher.join()
        if watcher.count() != PHONES:
            raise RuntimeError("the desk does not show every ballot")
    return answers, max(taken for watcher in watchers for taken in watcher.taken)


def _checked(poll: Poll, answers: list[tuple[float, str]], before: int) -> int:
    """Return how many ballots were lost, doubled or stored in part; none is right."""
    stored, used = map(int, poll.run(COUNT).split())
    receipts = {receipt for _taken, receipt in answers}
    return abs(stored - before - PHONES) + abs(used - stored) + abs(len(receipts) - PHONES)


def _in_parallel(work: Callable[[str], Any], codes: list[str]) -> list[Any]:
    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(work, codes))


def _served(poll: Poll, word: str, name: str) -> list[Result]:
    codes = poll.take(PHONES)
    _in_parallel(lambda code: open_page(poll, code), codes)
    answers, slowest = _watched(poll, word, codes)
    wrong = _checked(poll, answers, 0)
    p99 = percentile([taken for taken, _receipt in answers], 99)
    burst = poll.take(PHONES)
    start = time.perf_counter()
    _in_parallel(lambda code: submit(poll, code, secrets.token_hex(16)), burst)
    taken = time.perf_counter() - start
    title = f"{PHONES} phones in {WINDOW:g} s, {DOUBLE} double clicks, {name}"
    return [
        result(f"{title}: lost or doubled", wrong, target=0, unit=""),
        result(f"{title}: p99", p99, target=P99),
        result(f"{title}: desk and screen, slowest answer", slowest, target=PULSE),
        result(f"{PHONES} ballots at once by HTTP, {name}", taken, target=WINDOW),
        result(f"{title}: memory", poll.site.memory() / 2**20, target=MEMORY, unit="MiB"),
    ]


def _against_bare(poll: Poll, name: str) -> Result:
    """Compare seconds for as many ballots: cast whole, and bare rows inserted."""
    told = poll.run(AGAINST, CODES=poll.take(2 * PHONES), TURN=TURN)
    ours, bare = json.loads(told)
    title = f"{PHONES} ballots cast, against bare inserts, {name}"
    return result(title, PHONES * ours, baseline=PHONES * bare, target=HALF)


@contextmanager
def _site(database: str) -> Iterator[tuple[Site, str]]:
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "var", database)
        word = password(site.shuzhi("demo"))
        site.start()
        try:
            yield site, word
        finally:
            site.stop()


def _measured(name: str, database: str) -> list[Result]:
    with _site(database) as (site, word):
        poll = prepared(site)
        results = _served(poll, word, name)
        site.stop()
        return [*results, _against_bare(poll, name)]


def run() -> list[Result]:
    """Measure on SQLite, and on a durable PostgreSQL where there is one."""
    results = _measured("SQLite", "")
    if postgres.binaries() is None:
        return results
    server = postgres.start(durable=True)
    try:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
        results += _measured("PostgreSQL", server.url("bench"))
    finally:
        server.stop()
    return results
