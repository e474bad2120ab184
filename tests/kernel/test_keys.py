"""Keys lie outside the database, readable by their owner alone, and leave nothing behind."""

import stat
from pathlib import Path

import pytest
from pytest_django import Settings

from shuzhi.kernel import keys


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.KEYS_ROOT = tmp_path / "keys"
    return tmp_path / "keys"


def test_a_key_is_random_private_and_read_back(folder: Path) -> None:
    first, second = keys.create_key("poll-a"), keys.create_key("poll-b")
    assert len(first) == 32
    assert first != second
    assert keys.read_key("poll-a") == first
    assert stat.S_IMODE((folder / "poll-a.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_existing_key_is_never_replaced(folder: Path) -> None:
    key = keys.create_key("poll-a")
    with pytest.raises(FileExistsError):
        keys.create_key("poll-a")
    assert keys.read_key("poll-a") == key


def test_destroying_overwrites_before_removing(folder: Path) -> None:
    keys.create_key("poll-a")
    with (folder / "poll-a.key").open("rb") as still_open:
        keys.destroy_key("poll-a")
        assert still_open.read() == bytes(32)  # the same blocks on the disk
    assert list(folder.iterdir()) == []
    with pytest.raises(FileNotFoundError):
        keys.read_key("poll-a")
    keys.destroy_key("poll-a")


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "A", "é", "a\n", "x" * 65])
def test_names_that_could_leave_the_folder_are_refused(folder: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        keys.create_key(name)
