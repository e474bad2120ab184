"""A responsibility letter: signed by both sides, then each item is owed and verified by itself."""

from collections.abc import Callable

import pytest

from shuzhi.kernel.errors import ForbiddenError, MissingFactError
from shuzhi.matters.models import Matter
from tests.matters.stories.tale import Tale, day

ITEMS = [
    {"item": "支部活动场所达标", "standard": "四个支部全部达标", "weight": "60", "due_on": day(90)},
    {"item": "党课按季开讲", "standard": "书记每季讲一次", "weight": "40", "due_on": day(200)},
]
SIGNED = {"signed_on": day(0), "signatory": "党总支书记"}


@pytest.fixture
def tale(tell: Callable[..., Tale]) -> Tale:
    return tell("responsibility-letter", "responsibility-item")


def letter(tale: Tale) -> Matter:
    home = tale.cast.communities[0]
    facts = {"basis": "镇党委年度工作要点", "items": ITEMS}
    return tale.open("commissioner", "responsibility-letter", home, "年度党建目标责任书", **facts)


def running(tale: Tale) -> Matter:
    matter = letter(tale)
    tale.step(matter, "secretary1", "sign", **SIGNED)
    tale.step(matter, "leader", "countersign", **SIGNED)
    return matter


def test_both_sign_before_anything_is_owed(tale: Tale) -> None:
    matter = letter(tale)
    tale.refused(matter, "commissioner", "sign", ForbiddenError, **SIGNED)
    tale.step(matter, "secretary1", "object", objection="四个支部有一个在外地")
    revised = [ITEMS[0] | {"standard": "三个支部全部达标"}, ITEMS[1]]
    tale.step(matter, "commissioner", "revise", items=revised)
    tale.step(matter, "secretary1", "sign", **SIGNED)
    assert not Matter.objects.filter(origin=matter).exists()
    tale.refused(matter, "secretary1", "countersign", ForbiddenError, **SIGNED)
    tale.step(matter, "leader", "countersign", **SIGNED)
    items = list(Matter.objects.filter(origin=matter).order_by("pk"))
    assert [row.title for row in items] == ["支部活动场所达标", "党课按季开讲"]
    assert items[0].facts["standard"] == "三个支部全部达标"
    assert [row.facts["weight"] for row in items] == ["60", "40"]
    assert {row.unit for row in items} == {tale.cast.communities[0]}
    assert tale.measures("letter", tale.cast.town)["signed"] == 1


def test_an_item_is_verified_by_others_or_recorded_as_not_done(tale: Tale) -> None:
    matter = running(tale)
    done, missed = Matter.objects.filter(origin=matter).order_by("pk")
    tale.refused(done, "secretary1", "report", MissingFactError)
    tale.step(done, "secretary1", "report", result="四个支部全部达标，照片附后")
    tale.refused(done, "secretary1", "verify", ForbiddenError, finding="属实")
    tale.step(done, "commissioner", "return", finding="第三支部没有挂牌")
    tale.step(done, "secretary1", "report", result="第三支部已经挂牌")
    tale.step(done, "commissioner", "verify", finding="到场看过")
    tale.refused(missed, "secretary1", "miss", ForbiddenError, finding="没讲")
    tale.step(missed, "leader", "miss", finding="第三季度没有讲")
    found = tale.measures("letter_item", tale.cast.town)
    assert (found["total"], found["done"], found["done_rate"]) == (2, 1, 50)
    tale.refused(matter, "secretary1", "settle", ForbiddenError, settlement="完成一项")
    assert tale.step(matter, "leader", "settle", settlement="两项完成一项") == "settled"


def test_a_letter_needs_a_basis_and_items(tale: Tale) -> None:
    home = tale.cast.communities[0]
    for facts in ({"items": ITEMS}, {"basis": "要点"}, {"basis": "要点", "items": []}):
        with pytest.raises(MissingFactError):
            tale.open("commissioner", "responsibility-letter", home, "责任书", **facts)
