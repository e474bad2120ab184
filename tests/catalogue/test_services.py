"""Versions are kept once and never change; offering reaches a subtree."""

from pathlib import Path
from typing import Any

import pytest

from shuzhi.catalogue import queries, services
from shuzhi.catalogue.models import MechanismVersion
from shuzhi.kernel.errors import ForbiddenError, RefusedError
from shuzhi.kernel.models import AuditEvent
from tests.cast import Cast
from tests.catalogue.test_packs import SOUND


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "review").mkdir()
    (tmp_path / "review" / "simple-ballot.yaml").write_text(SOUND, "utf-8")
    return tmp_path


def test_packs_are_kept_once(db: None, folder: Path) -> None:
    assert services.sync_packs(folder=folder).kept == ("simple-ballot@1",)
    again = services.sync_packs(folder=folder)
    assert again == services.SyncReport((), ())
    assert AuditEvent.objects.filter(kind="catalogue.version_kept").count() == 1


def test_a_kept_version_never_changes(db: None, folder: Path) -> None:
    services.sync_packs(folder=folder)
    file = folder / "review" / "simple-ballot.yaml"
    text = SOUND.replace("quorum_percent: 80", "quorum_percent: 70")
    file.write_text(text, "utf-8")
    assert services.sync_packs(folder=folder).changed == ("simple-ballot@1",)
    pack = queries.mechanism("simple-ballot")
    assert pack
    assert pack.body["quorum_percent"] == 80


def test_a_new_version_stands_beside_the_old(db: None, folder: Path) -> None:
    services.sync_packs(folder=folder)
    file = folder / "review" / "simple-ballot.yaml"
    text = SOUND.replace("quorum_percent: 80", "quorum_percent: 70").replace(
        "version: 1\n", "version: 2\n"
    )
    file.write_text(text, "utf-8")
    services.sync_packs(folder=folder)
    assert [row.version for row in queries.latest()] == [2]
    old, new = queries.mechanism("simple-ballot", 1), queries.mechanism("simple-ballot")
    assert old
    assert new
    assert (old.body["quorum_percent"], new.body["quorum_percent"]) == (80, 70)


def test_check_tells_every_fault(folder: Path) -> None:
    assert services.check_packs() == []
    (folder / "review" / "simple-ballot.yaml").write_text(
        SOUND.replace("kind: gathering", "kind: dance"), "utf-8"
    )
    (found,) = services.check_packs(folder)
    assert found.startswith("review/simple-ballot.yaml:2: kind: ")


def test_an_unknown_mechanism_is_none(db: None) -> None:
    assert queries.mechanism("nothing") is None


def test_offering_reaches_the_subtree_and_no_further(cast: Cast, folder: Path) -> None:
    services.sync_packs(folder=folder)
    offering = services.offer(
        actor=cast.actor("commissioner"), mechanism="simple-ballot", unit=cast.town
    )
    assert queries.offered_to(cast.units["TOWN-02"]) == {"simple-ballot"}
    assert queries.offered_to(cast.units["OTHER"]) == set()
    assert queries.offered_to(cast.county) == set()
    services.withdraw(actor=cast.actor("commissioner"), offering=offering)
    assert queries.offered_to(cast.units["TOWN-02"]) == set()
    with pytest.raises(RefusedError, match="已经停用"):
        services.withdraw(actor=cast.actor("commissioner"), offering=offering)


def test_what_cannot_be_offered(cast: Cast, folder: Path) -> None:
    services.sync_packs(folder=folder)
    commissioner = cast.actor("commissioner")
    with pytest.raises(ForbiddenError):
        services.offer(actor=commissioner, mechanism="simple-ballot", unit=cast.units["OTHER"])
    with pytest.raises(ForbiddenError):
        services.offer(actor=cast.actor("leader"), mechanism="simple-ballot", unit=cast.town)
    with pytest.raises(RefusedError, match="制度库里没有"):
        services.offer(actor=commissioner, mechanism="nothing", unit=cast.town)
    services.offer(actor=commissioner, mechanism="simple-ballot", unit=cast.town)
    with pytest.raises(RefusedError, match="已经启用"):
        services.offer(actor=commissioner, mechanism="simple-ballot", unit=cast.town)
    assert MechanismVersion.objects.count() == 1


def test_an_own_version_is_kept_and_offered_on_record(cast: Cast) -> None:
    commissioner = cast.actor("commissioner")
    own: dict[str, Any] = {"actor": commissioner, "unit": cast.town, "mechanism": "simple-ballot"}
    services.keep_version(**own, text=SOUND)
    assert queries.offered_to(cast.units["TOWN-02"]) == {"simple-ballot"}
    kinds = ["catalogue.version_kept", "catalogue.offered"]
    assert list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True)) == kinds
    services.keep_version(**own, text=SOUND.replace("version: 1\n", "version: 2\n"))
    assert AuditEvent.objects.filter(kind="catalogue.offered").count() == 1
