"""What every story needs: the packs on offer, people who act, time that passes."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from django.utils import timezone

from shuzhi.catalogue.packs import FOLDER
from shuzhi.catalogue.services import offer, sync_packs
from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.measures import measures
from shuzhi.kernel.uploads import FileKind, Received
from shuzhi.matters import services
from shuzhi.matters.models import Matter, MatterStep
from shuzhi.matters.queries.listing import seen
from shuzhi.registry.enums import Role
from shuzhi.registry.models import Person, Unit
from tests.cast import YEAR, Cast, person

PDF = Received("佐证.pdf", b"%PDF-1.7 evidence", FileKind.PDF)
PHOTO = Received("现场.jpg", b"\xff\xd8\xff photograph", FileKind.JPEG)


def today() -> date:
    """Return the day on which the story is played."""
    return timezone.localdate()


def day(ahead: int) -> str:
    """Return the date so many days ahead, as people type it."""
    return (today() + timedelta(days=ahead)).isoformat()


def _apart(folder: Path, mechanisms: Iterable[str]) -> Path:
    """Copy the packs of the story alone: reading them all takes longer than the story."""
    (folder / "told").mkdir(parents=True)
    for mechanism in mechanisms:
        (pack,) = FOLDER.glob(f"*/{mechanism}.yaml")
        copy(pack, folder / "told")
    return folder


class Tale:
    """The cast, and what they do."""

    def __init__(self, cast: Cast, folder: Path, *mechanisms: str) -> None:
        self.cast = cast
        sync_packs(folder=_apart(folder, mechanisms))
        for mechanism in mechanisms:
            offer(actor=SYSTEM, mechanism=mechanism, unit=cast.county)

    def join(self, part: str, unit: Unit, role: Role | None = None) -> Person:
        """Let somebody more stand in `unit`."""
        found = self.cast.people[part] = person(part, unit, role, username=part)
        return found

    def open(
        self,
        part: str,
        mechanism: str,
        unit: Unit,
        title: str,
        parties: Any = None,
        **facts: Any,
    ) -> Matter:
        """Open a matter as this part."""
        return services.open_matter(
            actor=self.cast.actor(part),
            mechanism=mechanism,
            unit=unit,
            title=title,
            facts=facts,
            parties=parties,
            year=YEAR,
        )

    def send(
        self, part: str, mechanism: str, units: Iterable[Unit], title: str, **facts: Any
    ) -> list[Matter]:
        """Open the same matter about many units at once."""
        return services.open_many(
            actor=self.cast.actor(part),
            mechanism=mechanism,
            units=list(units),
            title=title,
            facts=facts,
            year=YEAR,
        )

    def step(
        self,
        matter: Matter,
        part: str,
        step: str,
        parties: Any = None,
        **facts: Any,
    ) -> str:
        """Take a step as this part; return where the matter stands."""
        found = services.take_step(
            actor=self.cast.actor(part), matter=matter, step=step, facts=facts, parties=parties
        )
        matter.refresh_from_db()
        return found.state_key

    def refused(
        self,
        matter: Matter,
        part: str,
        step: str,
        error: type[RefusedError] = RefusedError,
        parties: Any = None,
        **facts: Any,
    ) -> str:
        """Check that the step is refused and changes nothing; return why."""
        before = (matter.state_id, matter.facts, matter.story.count())
        with pytest.raises(error) as caught:
            self.step(matter, part, step, parties, **facts)
        matter.refresh_from_db()
        assert (matter.state_id, matter.facts, matter.story.count()) == before
        return str(caught.value)

    def told(self, matter: Matter) -> MatterStep:
        """Return the latest entry of the matter's story."""
        return matter.story.latest("pk")

    def wait(self, matter: Matter, days: int) -> None:
        """Let so many days pass for the matter: its dates move into the past."""
        back = timedelta(days=days)
        for row in matter.deadlines.all():
            row.base, row.due_on, row.first_due = (
                row.base - back,
                row.due_on - back,
                row.first_due - back,
            )
            row.save()
        matter.refresh_from_db()
        if matter.due:
            Matter.objects.filter(pk=matter.pk).update(due=matter.due - back)
        matter.refresh_from_db()

    def measures(self, prefix: str, unit: Unit) -> dict[str, Any]:
        """Return what is counted of a kind in the year for `unit`, by the last part of its name."""
        found = measures(YEAR, [unit])
        return {
            name.removeprefix(f"{prefix}."): values[unit.code]
            for name, values in found.items()
            if name.startswith(f"{prefix}.")
        }

    def seen(self, part: str) -> set[Matter]:
        """Return the matters that this part may see."""
        return set(seen(self.cast.actor(part)))
