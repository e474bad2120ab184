"""Runs a piece of work in a process of its own, for its time and its memory."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Cost:
    """Seconds from start to end, and the most memory held, in MiB."""

    seconds: float
    mib: float


WATCH = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
status = subprocess.run(sys.argv[1:], check=False).returncode
seconds = time.perf_counter() - start
mib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(json.dumps([status, seconds, mib]))
"""


def python(*arguments: str) -> Cost:
    """What a Python process with these arguments costs; its failure is ours."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    command = [sys.executable, "-c", WATCH, sys.executable, *arguments]
    done = subprocess.run(  # noqa: S603 - this interpreter and our own modules
        command, check=True, capture_output=True, text=True, env=environment, cwd=ROOT
    )
    status, seconds, mib = json.loads(done.stdout.splitlines()[-1])
    if status:
        raise RuntimeError(f"{arguments} failed: {done.stderr[-2000:]}")
    return Cost(seconds, mib)


def score(scheme: Path, data: Path, out: Path, *more: str) -> Cost:
    """What `shuzhi score` costs, from files to files, start-up included."""
    return python("-m", "shuzhi.engine", "score", str(scheme), str(data), "--out", str(out), *more)
