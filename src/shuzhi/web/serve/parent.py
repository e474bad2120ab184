"""A parent that keeps its children alive and stops them within seconds."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

PR_SET_PDEATHSIG = 1  # Linux: the child is told when its parent dies
STOP_SECONDS = 8
STEADY_SECONDS = 60  # after this long a child counts as healthy again
LONGEST_PAUSE = 30
LOOK_SECONDS = 0.2


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process that must run; its pause before a restart doubles while it keeps dying."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    pause: float = 1.0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 (our own command, no shell)
            self.command,
            env=os.environ | dict(self.environment),
            start_new_session=True,  # Ctrl-C reaches the parent alone, who stops in order
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
        )

    def signal(self, number: int) -> None:
        """Signal the child and what it has started."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def restart_when_due(self, say: Callable[[str], None]) -> None:
        """Start again what died, after its pause."""
        now = time.monotonic()
        if self.process is not None and self.ended():
            self.signal(signal.SIGKILL)  # nothing of it may linger at the port
            steady = now - self.started > STEADY_SECONDS
            self.pause = 1.0 if steady else min(self.pause * 2, LONGEST_PAUSE)
            say(f"{self.name}: exit {self.process.returncode}, restart in {self.pause:.0f} s")
            self.process, self.due = None, now + self.pause
        elif self.process is None and now >= self.due:
            self.start()


class Parent:
    """Runs children until told to stop (SIGTERM, SIGINT)."""

    def __init__(self, children: Sequence[Child], say: Callable[[str], None]) -> None:
        self.children = children
        self.say = say
        self.stopping = False

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def run(self, when_started: Callable[[], None]) -> None:
        """Start all, keep them running, stop them when a signal comes."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for child in self.children:
            child.start()
        try:
            when_started()
            while not self.stopping:
                time.sleep(LOOK_SECONDS)
                for child in self.children:
                    child.restart_when_due(self.say)
        finally:
            self.stop_all()

    def stop_all(self) -> None:
        """Ask all to end, wait, then end what has not."""
        for child in self.children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline and not all(map(_gone, self.children)):
            time.sleep(0.05)
        for child in self.children:
            child.signal(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()


def _gone(child: Child) -> bool:
    return child.process is None or child.ended()
