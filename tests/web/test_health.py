"""The readiness answer: database and task worker."""

import os
import time
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from shuzhi.web.heartbeat import SILENT_SECONDS, beat

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
