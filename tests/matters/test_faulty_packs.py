"""A pack that makes no sense: command and sync name the place, nothing changes."""

import json
import re
from pathlib import Path

import pytest

from shuzhi.catalogue.faults import PackError
from shuzhi.catalogue.models import MechanismVersion, Offering
from shuzhi.catalogue.packs import FOLDER
from shuzhi.catalogue.services import sync_packs
from shuzhi.kernel.models import AuditEvent
from shuzhi.matters.models import MatterState
from shuzhi.web import cli

(ORDER,) = FOLDER.glob("*/handover-order.yaml")
LAST = "  - {id: withdrawn,"
FAULTY = {  # what is wrong -> the text changed, the place, a word of the sentence
    "unreachable": (
        LAST,
        "  - {id: lost, label: {zh: 无人到, en: Lost}, kind: open, waits_for: owner}\n" + LAST,
        r"body\.states\[5\]\.id",
        "走不到“lost”",
    ),
    "no way out": (
        "from: [issued], to: working",
        "from: [issued], to: trap",
        r"body\.transitions\[0\]\.to",
        "trap",
    ),
    "ends before it starts": (
        "ends: [working]",
        "ends: [issued, working]",
        r"body\.deadlines\[0\]\.ends",
        "不能一开始就期满",
    ),
    "days before the start": ("days: ", "days: -", r"body\.deadlines\[0\]\.days", "0"),
    "unknown party": (
        "by: [owner, helper]",
        "by: [owner, stranger]",
        r"body\.transitions\[1\]\.by\[1\]",
        "stranger",
    ),
    "begins as no list": (
        "label: {zh: 办理进展, en: Progress}, type: long",
        "label: {zh: 办理进展, en: Progress}, type: long, begins_as: result",
        r"body\.fields\[4\]\.begins_as",
        "清单",
    ),
    "waits for nobody known": (
        "kind: open, waits_for: owner",
        "kind: open, waits_for: ghost",
        r"body\.states\[1\]\.waits_for",
        "ghost",
    ),
}


def folder(at: Path, text: str) -> Path:
    """Keep one pack of the theme apart."""
    (at / "told").mkdir(exist_ok=True)
    (at / "told" / "handover-order.yaml").write_text(text, "utf-8")
    return at


def changed(before: str, after: str) -> str:
    """Return the pack's next version with one thing changed."""
    text = ORDER.read_text("utf-8")
    assert before in text
    text = re.sub(r"^version: 1$", "version: 2", text, flags=re.MULTILINE)
    return text.replace(before, after, 1)


@pytest.mark.parametrize("case", FAULTY)
def test_the_command_names_the_place(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    before, after, place, words = FAULTY[case]
    given = ["catalogue", "check", "--folder", str(folder(tmp_path, changed(before, after)))]
    assert cli.main(given) == 1
    told = capsys.readouterr().err
    line = changed(before, after).splitlines()
    (found,) = (row for row in told.splitlines() if re.search(place, row))
    assert words in found
    number = int(found.split(":")[1])
    assert 0 < number <= len(line)
    assert cli.main([*given, "--json"]) == 1
    assert any(re.search(place, row["path"]) for row in json.loads(capsys.readouterr().out))


@pytest.mark.django_db
@pytest.mark.parametrize("case", FAULTY)
def test_the_sync_keeps_nothing_of_it(case: str, tmp_path: Path) -> None:
    before, after, place, _words = FAULTY[case]
    sync_packs(folder=folder(tmp_path, ORDER.read_text("utf-8")))
    kept = list(MechanismVersion.objects.values_list("mechanism", "version", "sha256"))
    events = AuditEvent.objects.count()
    with pytest.raises(PackError) as caught:
        sync_packs(folder=folder(tmp_path, changed(before, after)))
    assert any(re.search(place, fault.path) for fault in caught.value.faults)
    assert list(MechanismVersion.objects.values_list("mechanism", "version", "sha256")) == kept
    assert AuditEvent.objects.count() == events
    assert not Offering.objects.exists()
    assert not MatterState.objects.exists()
