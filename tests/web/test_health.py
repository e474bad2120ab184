"""What must be in order: the readiness answer, the command, the administrator's page."""

import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shuzhi.web.commands import check
from shuzhi.web.heartbeat import SILENT_SECONDS, beat

Browse = Callable[[str], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    return tmp_path


def test_without_a_worker_it_is_not_ready(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "worker": False})


def test_with_a_living_worker_it_is_ready(client: Client) -> None:
    beat()
    assert client.get("/healthz").status_code == 200


def test_a_worker_that_fell_silent_is_noticed(client: Client, folder: Path) -> None:
    beat()
    long_ago = time.time() - SILENT_SECONDS - 1
    os.utime(folder / "worker.beat", (long_ago, long_ago))
    assert client.get("/healthz").status_code == 503


def test_the_command_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main([]) == 1
    shown = capsys.readouterr().out
    assert "✓ 数据库版本  已是最新\n" in shown
    assert "✗ 后台服务  没有运行，请用 shuzhi serve 启动\n" in shown


def test_the_command_is_content_when_all_is_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 6, 1, 12, tzinfo=UTC))
    beat()
    assert check.main(["--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found) > 6
    assert all(one["well"] and one["words"] for one in found)


def test_keys_that_others_can_read_are_noticed(
    settings: LazySettings, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    beat()
    settings.KEYS_ROOT = folder / "open"
    settings.KEYS_ROOT.mkdir(mode=0o755)
    assert check.main([]) == 1
    assert "✗ 密钥" in capsys.readouterr().out


def test_the_administrator_finds_trouble_on_the_work_list(browse: Browse) -> None:
    client = browse("system")
    page = client.get("/").content.decode()
    assert "后台服务需要处理" in page
    assert "请用 shuzhi serve 启动" in page
    assert reverse("kernel:health") in page
    beat()
    assert "后台服务需要处理" not in client.get("/").content.decode()


def test_it_is_no_business_of_others(browse: Browse) -> None:
    assert "后台服务" not in browse("commissioner").get("/").content.decode()
