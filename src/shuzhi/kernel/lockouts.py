"""Lock-outs after many wrong passwords: django-axes keeps them, this lifts one."""

from axes.utils import reset


def lift_lockout(username: str) -> None:
    """Let a user name try again at once; without a lock-out nothing happens."""
    reset(username=username)
