"""The command line imports and exports with no more rights than the account it acts as."""

import json
from pathlib import Path

import pytest

from shuzhi.registry import cli_export, cli_import
from shuzhi.registry.models import Unit
from tests.cast import Cast


def test_what_goes_out_comes_in(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "all.xlsx"
    assert cli_export.main([str(file), "--as", "commissioner"]) == 0
    capsys.readouterr()
    assert cli_import.main([str(file), "--as", "commissioner", "--dry-run", "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)
    assert counts["units"] == {"new": 0, "changed": 0, "same": 4, "wrong": 0}


def test_a_csv_file_is_written(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text("代码,名称,类型,上级代码\nTOWN-04,南湾社区,村(社区)党组织,TOWN\n", "utf-8")
    assert cli_import.main([str(file), "--as", "commissioner"]) == 0
    assert Unit.objects.get(code="TOWN-04").parent == cast.town


def test_faults_are_told_and_nothing_is_written(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "units.csv"
    file.write_text("代码,名称,类型,上级代码\nTOWN-04,南湾社区,街道,OTHER\n", "utf-8")
    before = Unit.objects.count()
    assert cli_import.main([str(file), "--as", "commissioner"]) == 1
    told = capsys.readouterr().err
    assert "2 · 组织 类型" in told
    assert "2 · 组织 上级代码" in told
    assert Unit.objects.count() == before


@pytest.mark.parametrize("name", ["nobody-here", "leader"])
def test_who_may_not(cast: Cast, tmp_path: Path, name: str) -> None:
    file = tmp_path / "units.csv"
    file.write_text("代码,名称,类型,上级代码\nTOWN-04,南湾,村(社区)党组织,TOWN\n", "utf-8")
    assert cli_import.main([str(file), "--as", name]) == 1
    assert cli_import.main([str(tmp_path / "missing.csv"), "--as", "commissioner"]) == 1
