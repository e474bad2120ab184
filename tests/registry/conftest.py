"""What only the registry's tests need: somebody in post without any role."""

import pytest

from shuzhi.registry.models import Appointment
from tests.cast import Cast, person


@pytest.fixture
def nobody(cast: Cast) -> Cast:
    """Add "nobody" (何闲, 邻镇), who has an account and a post and no role."""
    cast.people["nobody"] = person("何闲", cast.units["OTHER"], None, username="nobody")
    return cast


def post_of(cast: Cast, part: str) -> Appointment:
    """Return the one post of a part."""
    return Appointment.objects.get(person=cast.people[part])
