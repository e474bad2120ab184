"""Who acts in the demo's story: the same accounts that are printed, with their real grants."""

from functools import cache

from shuzhi.kernel.access import Actor, actor_for
from shuzhi.kernel.models import Account


def _actor(username: str) -> Actor:
    return actor_for(Account.objects.get(username=username))


class Crew:
    """The actors of the story, each with today's grants."""

    def __init__(self) -> None:
        self.organiser = _actor("organiser")
        self.commissioner = _actor("commissioner")
        self.leader = _actor("leader")
        self.desk = _actor("desk")
        self.inspector = _actor("inspector")
        self.secretary = cache(self._secretary)

    def _secretary(self, code: str) -> Actor:
        """Return the secretary of the community with this code (TOWN-07 → secretary07)."""
        return _actor(f"secretary{code.removeprefix('TOWN-')}")
