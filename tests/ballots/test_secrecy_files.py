"""Attacks on the disk: SQLite's file, log, free pages; PostgreSQL's old rows, log; backups."""

import hashlib
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection

from shuzhi.ballots.models import BoxEntry, Slip
from shuzhi.ballots.services import Ballot, cast_ballot, close_poll, seal_poll
from shuzhi.ballots.services.endings import destroy_spent_keys
from shuzhi.kernel.backup import create_backup
from shuzhi.kernel.keys import key_names
from tests.ballots.support import Hall, nonce, open_hall
from tests.cast import build_cast

pytestmark = pytest.mark.django_db(transaction=True)
REMARK = "只有投票人知道的一句话"
RATERS = 12


class Secrets:
    """What an attacker would look for."""

    def __init__(self) -> None:
        self.codes: list[str] = []
        self.nonces: list[str] = []
        self.ciphertexts: list[bytes] = []

    @property
    def traces(self) -> list[bytes]:
        """What ties a slip to a phone."""
        return [hashlib.sha256(given.encode()).hexdigest().encode() for given in self.nonces]

    @property
    def plain(self) -> list[bytes]:
        """What must never be written down as it is."""
        return [text.encode() for text in [*self.codes, *self.nonces, REMARK]]


@pytest.fixture
def hall() -> tuple[Hall, Secrets]:
    opened = open_hall(build_cast(), slips=RATERS)
    secrets = Secrets()
    secrets.codes = [code for codes in opened.codes.values() for code in codes]
    for place, code in enumerate(opened.codes["B"]):
        given = nonce()
        secrets.nonces.append(given)
        subject = opened.subjects[place % 3]
        ballot = Ballot(
            own_unit=opened.subjects[(place + 1) % 3],
            marks={subject: {"overall": "差"}},
            remarks={subject: REMARK},
        )
        cast_ballot(opened.poll.public_id, code, given, ballot)
    secrets.ciphertexts = [bytes(entry.ciphertext) for entry in BoxEntry.objects.all()]
    return opened, secrets


def end(hall: Hall) -> None:
    close_poll(actor=hall.actor, poll=hall.poll)
    seal_poll(actor=hall.actor, poll=hall.poll)


def found(needles: list[bytes], hay: bytes) -> list[bytes]:
    return [needle for needle in needles if needle in hay]


def sqlite_files() -> dict[str, bytes]:
    path = Path(str(connection.settings_dict["NAME"]))
    files = (path, Path(f"{path}-wal"), Path(f"{path}-journal"))
    return {file.name: file.read_bytes() for file in files if file.exists()}


@pytest.mark.only("sqlite")
def test_an_open_sqlite_box_shows_neither_marks_nor_remarks_nor_codes(
    hall: tuple[Hall, Secrets],
) -> None:
    _hall, secrets = hall
    everything = b"".join(sqlite_files().values())
    assert found(secrets.traces, everything)  # the attack does read the right bytes
    assert not found(secrets.plain, everything)
    assert b"TOWN-02" in everything  # a card's subject, but …
    assert not found([b'"own":"', b'"marks":['], everything)


@pytest.mark.only("sqlite")
def test_a_sealed_sqlite_file_keeps_no_ciphertext_and_no_trace_of_a_phone(
    hall: tuple[Hall, Secrets],
) -> None:
    opened, secrets = hall
    end(opened)
    files = sqlite_files()
    everything = b"".join(files.values())
    assert REMARK.encode() in everything  # the remark itself is published
    assert not found(secrets.traces, everything)
    pieces = [text[place : place + 64] for text in secrets.ciphertexts for place in (20, 900)]
    assert not found(pieces, everything)
    assert not next((data for name, data in files.items() if name.endswith("-wal")), b"")


@pytest.mark.only("sqlite")
def test_a_log_that_somebody_reads_is_emptied_when_they_have_done(
    hall: tuple[Hall, Secrets],
) -> None:
    opened, secrets = hall
    path = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM ballots_slip").fetchone()
        end(opened)
        assert key_names("box-") == []
        assert found(secrets.traces, b"".join(sqlite_files().values()))
        destroy_spent_keys()
        assert len(key_names("slips-")) == 1, "what tells the worker to try again"
        reader.execute("ROLLBACK")
    destroy_spent_keys()
    assert list(keys()) == []
    files = sqlite_files()
    assert not next((data for name, data in files.items() if name.endswith("-wal")), b"")
    assert not found(secrets.traces, b"".join(files.values()))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (20_000,), "others wait as long as before"


@pytest.mark.only("sqlite")
def test_free_pages_are_wiped(hall: tuple[Hall, Secrets]) -> None:
    opened, _secrets = hall
    end(opened)
    path = Path(str(connection.settings_dict["NAME"]))
    with closing(sqlite3.connect(path)) as database:
        (size,) = database.execute("PRAGMA page_size").fetchone()
        (free,) = database.execute("PRAGMA freelist_count").fetchone()
    data = path.read_bytes()
    pages = [data[start : start + size] for start in range(0, len(data), size)]
    assert free >= RATERS  # a page or more for each ballot of the box
    # A trunk page of the free list holds page numbers; every other free page is all zeros.
    assert sum(not any(page) for page in pages) >= free - 1 - free // (size // 4 - 2)


def keys() -> Iterator[bytes]:
    for path in Path(settings.KEYS_ROOT).glob("*"):
        yield path.read_bytes()


def readable(ciphertext: bytes, candidates: list[bytes]) -> bool:
    for key in candidates:
        try:
            AESGCM(key).decrypt(ciphertext[:12], ciphertext[12:], None)
        except (InvalidTag, ValueError):
            continue
        return True
    return False


@pytest.mark.only("sqlite")
def test_a_copy_made_while_open_is_unreadable_once_sealed(
    hall: tuple[Hall, Secrets], tmp_path: Path
) -> None:
    opened, secrets = hall
    copy = tmp_path / "copied-while-open.sqlite3"
    path = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    end(opened)
    with closing(sqlite3.connect(copy)) as database:
        stolen = [row[0] for row in database.execute("SELECT ciphertext FROM ballots_boxentry")]
    assert sorted(stolen) == sorted(secrets.ciphertexts)
    assert list(keys()) == []
    everything = copy.read_bytes()
    assert not found(secrets.plain, everything)
    assert not any(readable(text, [everything[:32], everything[-32:]]) for text in stolen)


@pytest.mark.only("sqlite")
def test_the_files_of_an_open_poll_do_not_hold_its_keys(
    hall: tuple[Hall, Secrets], tmp_path: Path
) -> None:
    _hall, _secrets = hall
    shutil.copy(str(connection.settings_dict["NAME"]), tmp_path / "copy")
    everything = b"".join(sqlite_files().values())
    held = list(keys())
    assert len(held) == 2
    assert not found([*held, *(key.hex().encode() for key in held)], everything)


def backed_up(folder: Path) -> bytes:
    """Make our own backup and return all that is in it, a dump of PostgreSQL as its SQL."""
    create_backup(folder / "backup")
    with tarfile.open(folder / "backup") as archive:
        archive.extractall(folder / "out", filter="data")
    dump = folder / "out/database"
    if connection.vendor == "postgresql":
        command = ["pg_restore", "--file=-", str(dump)]
        dump.write_bytes(subprocess.run(command, check=True, capture_output=True).stdout)  # noqa: S603
    return b"".join(path.read_bytes() for path in folder.rglob("out/**/*") if path.is_file())


def as_dumped(data: list[bytes]) -> list[bytes]:
    """Return bytes as a backup holds them: PostgreSQL's dumps write them in hexadecimal."""
    return [one.hex().encode() for one in data] if connection.vendor == "postgresql" else data


def test_a_backup_of_an_open_poll_holds_ciphertext_and_no_key(
    hall: tuple[Hall, Secrets], tmp_path: Path
) -> None:
    opened, secrets = hall
    data = backed_up(tmp_path)
    pieces = as_dumped([text[-64:] for text in secrets.ciphertexts])
    assert found(pieces, data) == pieces  # the attack does read the right bytes
    assert not found([*secrets.plain, b'"marks":[', b'"own":"'], data)
    held = list(keys())
    assert len(held) >= 2  # the box's and the slips'
    assert not found([*held, *(key.hex().encode() for key in held)], data)
    end(opened)
    assert key_names("box-") + key_names("slips-") == []


def test_a_backup_of_a_sealed_poll_holds_no_trace_of_slip_or_phone(
    hall: tuple[Hall, Secrets], tmp_path: Path
) -> None:
    opened, secrets = hall
    end(opened)
    data = backed_up(tmp_path)
    assert REMARK.encode() in data  # the remark itself is published
    gone = [text[20:84] for text in secrets.ciphertexts]
    assert not found([*secrets.plain[:-1], *secrets.traces, *as_dumped(gone)], data)


def postgres_bytes(table: str) -> bytes:
    """Return a table's heap and its out-of-line storage as they lie on the disk."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
        cursor.execute(
            "SELECT pg_relation_filepath(c.oid), pg_relation_filepath(nullif(reltoastrelid, 0))"
            " FROM pg_class c WHERE relname = %s",
            [table],
        )
        paths = [folder / path for path in cursor.fetchone() if path]
    return b"".join(path.read_bytes() for path in paths)


def write_ahead_log() -> bytes:
    """Return PostgreSQL's newest segments of its log: what these tests have written lies there."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0]) / "pg_wal"
        cursor.execute("SELECT pg_walfile_name(pg_current_wal_lsn())")
        (newest,) = cursor.fetchone()
    segments = sorted(path for path in folder.glob("0*") if path.name <= newest)
    return b"".join(path.read_bytes() for path in segments[-2:])


@pytest.mark.only("postgresql")
def test_old_row_versions_of_postgres_hold_ciphertext_only(hall: tuple[Hall, Secrets]) -> None:
    opened, secrets = hall
    end(opened)
    heap = postgres_bytes("ballots_boxentry")
    assert found([text[20:84] for text in secrets.ciphertexts], heap)  # dead, yet on the disk
    assert not found([*secrets.plain, b'"marks":['], heap)
    assert not found(secrets.plain[:-1], postgres_bytes("ballots_slip"))
    assert list(keys()) == []
    assert not any(readable(text, [heap[:32]]) for text in secrets.ciphertexts)


@pytest.mark.only("postgresql")
def test_the_log_of_postgres_holds_ciphertext_only(hall: tuple[Hall, Secrets]) -> None:
    opened, secrets = hall
    held = list(keys())
    end(opened)
    log = write_ahead_log()
    assert found([text[20:84] for text in secrets.ciphertexts], log)
    assert found(secrets.traces, log)  # which slip was used by which phone; what it said is not:
    assert not found([*secrets.plain[:-1], b'"marks":[', b'"own":"'], log)
    assert not found([*held, *(key.hex().encode() for key in held)], log)


@pytest.mark.only("postgresql")
def test_transaction_numbers_of_postgres_do_not_tell_rows_apart(
    hall: tuple[Hall, Secrets],
) -> None:
    opened, _secrets = hall
    end(opened)
    for table in ("ballots_sealedmark", "ballots_remark", "ballots_receipt", "ballots_slip"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(DISTINCT xmin::text) FROM {table}")  # noqa: S608
            assert cursor.fetchone() == (1,), table


def test_codes_cannot_be_tried_against_a_stolen_table_without_the_key(
    hall: tuple[Hall, Secrets],
) -> None:
    _hall, secrets = hall
    hashes = set(Slip.objects.values_list("code_hash", flat=True))
    guessed = {hashlib.sha256(code.encode()).hexdigest() for code in secrets.codes}
    assert not hashes & guessed
