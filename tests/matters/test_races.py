"""Two people act on one matter at once: one wins, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from shuzhi.catalogue.services import offer, sync_packs
from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.errors import RefusedError, StateError
from shuzhi.matters.models import Matter, MatterState
from shuzhi.matters.services import Share, ask_extension, decide_extension, split, take_step
from tests.cast import build_cast
from tests.matters.test_handover import PHOTO, issue, step

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 4
OWNERS = ("secretary1", "secretary2", "secretary3")
RESULT = "公开栏已更新，并定了每月五日更新的制度。"


def at_once(work: Any) -> list[Any]:
    """Run `work(number)` in threads let go together; return results or refusals."""
    start = Barrier(THREADS)

    def one(number: int) -> Any:
        start.wait(10)
        try:
            return work(number)
        except RefusedError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def test_one_signs_the_others_are_told() -> None:
    cast = build_cast()
    sync_packs()
    offer(actor=SYSTEM, mechanism="handover-order", unit=cast.county)
    matter, actor = issue(cast), cast.actor("secretary1")
    found = at_once(
        lambda _n: take_step(actor=actor, matter=Matter.objects.get(pk=matter.pk), step="sign")
    )
    refused = [one for one in found if isinstance(one, StateError)]
    assert len(refused) == THREADS - 1
    assert "刷新" in str(refused[0].message)
    assert matter.story.filter(step="sign").count() == 1
    asked = at_once(
        lambda n: ask_extension(
            actor=actor, matter=matter, deadline="finish", days=n + 1, reason="雨季停工"
        )
    )
    assert sum(isinstance(one, StateError) for one in asked) == THREADS - 1
    extension = next(one for one in asked if not isinstance(one, RefusedError))
    chief = cast.actor("commissioner")
    decided = at_once(lambda _n: decide_extension(actor=chief, extension=extension, approve=True))
    assert sum(isinstance(one, StateError) for one in decided) == THREADS - 1
    matter.refresh_from_db()
    assert matter.extensions == 1


def test_parts_that_end_at_once_end_the_whole() -> None:
    cast = build_cast()
    sync_packs()
    offer(actor=SYSTEM, mechanism="handover-order", unit=cast.county)
    chief, whole = cast.actor("commissioner"), step(cast, issue(cast), "sign", "secretary1")
    owners = {**dict(zip(OWNERS, cast.communities, strict=False)), "outsider": cast.units["OTHER"]}
    parts = split(actor=chief, matter=whole, shares=[Share(unit) for unit in owners.values()])
    for part, owner in zip(parts, owners, strict=True):
        step(
            cast, step(cast, part, "sign", owner), "report", owner, result=RESULT, evidence=[PHOTO]
        )
    found = at_once(
        lambda n: take_step(
            actor=chief,
            matter=Matter.objects.get(pk=parts[n].pk),
            step="accept",
            facts={"finding": "到场看过，属实。"},
        )
    )
    assert not [one for one in found if isinstance(one, RefusedError)]
    whole.refresh_from_db()
    assert whole.state_key == "reported", "whoever checked last has seen that none is left"
    assert whole.story.filter(step="gather").count() == 1


def test_the_database_holds_only_states_of_the_version() -> None:
    cast = build_cast()
    sync_packs()
    offer(actor=SYSTEM, mechanism="handover-order", unit=cast.county)
    matter = step(cast, issue(cast), "sign", "secretary1")
    foreign = MatterState.objects.create(
        code="other@1:closed", version=matter.state.version, key="closed", label="x",
        label_en="x", kind="done", position=1,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Matter.objects.filter(pk=matter.pk).update(state=foreign)
