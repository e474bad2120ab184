"""A real PostgreSQL of our own: temporary folder, unprivileged account, free port."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

OLDEST = 15
# A test's rows may be lost with the machine; only benchmarks ask for the real thing.
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@cache
def binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL server programs, or None."""
    found = sorted(
        (int(path.parts[-3]), path.parent)
        for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")
        if path.parts[-3].isdecimal()
    )
    if found and found[-1][0] >= OLDEST:
        return found[-1][1]
    return None


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _account() -> dict[str, Any]:
    """Return how to start a program unprivileged: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@dataclass(frozen=True)
class Server:
    """A running server; `url(name)` is the address of one of its databases."""

    folder: Path
    port: int

    def url(self, name: str = "postgres") -> str:
        return f"postgresql://shuzhi@127.0.0.1:{self.port}/{name}"

    def stop(self) -> None:
        """Stop at once and remove the folder."""
        _run("pg_ctl", "stop", "-D", self.data, "-m", "immediate", "-w")
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def data(self) -> Path:
        return self.folder / "data"


def start(*, durable: bool = False) -> Server:
    """Make a cluster and start it; `durable` keeps it as safe (and as slow) as in service."""
    folder = Path(tempfile.mkdtemp(prefix="shuzhi-postgres-"))
    if account := _account():
        os.chown(folder, account["user"], account["group"])
    server = Server(folder, free_port())
    _run(
        "initdb", "-D", server.data, "-U", "shuzhi", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"
    )
    options = f"-p {server.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= "
    options += "-c max_connections=200 " + ("" if durable else CARELESS)
    _run("pg_ctl", "start", "-D", server.data, "-w", "-l", folder / "log", "-o", options)
    return server


def _run(program: str, *args: str | Path) -> None:
    folder = binaries()
    if folder is None:
        raise RuntimeError("no PostgreSQL server programs")
    command = [str(folder / program), *map(str, args)]
    done = subprocess.run(  # noqa: S603 -- our own arguments
        command,
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        **_account(),
    )
    if done.returncode:
        raise RuntimeError(f"{program} failed:\n{done.stdout.decode(errors='replace')}")
