"""The log proves what stands, and points at the record when something was changed in SQL."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from shuzhi.engine import merkle
from shuzhi.kernel import keys
from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.audit import (
    EventKind,
    erase_personal,
    record,
    register_events,
    register_witness,
    witnesses,
)
from shuzhi.kernel.audit.cli import main
from shuzhi.kernel.audit.exporting import export_lines, verify_lines
from shuzhi.kernel.audit.log import (
    current_head,
    prove_consistency,
    prove_inclusion,
    verify_log,
)
from shuzhi.kernel.audit.problems import Fault, Problem
from shuzhi.kernel.audit.sequencer import read_state, sequence_committed, stored_tree
from shuzhi.kernel.audit.signing import is_signed_by, own_signer
from shuzhi.kernel.models import AuditAside, AuditEvent, LogHead, LogState, LogTile, StoredFile
from shuzhi.kernel.writes import writing
from shuzhi.registry.models import Period

pytestmark = pytest.mark.django_db

KINDS = [
    EventKind("test.opened", "打开", personal=frozenset({"phone"})),
    EventKind("test.step", "办理"),
]
register_events(KINDS)


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, settings: Settings) -> None:
    settings.KEYS_ROOT = tmp_path / "keys"


@pytest.fixture
def witnessed() -> Iterator[None]:
    """Let the log witness stored files, by name and by size."""
    register_witness(StoredFile, lambda file: {"名称": file.name, "大小": file.size})
    yield
    del witnesses._witnesses["kernel.storedfile"]


def _year(year: int, state: str = "open") -> Period:
    period = Period.objects.create(year=year, state=state)
    facts = {"state": state, "phone": f"138-0000-{year}"}
    record("test.opened", period, actor=SYSTEM, after=facts)
    return period


def _log(count: int = 6) -> list[AuditEvent]:
    """Record `count` events, a head in the middle and one at the end."""
    for number in range(count):
        _year(2000 + number)
        if number == count // 2:
            current_head()
    current_head()
    return list(AuditEvent.objects.order_by("position"))


def _sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _found() -> list[tuple[Fault, int | None]]:
    return [(problem.fault, problem.position) for problem in verify_log().problems]


def _file() -> StoredFile:
    return StoredFile.objects.create(name="甲", media_type="text/csv", size=3, sha256="0" * 64)


# What stands


def test_an_empty_log_is_sound() -> None:
    assert verify_log().sound
    assert current_head().size == 0
    assert verify_log().sound


def test_events_are_numbered_without_gaps_and_the_head_is_their_root() -> None:
    events = _log()
    assert [event.position for event in events] == list(range(6))
    head = current_head()
    leaves = [event.payload.encode() for event in events]
    assert head.root_hex == merkle.root(leaves).hex()
    assert is_signed_by(head, own_signer().public_hex)
    assert head.key_id == own_signer().key_id
    report = verify_log()
    assert (report.sound, report.size, report.heads, report.sealed) == (True, 6, 2, True)


def test_a_payload_is_canonical_and_holds_no_personal_fact() -> None:
    event = _log(1)[0]
    facts = json.loads(event.payload)
    assert "138-0000" not in event.payload
    assert set(facts) == {"v", "id", "kind", "subject", "actor", "at", "before", "after", "aside"}
    assert list(facts) == sorted(facts)
    assert event.after == {"state": "open"}
    assert json.loads(event.aside.facts)["after"] == {"phone": "138-0000-2000"}


def test_nothing_new_makes_no_new_head() -> None:
    _log(2)
    assert current_head() == current_head()
    assert LogHead.objects.filter(size=2).count() == 1


def test_facts_are_exact() -> None:
    period = Period.objects.create(year=2000)
    after = {"score": Decimal("87.35"), "day": date(2026, 1, 5), "huge": 2**60, "list": (1, None)}
    record("test.step", period, actor=SYSTEM, after=after)
    assert AuditEvent.objects.get().after == {
        "score": "87.35",
        "day": "2026-01-05",
        "huge": str(2**60),
        "list": [1, None],
    }
    with pytest.raises(TypeError, match="float"):
        record("test.step", period, actor=SYSTEM, after={"score": 87.35})


def test_an_unknown_kind_and_a_deleted_subject_are_errors() -> None:
    period = Period.objects.create(year=2000)
    with pytest.raises(KeyError):
        record("test.unheard", period, actor=SYSTEM)
    period.delete()
    with pytest.raises(ValueError, match="before its subject"):
        record("test.step", period, actor=SYSTEM)


def test_a_verb_rolled_back_leaves_no_event() -> None:
    with pytest.raises(ZeroDivisionError), writing():
        _year(1 // 0)
    assert not AuditEvent.objects.exists()


def test_proofs_hold_against_signed_heads() -> None:
    events = _log()
    for event in events:
        proof = prove_inclusion(event)
        assert proof.holds()
        assert proof.head.size == 6
    assert prove_consistency(4).holds()
    assert prove_consistency(4, 6).path == prove_consistency(4).path


def test_the_hash_is_chosen_at_birth(settings: Settings) -> None:
    settings.LOG_HASH = "sm3"
    events = _log(3)
    leaves = [event.payload.encode() for event in events]
    assert current_head().root_hex == merkle.root(leaves, digest=merkle.sm3).hex()
    settings.LOG_HASH = "sha256"
    _year(2100)
    assert current_head().algorithm == "sm3"
    assert verify_log().sound
    assert prove_consistency(3).holds()


def test_many_leaves_are_read_from_tiles() -> None:
    period = Period.objects.create(year=2000)
    for number in range(700):
        record("test.step", period, actor=SYSTEM, after={"n": number})
        if number in {200, 511}:
            sequence_committed()
    head = current_head()
    events = list(AuditEvent.objects.order_by("position"))
    assert list(LogTile.objects.values_list("level", "index")) == [(8, 0), (8, 1)]
    assert head.root_hex == merkle.root([event.payload.encode() for event in events]).hex()
    assert all(prove_inclusion(event).holds() for event in events[::97])
    tree = stored_tree(read_state())
    for first in (1, 255, 256, 257, 512, 699):
        path = [step.hex() for step in tree.consistency(first, 700)]
        leaves = [event.payload.encode() for event in events]
        assert path == [step.hex() for step in merkle.consistency_proof(leaves, first)]
    with connection.execute_wrapper(_Counter()) as _unused:
        tree.root(700)
    assert verify_log().sound


class _Counter:
    """Lets a root of 700 leaves read no more than a few short rows."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        self.count += 1
        assert self.count <= 8
        return execute(sql, params, many, context)


def test_events_not_numbered_yet_are_told_apart() -> None:
    _log(2)
    _year(2100)
    report = verify_log()
    assert (report.sound, report.size, report.waiting) == (True, 2, 1)


def test_a_new_key_continues_the_log() -> None:
    _log(3)
    keys.destroy_key("log-signing")
    without = verify_log()
    assert (without.sound, without.sealed) == (True, False)
    _year(2100)
    assert current_head().size == 4
    assert verify_log().sound


# What is pointed at


def test_an_altered_payload() -> None:
    event = _log()[2]
    _sql(
        "UPDATE kernel_auditevent SET payload = replace(payload, %s, %s) WHERE id = %s",
        '"open"',
        '"shut"',
        event.pk,
    )
    (problem, *others) = verify_log().problems
    assert (problem.fault, problem.position) == (Fault.ALTERED, 2)
    assert "第 2 条" in problem.message
    assert "打开" in problem.message
    assert [other.fault for other in others] == [Fault.STATE]  # the year is still open


def test_an_altered_payload_with_its_leaf_recomputed() -> None:
    event = _log()[2]
    payload = event.payload.replace('"open"', '"shut"')
    leaf = merkle.leaf_hash(payload.encode()).hex()
    _sql("UPDATE kernel_auditevent SET payload=%s, leaf=%s WHERE id=%s", payload, leaf, event.pk)
    assert (Fault.ALTERED, 2) in _found()


def test_an_altered_payload_without_the_key_at_hand() -> None:
    event = _log()[2]
    payload = event.payload.replace('"open"', '"shut"')
    leaf = merkle.leaf_hash(payload.encode()).hex()
    _sql("UPDATE kernel_auditevent SET payload=%s, leaf=%s WHERE id=%s", payload, leaf, event.pk)
    keys.destroy_key("log-signing")
    problem = verify_log().problems[0]
    assert (problem.fault, problem.position) == (Fault.HEAD, 0)
    assert "第 0 至第 3 条" in problem.message  # between two heads, more is not to be known


@pytest.mark.parametrize(
    ("column", "value"),
    [("kind", "test.step"), ("subject_id", "77"), ("at", "2020-01-01 00:00:00+00:00")],
)
def test_an_altered_column(column: str, value: str) -> None:
    event = _log()[4]
    AuditEvent.objects.filter(pk=event.pk).update(**{column: value})
    assert _found() == [(Fault.ALTERED, 4)]


def test_a_damaged_payload() -> None:
    event = _log()[1]
    _sql("UPDATE kernel_auditevent SET payload='{' WHERE id=%s", event.pk)
    assert set(_found()) == {(Fault.ALTERED, 1)}


def test_a_deleted_record() -> None:
    event = _log()[3]
    AuditAside.objects.filter(event=event).delete()
    _sql("DELETE FROM kernel_auditevent WHERE id=%s", event.pk)
    assert _found() == [(Fault.MISSING, 3)]


def test_a_log_cut_at_its_end() -> None:
    events = _log()
    AuditAside.objects.filter(event__position__gte=4).delete()
    _sql("DELETE FROM kernel_auditevent WHERE position >= 4")
    LogState.objects.update(size=4)
    assert _found() == [(Fault.MISSING, 4)]
    assert len(events) == 6


def test_two_records_exchanged() -> None:
    first, second = _log()[1], _log_event(4)
    _sql("UPDATE kernel_auditevent SET position=NULL WHERE id=%s", first.pk)
    _sql("UPDATE kernel_auditevent SET position=1 WHERE id=%s", second.pk)
    _sql("UPDATE kernel_auditevent SET position=4 WHERE id=%s", first.pk)
    assert _found() == [(Fault.REORDERED, 1), (Fault.REORDERED, 4)]
    assert "原为第 4 条" in verify_log().problems[0].message


def _log_event(position: int) -> AuditEvent:
    return AuditEvent.objects.get(position=position)


def test_an_altered_personal_part() -> None:
    event = _log()[2]
    _sql(
        "UPDATE kernel_auditaside SET facts = replace(facts, '138', '139') WHERE event_id=%s",
        event.pk,
    )
    assert _found() == [(Fault.PERSONAL, 2)]


def test_a_personal_part_removed_in_secret_and_by_law() -> None:
    events = _log()
    erased = Period.objects.get(year=2001)
    assert erase_personal(erased, actor=SYSTEM, reason="本人申请") == 1
    current_head()
    assert verify_log().sound
    assert not AuditAside.objects.filter(event=events[1]).exists()
    assert AuditEvent.objects.get(position=1).payload == events[1].payload
    AuditAside.objects.filter(event=events[2]).delete()
    assert _found() == [(Fault.PERSONAL, 2)]


def test_a_state_changed_in_the_database() -> None:
    _log()
    _sql("UPDATE registry_period SET state='closed' WHERE year=2003")
    (problem,) = verify_log().problems
    assert problem.fault is Fault.STATE
    assert str(Period.objects.get(year=2003).pk) in problem.record


def test_a_forged_head() -> None:
    _log()
    LogHead.objects.filter(size=6).update(root="0" * 64)
    faults = _found()
    assert (Fault.HEAD, 6) in faults


def test_a_printed_head_that_no_longer_fits() -> None:
    _log()
    mark = current_head().mark
    assert verify_log([mark]).sound
    size, root = mark.split(":")
    other = f"{size}:{'0' * len(root)}"
    assert [problem.fault for problem in verify_log([other]).problems] == [Fault.HEAD]
    assert [problem.fault for problem in verify_log([f"99:{root}"]).problems] == [Fault.MISSING]


# Witnessed rows


def _problems() -> list[Problem]:
    return verify_log().problems


@pytest.mark.usefixtures("witnessed")
def test_content_is_digested_when_the_verb_has_written_all() -> None:
    with writing():
        file = _file()
        record("test.step", file, actor=SYSTEM)
        StoredFile.objects.filter(pk=file.pk).update(name="乙")  # after the event, same verb
    assert verify_log().sound
    assert "乙" not in "".join(AuditEvent.objects.values_list("payload", flat=True))


@pytest.mark.usefixtures("witnessed")
def test_content_changed_in_the_database_is_named_by_part() -> None:
    file = _file()
    record("test.step", file, actor=SYSTEM)
    current_head()
    _sql("UPDATE kernel_storedfile SET size = 4 WHERE id=%s", file.pk)
    (problem,) = _problems()
    assert (problem.fault, problem.position) == (Fault.CONTENT, 1)
    assert "大小" in problem.message
    assert "名称" not in problem.message


@pytest.mark.usefixtures("witnessed")
def test_a_lawful_change_is_sound_again() -> None:
    file = _file()
    record("test.step", file, actor=SYSTEM)
    StoredFile.objects.filter(pk=file.pk).update(size=4)
    assert [problem.fault for problem in _problems()] == [Fault.CONTENT]
    record("test.step", file, actor=SYSTEM)
    assert verify_log().sound


@pytest.mark.usefixtures("witnessed")
def test_a_witnessed_row_deleted_in_secret_and_by_a_verb() -> None:
    first, second = _file(), _file()
    for file in (first, second):
        record("test.step", file, actor=SYSTEM)
    with writing():
        record("test.step", first, actor=SYSTEM)
        StoredFile.objects.filter(pk=first.pk).delete()
    assert verify_log().sound
    _sql("DELETE FROM kernel_storedfile WHERE id=%s", second.pk)
    assert [problem.fault for problem in _problems()] == [Fault.MISSING]


@pytest.mark.usefixtures("witnessed")
def test_a_witnessed_row_put_in_unseen() -> None:
    record("test.step", _file(), actor=SYSTEM)
    _file()
    assert [problem.fault for problem in _problems()] == [Fault.UNRECORDED]


# Files and the command line


def test_an_export_is_verified_without_the_database(tmp_path: Path) -> None:
    _log()
    lines = list(export_lines())
    assert verify_lines(lines).sound
    assert "138-0000" not in "".join(lines)
    altered = [*lines[:3], lines[3].replace('"open"', '"shut"'), *lines[4:]]
    (problem,) = verify_lines(altered).problems
    assert "第 0 至第 3 条" in problem.message
    assert [problem.fault for problem in verify_lines(lines[:-1]).problems] == [Fault.MISSING]
    assert tmp_path.exists()


def _run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str]:
    code = main(argv)
    return code, capsys.readouterr().out


def test_the_command_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    event = _log()[2]
    code, out = _run(capsys, "head", "--json")
    assert (code, json.loads(out)["mark"]) == (0, current_head().mark)
    code, out = _run(capsys, "verify", "--json", "--head", current_head().mark)
    assert (code, json.loads(out)["sound"]) == (0, True)
    code, out = _run(capsys, "prove", event.public_id, "--json")
    assert (code, json.loads(out)["holds"]) == (0, True)
    code, out = _run(capsys, "prove", "--since", "4")
    assert (code, json.loads(out)["first"]["size"]) == (0, 4)
    file = tmp_path / "log.jsonl"
    assert main(["export", str(file)]) == 0
    assert main(["verify", "--file", str(file)]) == 0
    capsys.readouterr()
    Period.objects.filter(year=2003).update(state="closed")
    code, out = _run(capsys, "verify")
    assert code == 1
    assert "发现 1 处问题" in out
    assert main(["prove", "nothing"]) == 2
    assert main(["verify", "--head", "nonsense"]) == 2
    file.write_text("{}", encoding="utf-8")
    assert main(["verify", "--file", str(file)]) == 2
