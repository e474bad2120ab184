"""`shuzhi catalogue` lists and checks."""

import json
from pathlib import Path

import pytest

from shuzhi.catalogue.cli import main
from tests.catalogue.test_packs import SOUND


def test_listing_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--json"]) == 0
    found = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert found["town-review"]["kind"] == "scheme"
    assert len(found["town-review"]["sha256"]) == 64


def test_checking_tells_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    (tmp_path / "review").mkdir()
    (tmp_path / "review" / "simple-ballot.yaml").write_text(
        SOUND.replace("version: 1", "version: x"), "utf-8"
    )
    assert main(["check", "--folder", str(tmp_path)]) == 1
    assert "review/simple-ballot.yaml:3: version:" in capsys.readouterr().err
    assert main(["check", "--json", "--folder", str(tmp_path)]) == 1
    assert json.loads(capsys.readouterr().out)[0]["line"] == 3
