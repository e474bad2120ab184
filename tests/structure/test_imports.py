"""Outsiders enter a room through its doors only; the layers themselves are import-linter's."""

import grimp

from tests.structure.rooms import DOORS, LEVELS, LIBRARIES, ROOT


def trespasses(importer: str, imported: str) -> bool:
    """Say whether one module of ours reaches into another room past its doors."""
    _, room, *inside = imported.split(".")
    if importer.split(".")[1:2] == [room] or room in LIBRARIES or not inside:
        return False
    return inside[0] not in DOORS


def test_the_rule_itself() -> None:
    assert trespasses("shuzhi.appraisal.views", "shuzhi.ballots.models")
    assert trespasses("shuzhi.web.cli", "shuzhi.registry.models.unit")
    assert not trespasses("shuzhi.appraisal.views", "shuzhi.ballots.services.cast")
    assert not trespasses("shuzhi.ballots.views", "shuzhi.ballots.models")
    assert not trespasses("shuzhi.ballots.views", "shuzhi.kernel.audit.recording")


def test_every_import_enters_by_a_door() -> None:
    graph = grimp.build_graph(
        "shuzhi",
        exclude_type_checking_imports=True,
        cache_dir=None,
    )
    wrong = sorted(
        f"{importer} imports {imported}"
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if imported.count(".") and trespasses(importer, imported)
    )
    assert not wrong, "enter a room by services, queries, enums or events:\n" + "\n".join(wrong)


def test_import_linter_knows_the_same_rooms() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    listed = text.partition("layers = [")[2].partition("]")[0]
    lines = [line.strip(' ",').split("|") for line in listed.strip().splitlines()]
    levels = [tuple(room.strip(" ()") for room in line) for line in lines]
    assert levels == list(reversed(LEVELS))
