"""The served product: starts, answers, heals, logs nobody, stops in seconds."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from shuzhi.kernel.addresses import lan_addresses
from shuzhi.web.serve.addresses import is_free
from shuzhi.web.serve.parent import Child

STARTED = 120
STOPPED = 15


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """A product of its own folder, started as an operator starts it."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "log"
        kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "LANG"}}
        with self.log.open("w") as out:
            self.process = psutil.Popen(
                [sys.executable, "-m", "shuzhi.web.cli", "serve", "--address", self.url[7:]],
                env=kept | {"SHUZHI_VAR": str(folder / "var"), "PYTHONPATH": "src"},
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def get(self, path: str) -> int:
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code

    def until(self, done: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + STARTED
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text()
            if done():
                return
            time.sleep(0.1)
        pytest.fail(f"{what}: {self.log.read_text()}")

    def ready(self) -> bool:
        try:
            return self.get("/healthz") == 200
        except OSError:
            return False

    def children(self) -> dict[str, int]:
        """Return the living children by the word that names them."""
        found = {}
        for child in self.process.children():
            with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                found |= {w: child.pid for w in ("worker", "granian") if w in child.cmdline()}
        return found

    def stop(self) -> float:
        family = self.process.children(recursive=True)
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(STOPPED) == 0
        assert not [p for p in family if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
        return time.monotonic() - began


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    site = Served(folder)
    try:
        site.until(site.ready, "readiness")
        yield site
    finally:
        if site.process.poll() is None:
            site.stop()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served")) as site:
        yield site


def test_it_is_ready_when_it_says_so(served: Served) -> None:
    with urllib.request.urlopen(served.url + "/healthz", timeout=5) as answer:  # noqa: S310
        assert json.load(answer) == {"database": True, "worker": True}
    assert served.get("/login/") == 200


def test_dead_children_are_started_again(served: Served) -> None:
    before = served.children()
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)

    def healed() -> bool:
        now = served.children()
        return len(now) == 2 and not set(now.values()) & set(before.values())

    served.until(healed, "two new children")
    served.until(served.ready, "readiness")


def test_the_log_tells_nobody(served: Served) -> None:
    served.get("/login/?next=/secret-word/")
    served.until(lambda: "GET /login/ 200" in served.log.read_text(), "a line of the log")
    log = served.log.read_text()
    assert "secret-word" not in log
    assert "127.0.0.1" not in log.replace(served.url, "")


def test_the_taken_port_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(  # noqa: S603 (our own interpreter)
            [sys.executable, "-m", "shuzhi.web.cli", "serve", "--address", f"127.0.0.1:{port}"],
            capture_output=True,
            text=True,
            check=False,
            timeout=STARTED,
            env=os.environ | {"LANG": "en", "PYTHONPATH": "src"},
        )
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stdout


def test_the_memory_is_small(served: Served) -> None:
    family = [served.process, *served.process.children(recursive=True)]
    mib = sum(p.memory_info().rss for p in family) / 1024 / 1024
    assert mib < 400, f"{mib:.0f} MiB"


def test_it_stops_within_seconds(tmp_path: Path) -> None:
    with serving(tmp_path) as site:  # the others still need theirs, in whatever order they come
        assert site.stop() < STOPPED
        assert is_free("127.0.0.1", site.port)
        assert "Stopped." in site.log.read_text()


def test_lan_addresses_are_not_of_this_machine_alone() -> None:
    assert not [address for address in lan_addresses() if address.startswith("127.")]


def test_a_child_that_keeps_dying_is_given_longer_and_longer_pauses() -> None:
    said: list[str] = []
    child = Child("probe", [sys.executable, "-c", "raise SystemExit(3)"])
    child.start()
    pauses = []
    for _death in range(3):
        assert child.process
        child.process.wait()
        child.restart_when_due(said.append)
        pauses.append(child.pause)
        child.due = 0
        child.restart_when_due(said.append)
    assert pauses == [2.0, 4.0, 8.0]
    assert said[0] == "probe: exit 3, restart in 2 s"
    child.signal(signal.SIGKILL)
    assert child.process
    child.process.wait()
