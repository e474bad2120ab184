"""The server dies in the middle of the vote: no ballot that was confirmed is lost or doubled."""

import http.client
import json
import secrets
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.infra.site import Site
from tests.journeys.polls import ServedPoll, open_poll

BALLOTS = 120
HANDS = 8
BEFORE_THE_CUT = 30
BALLOT = {"marks": {f"S{n:02d}": {"overall": "好"} for n in range(1, 22)}}


def submit(poll: ServedPoll, code: str, nonce: str) -> str | None:
    """Submit a ballot; return its receipt, or None if no answer came."""
    body = json.dumps({"code": code, "nonce": nonce, "ballot": BALLOT})
    connection = http.client.HTTPConnection("127.0.0.1", poll.site.port, timeout=20)
    try:
        connection.request(
            "POST", f"/p/{poll.public_id}/ballot/", body, {"Content-Type": "application/json"}
        )
        answer = connection.getresponse()
        told = json.loads(answer.read())
    except (OSError, http.client.HTTPException, json.JSONDecodeError):
        return None
    finally:
        connection.close()
    return str(told["receipt"]) if answer.status == 200 else None


@pytest.mark.every_database
def test_kill_9_loses_no_confirmed_ballot(site: Site) -> None:
    poll = open_poll(site, slips=BALLOTS)
    sent = [(code, secrets.token_hex(16)) for code in poll.codes["A"]]
    confirmed: dict[str, str] = {}
    enough = threading.Event()

    def cast(pair: tuple[str, str]) -> None:
        if receipt := submit(poll, *pair):
            confirmed[pair[0]] = receipt
            if len(confirmed) >= BEFORE_THE_CUT:
                enough.set()

    with ThreadPoolExecutor(HANDS) as pool:
        casting = pool.map(cast, sent)
        assert enough.wait(60)
        site.kill()
        list(casting)
    assert BEFORE_THE_CUT <= len(confirmed) < BALLOTS
    site.start()
    entries, used = poll.stored()
    assert entries == used  # a slip is used and a ballot stored together, or neither
    assert entries >= len(confirmed)
    again = {code: submit(poll, code, nonce) for code, nonce in sent}
    assert {code: again[code] for code in confirmed} == confirmed
    assert None not in again.values()
    assert poll.stored() == (BALLOTS, BALLOTS)
