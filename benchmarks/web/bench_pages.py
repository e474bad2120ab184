"""Pages of the demo county as their people open them: p95 of each person's pages, and memory."""

import http.cookiejar
import re
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

from benchmarks.measure import Result, percentile, result
from tests.infra.site import Site

ROUNDS = 20
TARGET = 0.2  # seconds, p95
MEMORY = 400  # MiB
PEOPLE = ("organiser", "commissioner", "leader", "secretary01", "desk", "secadmin", "auditadmin")
LINK = re.compile(r'href="(/[^"#]*)"')
PAGE = re.compile(r"^/(?!static/|i18n/|logout|.*format=xlsx|.*\.(?:pdf|zip|docx|xlsx)$)")


PASSWORD = re.compile(r"密码都是 ([^)\s]+)")


class Person:
    """Somebody logged in, who opens pages one after the other."""

    def __init__(self, site: Site, username: str, password: str) -> None:
        self.site = site
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.open("/login/")
        token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
        form = {"username": username, "password": password, "csrfmiddlewaretoken": token}
        self.open("/login/", urllib.parse.urlencode(form).encode())

    def open(self, path: str, data: bytes | None = None) -> str:
        """Open a page and return it; a page that fails ends the benchmark."""
        with self.opener.open(self.site.url + path, data, timeout=30) as answer:
            kind = answer.headers.get_content_type()
            body: bytes = answer.read()
        return body.decode() if kind == "text/html" else ""

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


def _measured(person: Person) -> tuple[float, int]:
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
        told = PASSWORD.search(site.shuzhi("demo"))
        results.append(result("demo county built", time.perf_counter() - start, target=30))
        assert told
        site.start()
        try:
            for name in PEOPLE:
                p95, pages = _measured(Person(site, name, told[1]))
                results.append(result(f"pages of {name} ({pages}), p95", p95, target=TARGET))
            memory = site.memory() / 2**20
            results.append(result("server after that", memory, target=MEMORY, unit="MiB"))
        finally:
            site.stop()
    return results
