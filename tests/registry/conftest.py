"""What only the registry's tests need: somebody in post without any role."""

import pytest

from tests.cast import Cast, person


@pytest.fixture
def nobody(cast: Cast) -> Cast:
    """Add "nobody" (何闲, 邻镇), who has an account and a post and no role."""
    cast.people["nobody"] = person("何闲", cast.units["OTHER"], None, username="nobody")
    return cast
