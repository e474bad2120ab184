"""Pages of the demo county as their people open them: p95 of each person's pages, and memory."""

import re
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Result, percentile, result
from benchmarks.person import Person, password
from tests.infra.site import Site

ROUNDS = 5
TARGET = 0.2  # seconds, p95
MEMORY = 400  # MiB
PEOPLE = ("organiser", "commissioner", "leader", "secretary01", "desk", "secadmin", "auditadmin")
LINK = re.compile(r'href="(/[^"#?]*)')  # a list once, not in each of its orders
PAGE = re.compile(r"^/(?!static/|i18n/|logout|.*\.(?:pdf|zip|docx|xlsx)$)")


class Reader(Person):
    """Somebody who opens pages one after the other."""

    def pages(self) -> list[str]:
        """Return home, what it links to, and what those lists' first rows lead to."""
        found = dict.fromkeys(["/"])
        for _ in range(2):
            for path in list(found):
                links = [p for p in LINK.findall(self.open(path)) if PAGE.match(p)]
                found |= dict.fromkeys(links[:25])
        return list(found)

    def seconds(self, path: str) -> float:
        """Return how long a page takes to arrive whole."""
        start = time.perf_counter()
        self.open(path)
        return time.perf_counter() - start


def _measured(person: Reader) -> tuple[float, int]:
    """Return the p95 over all the person's pages, and how many pages they are."""
    pages = person.pages()
    taken = [person.seconds(path) for _ in range(ROUNDS) for path in pages]
    return percentile(taken, 95), len(pages)


def run() -> list[Result]:
    """Serve the demo county and walk through it as each of its people."""
    results = []
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "var")
        start = time.perf_counter()
        word = password(site.shuzhi("demo"))
        results.append(result("demo county built", time.perf_counter() - start, target=30))
        site.start()
        try:
            for name in PEOPLE:
                p95, pages = _measured(Reader(site, name, word))
                results.append(result(f"pages of {name} ({pages}), p95", p95, target=TARGET))
            memory = site.memory() / 2**20
            results.append(result("server after that", memory, target=MEMORY, unit="MiB"))
        finally:
            site.stop()
    return results
