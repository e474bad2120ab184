"""The cast that plays the stories."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.matters.stories.tale import Tale


@pytest.fixture
def tell(cast: Cast, tmp_path: Path) -> Callable[..., Tale]:
    """Return a tale in which the named mechanisms are on offer: `tell("handover-order")`."""
    return lambda *mechanisms: Tale(cast, tmp_path / "packs", *mechanisms)
