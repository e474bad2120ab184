"""The result list of 21 units × 40 raters, and of 210 × 100, as a commissioner opens it."""

import json
import tempfile
from pathlib import Path

from benchmarks.measure import Result, result
from tests.infra.site import Site

SIZES = ((21, 40), (210, 100))
TARGET = 0.2  # seconds, p95
ROUNDS = 40

BUILD = "from benchmarks.appraisal.hall import build; print(build({units}, {raters}))"
OPEN = """
import json, time
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from benchmarks.measure import percentile
from shuzhi.appraisal.models import Review
from shuzhi.kernel.models import Account
client = Client(SERVER_NAME="127.0.0.1")
Account.objects.filter(username={name!r}).update(must_change=False)
account = Account.objects.get(username={name!r})
client.force_login(account, "shuzhi.kernel.backends.AccountBackend")
review = Review.objects.get(unit__code={name!r}.upper())
url = reverse("appraisal:results", args=[review.public_id])
taken = []
for _ in range({rounds} + 2):
    start = time.perf_counter()
    answer = client.get(url)
    taken.append(time.perf_counter() - start)
    assert answer.status_code == 200, answer.status_code
with CaptureQueriesContext(connection) as caught:
    client.get(url)
print(json.dumps([percentile(taken[2:], 95), len(caught)]))
"""


def run() -> list[Result]:
    """Build both halls, open their lists again and again; the queries must be the same few."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "var")
        site.shuzhi("demo")
        measured = []
        for units, raters in SIZES:
            name = site.python(BUILD.format(units=units, raters=raters)).split()[-1]
            answer = site.python(OPEN.format(name=name, rounds=ROUNDS)).splitlines()[-1]
            measured.append((units, raters, *json.loads(answer)))
    queries = {count for *_, count in measured}
    return [
        result(f"result list {units} × {raters}, p95", p95, target=TARGET)
        for units, raters, p95, _count in measured
    ] + [result("result list, queries", max(queries), target=min(queries), unit="queries")]
