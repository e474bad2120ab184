"""A product that really runs: `shuzhi serve` in processes of its own, on a folder of its own."""

import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from .postgres import free_port

SHUZHI = (sys.executable, "-m", "shuzhi.web.cli")
PATIENCE = 120  # seconds until a start counts as failed
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Site:
    """One installation: `var` is its runtime folder, `database` its PostgreSQL address or ""."""

    var: Path
    database: str = ""
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def hall(self) -> str:
        """The address that a phone on the hotspot would use: plain HTTP, and not this machine's."""
        return f"http://hall.test:{self.port}"

    @property
    def sqlite(self) -> Path:
        """The database file, where the site has one; beside it -wal and -shm."""
        return self.var / "shuzhi.sqlite3"

    @property
    def log(self) -> Path:
        """What the server said."""
        return self.var / "serve.log"

    def environment(self) -> dict[str, str]:
        """Return the environment in which this site's commands run."""
        ours = {"SHUZHI_VAR": str(self.var), "PYTHONPATH": str(ROOT / "src"), "LANG": "zh_CN.UTF-8"}
        ours |= {"DATABASE_URL": self.database, "DJANGO_SETTINGS_MODULE": "shuzhi.web.settings"}
        return os.environ | ours

    def shuzhi(self, *arguments: str | Path) -> str:
        """Run a command of the product on this site and return what it prints."""
        return self._output([*SHUZHI, *map(str, arguments)])

    def python(self, code: str) -> str:
        """Run Python with Django set up on this site, and return what it prints."""
        return self._output([sys.executable, "-c", f"import django\ndjango.setup()\n{code}"])

    def _output(self, command: list[str]) -> str:
        done = subprocess.run(  # noqa: S603 -- our own command
            command, env=self.environment(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise AssertionError(f"exit code {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def start(self) -> None:
        """Serve, and return when the site answers."""
        self.var.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 -- our own command
                [*SHUZHI, "serve", "--address", f"127.0.0.1:{self.port}"],
                env=self.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the site does not start:\n{self.log.read_text('utf-8')}")
            time.sleep(0.05)

    def answers(self) -> bool:
        """Say whether the site answers a request."""
        try:
            return bool(self.get("/healthz"))
        except OSError:
            return False

    def get(self, path: str) -> int:
        """Request a page without a session and return the status."""
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    def processes(self) -> list[psutil.Process]:
        """Return the server's processes, the parent first."""
        if self.process is None or self.process.poll() is not None:
            return []
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def memory(self) -> int:
        """Return the memory that the processes hold for themselves together, in bytes."""
        return sum(process.memory_full_info().uss for process in self.processes())

    def kill(self) -> None:
        """End all processes at once as a power cut would: no handler of theirs runs."""
        doomed = self.processes()
        # The parent first stands still: it starts no worker again, and none sees it gone.
        with suppress(IndexError, psutil.NoSuchProcess):
            doomed[0].suspend()
        for process in reversed(doomed):
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(doomed[1:])
        if self.process:
            self.process.wait()
        self.process = None

    def stop(self) -> None:
        """Stop as an operator does; whatever is left after that is killed."""
        started = self.processes()
        if self.process:
            self.process.terminate()
        _gone, left = psutil.wait_procs(started, timeout=15)
        for process in left:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        if self.process:
            self.process.wait()
        self.process = None

    def kept(self) -> set[Path]:
        """Return every file that the site keeps, and uploads that wait to be read."""
        ours = {file for file in self.var.rglob("*") if file.is_file()}
        return ours | set(Path(tempfile.gettempdir()).glob("*.upload*"))

    def copy(self, var: Path, database: str = "") -> "Site":
        """Return a site on a copy of this one's folder; this one must not be running."""
        shutil.copytree(self.var, var)
        return Site(var, database)
