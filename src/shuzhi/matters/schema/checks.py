"""What only the whole body shows: names that lead nowhere, states nobody reaches or leaves."""

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import ValidationError

from shuzhi.catalogue.services import words_of

from .names import name_faults
from .plan import MatterPlan
from .roads import road_faults
from .sense import sense_faults

Path = tuple[str | int, ...]
Fault = tuple[Path, str]  # where in the body, what is wrong and what would be right
CHECKS: tuple[Callable[[MatterPlan], Iterator[Fault]], ...] = (road_faults, sense_faults)


def faults_of(plan: MatterPlan) -> list[Fault]:
    """Return what is wrong with a body whose single parts are sound; nothing is good.

    Names come first: with a name that leads nowhere the rest would only repeat it.
    """
    return list(name_faults(plan)) or [fault for check in CHECKS for fault in check(plan)]


def check_body(body: dict[str, Any], _text: str) -> list[Fault]:
    """Return everything wrong with a pack's body, by path (the catalogue adds file and line)."""
    try:
        plan = MatterPlan.model_validate(body)
    except ValidationError as error:
        return [(tuple(found["loc"]), words_of(found)) for found in error.errors()]
    return faults_of(plan)
