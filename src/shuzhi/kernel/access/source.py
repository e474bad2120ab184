"""Where the kernel learns who acts: whoever keeps appointments installs the answer at start-up."""

from collections.abc import Callable
from typing import Any

from .actor import Actor

Source = Callable[[Any], Actor]
_installed: list[Source] = []


def install_source(source: Source) -> None:
    """Install the function that turns an account into an actor with today's grants."""
    _installed[:] = [source]


def actor_for(account: Any) -> Actor:
    """Return the actor behind `account`, with the grants that hold today; none if anonymous."""
    if not account.is_authenticated:
        return Actor(account_id=None, name="")
    return _installed[0](account)
