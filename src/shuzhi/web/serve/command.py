"""`shuzhi serve`: prepare the database, start the children, say where to find the product."""

import argparse
import os
import resource
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence

from shuzhi.engine.say import speaks_chinese
from shuzhi.kernel.addresses import lan_addresses
from shuzhi.web.cli import FAILED

from .addresses import is_free
from .parent import Child, Parent

# granian counts a kept-alive connection as work in progress: a hall of phones holds thousands.
CONNECTIONS = 8192
THREADS = 8  # each holds one database connection and its page cache
STARTED_WITHIN = 60
# No address, no query: a line of the log tells that something was asked, never who asked.
ACCESS_LINE = "%(time)s %(method)s %(path)s %(status)d %(dt_ms).1f ms"


def _say(chinese: str, english: str) -> None:
    sys.stdout.write((chinese if speaks_chinese() else english) + "\n")
    sys.stdout.flush()


def _arguments(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("shuzhi serve")
    parser.add_argument("--address", default="127.0.0.1:8000", help="HOST:PORT (127.0.0.1:8000)")
    parser.add_argument("--lan", action="store_true", help="serve the hall's network (0.0.0.0)")
    parser.add_argument("--workers", type=int, help="web processes (PostgreSQL only)")
    parser.add_argument("--quiet", action="store_true", help="no access log")
    return parser.parse_args(given)


def _web_processes(asked: int | None) -> int:
    """SQLite has one writer, so one process; PostgreSQL as many as there are cores, up to 4."""
    if not os.environ.get("DATABASE_URL"):
        return 1
    return asked or min(4, os.cpu_count() or 1)


def _granian(host: str, port: int, processes: int, *, quiet: bool) -> list[str]:
    log = [] if quiet else ["--access-log", "--access-log-fmt", ACCESS_LINE]
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--http", "1"),
        *("--host", host, "--port", str(port), "--workers", str(processes)),
        *("--blocking-threads", str(THREADS), "--runtime-mode", "st"),
        *("--backlog", str(CONNECTIONS), "--backpressure", str(CONNECTIONS * processes)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5", "--log-level", "error"),
        *log,
        "shuzhi.web.wsgi:application",
    ]


def _ours(name: str) -> list[str]:
    return [sys.executable, "-m", "shuzhi.web.cli", name]


def _raise_file_limit() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _wait_until_up(url: str) -> bool:
    deadline = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 (our own address)
                return True
        except urllib.error.HTTPError:
            return True  # it answers; whether all is well is for /healthz to say
        except OSError:
            time.sleep(0.1)
    return False


def _announce(port: int, *, lan: bool) -> None:
    local = f"http://127.0.0.1:{port}"
    if not _wait_until_up(f"{local}/healthz"):
        _say(
            "服务还没有应答，请查看上面的日志。",
            "No answer yet; see the log above.",
        )
        return
    _say(f"已启动：{local}", f"Serving: {local}")
    for address in lan_addresses() if lan else []:
        _say(f"会场手机:http://{address}:{port}", f"Phones in the hall: http://{address}:{port}")


def main(given: Sequence[str]) -> int:
    """Serve until told to stop."""
    options = _arguments(given)
    host, _colon, port_text = options.address.rpartition(":")
    host, port = "0.0.0.0" if options.lan else host or "127.0.0.1", int(port_text)  # noqa: S104
    if not is_free(host, port):
        _say(f"端口 {port} 已被占用，请换一个:--address", f"Port {port} is taken: see --address")
        return FAILED
    if subprocess.call(_ours("migrate")) != 0:  # noqa: S603 (our own command)
        return FAILED
    _raise_file_limit()
    processes = _web_processes(options.workers)
    web = Child("web", _granian(host, port, processes, quiet=options.quiet))
    tasks = Child("tasks", _ours("worker"))
    notice = lambda line: _say(line, line)  # noqa: E731
    Parent([web, tasks], notice).run(lambda: _announce(port, lan=options.lan))
    _say("已停止。", "Stopped.")
    return 0
