"""How much a fact may hold: by its type, unless the mechanism says otherwise."""

from decimal import Decimal
from typing import Any

import pytest

from shuzhi.kernel.uploads import FileKind, Received
from shuzhi.matters.facts import FactsError, read_facts
from shuzhi.matters.schema import Fact, FactType, MatterPlan, Words

WORDS = Words(zh="内容", en="Content")
PICTURE = Received("a.jpg", b"", FileKind.JPEG)
COLUMN = Fact(id="what", label=WORDS, type=FactType.TEXT)


def many(kind: FactType, number: int) -> Any:
    """Return a value of this size."""
    match kind:
        case FactType.PHOTO:
            return [PICTURE] * number
        case FactType.LIST:
            return [{"what": "好"}] * number
        case _:
            return "好" * number


def fault(fact: Fact, value: Any) -> str:
    """Return what is wrong with a value, nothing if it may stand."""
    plan = MatterPlan.model_construct(fields=(fact,), deadlines=())
    try:
        read_facts(plan, (), [fact.id], {fact.id: value})
    except FactsError as error:
        return error.faults[fact.id]
    return ""


@pytest.mark.parametrize(
    ("kind", "most"),
    [(FactType.TEXT, 200), (FactType.LONG, 5000), (FactType.PHOTO, 9), (FactType.LIST, 200)],
)
def test_the_usual_limit_and_the_mechanisms_own(kind: FactType, most: int) -> None:
    usual = Fact(id="it", label=WORDS, type=kind, columns=(COLUMN,))
    assert not fault(usual, many(kind, most))
    assert str(most) in fault(usual, many(kind, most + 1))
    own = usual.model_copy(update={"min": Decimal(2), "max": Decimal(3)})
    assert not fault(own, many(kind, 3))
    assert "3" in fault(own, many(kind, 4))
    assert "至少" in fault(own, many(kind, 1))


def test_a_number_has_no_limit_of_its_own() -> None:
    number = Fact(id="it", label=WORDS, type=FactType.INTEGER)
    assert not fault(number, 10**6)
    assert fault(number.model_copy(update={"max": Decimal(9)}), "10") == "不能大于 9"


@pytest.mark.parametrize("kind", [FactType.INTEGER, FactType.DECIMAL])
@pytest.mark.parametrize("value", ["9" * 10, "1e999999999", "-1e10", "1e-999999999"])
def test_a_number_too_long_for_a_column_is_said_at_once(kind: FactType, value: str) -> None:
    assert "最多 9 位" in fault(Fact(id="it", label=WORDS, type=kind), value)


def test_what_a_column_holds_may_stand() -> None:
    number = Fact(id="it", label=WORDS, type=FactType.DECIMAL)
    assert not any(
        fault(number, value) for value in ("0", "0.000000000", "100000000", "12.50", "1e8")
    )
