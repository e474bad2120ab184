"""A pace for failed codes: one bucket a poll and process, never by address (a hall has one).

A right code always passes, so nobody can lock a hall out; the guesser is answered "too many".
With 300 slips among 29^10 codes, ten million guesses have a chance of one in 140,000.
"""

import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field

BURST = 40
PER_SECOND = 2.0


@dataclass
class Bucket:
    """Tokens that failed codes use up; refilled with time."""

    tokens: float = BURST
    since: float = field(default_factory=time.monotonic)

    def take(self, now: float) -> bool:
        """Use one token; tell whether there was one."""
        self.tokens = min(BURST, self.tokens + (now - self.since) * PER_SECOND)
        self.since = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


_lock = threading.Lock()
_buckets: defaultdict[str, Bucket] = defaultdict(Bucket)


def failed(poll: str) -> bool:
    """Note a failed code for a poll; return False when they come too fast."""
    with _lock:
        return _buckets[poll].take(time.monotonic())
