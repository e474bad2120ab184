"""`shuzhi worker`: background tasks under `serve`, with a heartbeat that `/healthz` reads."""

import argparse
import threading
from collections.abc import Sequence

from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from shuzhi.kernel.tending import recover, tend_once
from shuzhi.web.heartbeat import BEAT_SECONDS, beat

LOOK_SECONDS = 2  # each look at the queue takes SQLite's write lock for a moment


def _beat_until(stop: threading.Event) -> None:
    while not stop.is_set():
        beat()
        tend_once()
        stop.wait(BEAT_SECONDS)


def main(arguments: Sequence[str]) -> int:
    """Run tasks until told to stop."""
    argparse.ArgumentParser("shuzhi worker").parse_args(arguments)
    translation.activate(settings.LANGUAGE_CODE)  # what it writes down is for readers, not for logs
    recover()
    stop = threading.Event()
    threading.Thread(target=_beat_until, args=(stop,), daemon=True).start()
    try:
        call_command("db_worker", queue_name="*", interval=LOOK_SECONDS, verbosity=0, reload=False)
    finally:
        stop.set()
    return 0
