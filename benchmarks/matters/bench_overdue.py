"""A county with 200,000 matters lists its overdue ones, as its organiser opens the page.

The county is made of copies of one order issued by the product's own verb, with other units and
days; the page is the real one, on SQLite and on PostgreSQL, first with few and then with all.
"""

import json
import tempfile
from pathlib import Path

import psycopg

from benchmarks.measure import Result, result
from tests.infra import postgres
from tests.infra.site import Site

MATTERS = 200_000
FEW = 200
TARGET = 0.2  # seconds, p95
ROUNDS = 40
PAGE = "/matters/?f_view=overdue"

FILL = """
from datetime import timedelta
from itertools import cycle
from random import Random
from django.utils import timezone
from shuzhi.kernel.access import actor_for
from shuzhi.kernel.fields import random_id
from shuzhi.kernel.models import Account
from shuzhi.matters.models import Matter, MatterDeadline, MatterParty
from shuzhi.registry.models import Unit
random, today = Random(1), timezone.localdate()
model = Matter.objects.filter(mechanism="handover-order", closed_on=None).exclude(due=None)[0]
parties, terms = list(model.parties.all()), list(model.deadlines.filter(due_on=model.due))
units = cycle(Unit.objects.filter(path__startswith=Unit.objects.get(code="COUNTY").path))
def copy(row, **changes):
    kept = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name != "id"}
    return type(row)(**kept | changes)
for start in range(0, HOW_MANY, 5000):
    made = Matter.objects.bulk_create([
        copy(model, public_id=random_id(), unit_id=next(units).pk, number=f"{start}-{n}",
             due=today + timedelta(days=random.randint(-5, 90)))
        for n in range(min(5000, HOW_MANY - start))])
    MatterParty.objects.bulk_create([
        copy(row, matter_id=one.pk, **({"unit_id": one.unit_id} if row.party == "owner" else {}))
        for one in made for row in parties])
    MatterDeadline.objects.bulk_create([
        copy(row, matter_id=one.pk, due_on=one.due) for one in made for row in terms])
"""
OPEN = """
import json, time
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from benchmarks.measure import percentile
from shuzhi.kernel.models import Account
if connection.vendor == "postgresql":
    connection.cursor().execute("VACUUM ANALYZE")
else:
    connection.cursor().execute("ANALYZE")
client = Client(SERVER_NAME="127.0.0.1")
Account.objects.filter(username="organiser").update(must_change=False)
account = Account.objects.get(username="organiser")
client.force_login(account, "shuzhi.kernel.backends.AccountBackend")
taken = []
for _ in range({rounds} + 2):
    start = time.perf_counter()
    answer = client.get({page!r})
    taken.append(time.perf_counter() - start)
    assert answer.status_code == 200, answer.status_code
with CaptureQueriesContext(connection) as caught:
    client.get({page!r})
print(json.dumps([percentile(taken[2:], 95), len(caught)]))
"""


def _opened(site: Site, count: int) -> tuple[float, int]:
    """Add so many matters; return the p95 of the page and its queries."""
    site.python(FILL.replace("HOW_MANY", str(count)))
    told = site.python(OPEN.format(rounds=ROUNDS, page=PAGE)).splitlines()[-1]
    p95, queries = json.loads(told)
    return p95, queries


def _measured(name: str, database: str) -> list[Result]:
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "var", database)
        site.shuzhi("demo")
        _p95, few = _opened(site, FEW)
        p95, many = _opened(site, MATTERS)
    title = f"overdue among {MATTERS:,} matters, {name}"
    return [
        result(f"{title}, p95", p95, target=TARGET),
        result(f"{title}, queries", many, target=few, unit="queries"),
    ]


def run() -> list[Result]:
    """Measure on SQLite, and on PostgreSQL where there is one."""
    results = _measured("SQLite", "")
    if postgres.binaries() is None:
        return results
    server = postgres.start(durable=True)
    try:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
        return results + _measured("PostgreSQL", server.url("bench"))
    finally:
        server.stop()
