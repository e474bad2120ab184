"""A backup restores whole, is refused when damaged or unfit, and holds no key."""

import io
import json
import stat
import tarfile
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection

from shuzhi.kernel import keys
from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.audit import EventKind, record, register_events
from shuzhi.kernel.audit.log import current_head
from shuzhi.kernel.backup import cli, create_backup, restore_backup, restore_cli
from shuzhi.kernel.backup.creating import MANIFEST
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.files import path_of, read_bytes, store_bytes
from shuzhi.kernel.models import Account, AuditEvent, StoredFile

pytestmark = pytest.mark.django_db(transaction=True)
register_events([EventKind("test.kept", "存")])


def _site() -> StoredFile:
    """A site with an account, a file, an event on record and keys."""
    Account.objects.create(username="a", name="甲")
    stored = store_bytes("述职报告".encode(), "报告.txt", "text/plain", actor=SYSTEM)
    record("test.kept", stored, actor=SYSTEM)
    keys.create_key("poll-x")
    current_head()
    return stored


def _empty(stored: StoredFile) -> None:
    """Take everything away, as on a new machine."""
    path_of(stored.sha256).unlink()
    with connection.cursor() as cursor:
        for table in ("kernel_auditaside", "kernel_loghead", "kernel_logkey", "kernel_logstate"):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (names stand above)
        for table in ("kernel_auditevent", "kernel_storedfile", "kernel_account"):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (the same)


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "site.backup"


def _rewrite(backup: Path, **changes: object) -> None:
    """Change facts of a backup's manifest."""
    with tarfile.open(backup) as old:
        parts = {entry.name: old.extractfile(entry).read() for entry in old}  # type: ignore[union-attr]
    parts[MANIFEST] = json.dumps(json.loads(parts[MANIFEST]) | changes).encode()
    with tarfile.open(backup, "w:gz") as new:
        for name, data in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            new.addfile(entry, io.BytesIO(data))


def test_what_was_saved_stands_again_and_verifies(backup: Path) -> None:
    stored = _site()
    head = create_backup(backup)
    _empty(stored)
    report = restore_backup(backup)
    assert report.sound
    assert report.last
    assert report.last.mark == head
    assert Account.objects.get().name == "甲"
    assert read_bytes(StoredFile.objects.get()) == "述职报告".encode()
    assert AuditEvent.objects.get().position == 0
    current_head()  # the log goes on


def test_no_key_is_in_it(backup: Path, settings: LazySettings) -> None:
    _site()
    settings.KEYS_ROOT = Path(settings.FILES_ROOT) / "ab"  # even if somebody put it there
    key = keys.create_key("poll-y")
    create_backup(backup)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with tarfile.open(backup) as archive:
        held = [archive.extractfile(e).read() for e in archive]  # type: ignore[union-attr]
    secrets = [key, key.hex().encode()]
    secrets += [path.read_bytes() for path in backup.parent.glob("keys/*")]
    assert len(secrets) == 4  # the signing key and that of an open poll among them
    assert not [one for one in secrets for data in held if one in data]


def test_a_place_with_data_is_left_alone(backup: Path) -> None:
    _site()
    create_backup(backup)
    Account.objects.create(username="b", name="乙")
    with pytest.raises(RefusedError, match="--force"):
        restore_backup(backup)
    assert Account.objects.count() == 2
    restore_backup(backup, force=True)
    assert Account.objects.count() == 1


def _cut(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-2000])


def _flip(backup: Path) -> None:
    data = bytearray(backup.read_bytes())
    data[len(data) // 2] ^= 0xFF
    backup.write_bytes(data)


@pytest.mark.parametrize("damage", [_cut, _flip, lambda path: path.write_bytes(b"nothing")])
def test_a_damaged_backup_changes_nothing(backup: Path, damage: object) -> None:
    stored = _site()
    create_backup(backup)
    damage(backup)  # type: ignore[operator]
    _empty(stored)
    with pytest.raises(RefusedError):
        restore_backup(backup)
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"vendor": "oracle"}, "oracle"),
        ({"migrations": ["kernel.0999_future"]}, "0999_future"),
        ({"format": "other/1"}, "不是本系统"),
        ({"database_sha256": "0" * 64}, "损坏"),
        ({"files": 7}, "损坏"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused(
    backup: Path, changes: dict[str, object], words: str
) -> None:
    stored = _site()
    create_backup(backup)
    _rewrite(backup, **changes)
    _empty(stored)
    with pytest.raises(RefusedError, match=words):
        restore_backup(backup)
    assert not Account.objects.exists()


def test_names_that_lead_out_are_not_followed(backup: Path, tmp_path: Path) -> None:
    _site()
    create_backup(backup)
    with tarfile.open(backup) as old:
        parts = [(entry, old.extractfile(entry).read()) for entry in old]  # type: ignore[union-attr]
    with tarfile.open(backup, "w:gz") as new:
        for entry, data in [*parts, (tarfile.TarInfo("../escaped"), b"x")]:
            entry.size = len(data)
            new.addfile(entry, io.BytesIO(data))
    restore_backup(backup, force=True)
    assert not list(tmp_path.parent.glob("escaped"))


def test_the_command_line(backup: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stored = _site()
    assert cli.main([str(backup), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["head"] == current_head().mark
    assert restore_cli.main([str(backup)]) == 2
    _empty(stored)
    assert restore_cli.main([str(backup), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sound"] is True
    assert cli.main([str(backup.parent / "nowhere" / "x")]) == 2
