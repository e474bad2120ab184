"""The matters room's own fixtures: mechanisms kept and offered to the whole county."""

from collections.abc import Iterator

import pytest

from shuzhi.catalogue.models import MechanismVersion
from shuzhi.catalogue.services import offer, sync_packs
from shuzhi.kernel.access import SYSTEM
from shuzhi.matters.mechanism import mechanism_of
from tests.cast import Cast


@pytest.fixture(autouse=True)
def fresh_mechanisms() -> Iterator[None]:
    """Forget mechanisms read in another test: their rows are gone."""
    mechanism_of.cache_clear()
    yield
    mechanism_of.cache_clear()


@pytest.fixture
def county(cast: Cast) -> Cast:
    """The cast, with every pack of the kind offered to the county."""
    sync_packs()
    names = MechanismVersion.objects.filter(kind="matter").values_list("mechanism", flat=True)
    for name in sorted(set(names)):
        offer(actor=SYSTEM, mechanism=name, unit=cast.county)
    return cast
