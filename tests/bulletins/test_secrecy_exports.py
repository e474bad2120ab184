"""Attacks on what is handed out: no order, time or identifier leads from a row to a rater."""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from secrets import token_hex
from zipfile import ZipFile

import pytest
from pytest_django import DjangoDbBlocker

from shuzhi.appraisal.models import Review
from shuzhi.appraisal.services import meeting, scoring
from shuzhi.appraisal.services.preparing import invite_reports, prepare_review
from shuzhi.ballots import services as ballots
from shuzhi.bulletins.meeting import PAPERS
from shuzhi.bulletins.services import take_paper
from shuzhi.gatherings import services as gatherings
from shuzhi.kernel.audit.exporting import export_lines
from shuzhi.kernel.audit.log import current_head
from tests.appraisal import story
from tests.appraisal.conftest import PLAN
from tests.appraisal.sample import TEMPLATES
from tests.appraisal.stage import Stage, cast, scored, staged
from tests.cast import YEAR, Cast

__all__ = ["cast", "scored"]
pytestmark = pytest.mark.django_db
RATERS = {"A": 80, "B": 4}
UNITS = ("TOWN-01", "TOWN-02", "TOWN-03")
COLUMNS = ["unit", "indicator", "category", "rater", "value"]


@dataclass
class Told:
    """What the raters of this meeting held in their hands."""

    codes: list[str] = field(default_factory=list)
    nonces: list[str] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)

    @property
    def needles(self) -> list[bytes]:
        """What must stand in no export, as it is or as the database kept it."""
        hashes = [hashlib.sha256(nonce.encode()).hexdigest() for nonce in self.nonces]
        return [text.encode() for text in self.codes + self.nonces + self.receipts + hashes]


def _hold(told: Told, cast: Cast) -> Review:
    """Hold a meeting in which the first forty leaders praise everybody and the others nobody."""
    actor = cast.actor("commissioner")
    draft = prepare_review(actor=actor, unit=cast.town, year=YEAR, plan=PLAN, source=TEMPLATES)
    review = invite_reports(draft, actor=actor)
    story.enter_figures(cast, review)
    codes = story.call_people(cast, review, RATERS)
    meeting.open_meeting(review, actor=actor, accept_faults=True)
    assert review.poll is not None
    assert review.gathering is not None
    for category, slips in codes.items():
        for place, code in enumerate(slips):
            told.codes.append(code)
            told.nonces.append(token_hex(16))
            mark = "好" if place < len(slips) // 2 else "差"
            ballot = ballots.Ballot(
                marks={unit: {"overall": mark} for unit in UNITS},
                own_unit="" if category == "B" else None,
            )
            address = review.poll.public_id
            told.receipts.append(ballots.cast_ballot(address, code, told.nonces[-1], ballot))
    gatherings.close_gathering(review.gathering, actor=actor)
    meeting.close_review(review)
    scoring.seal_ballots(review, actor=actor)
    scoring.score_review(review, actor=actor)
    return review


@pytest.fixture(scope="module")
def told() -> Told:
    return Told()


@pytest.fixture(scope="module")
def stage(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    told: Told,
) -> Iterator[Stage]:
    """The meeting of eighty-four, held once."""
    with staged(tmp_path_factory.mktemp("hall"), django_db_blocker, partial(_hold, told)) as made:
        yield made


def members(data: bytes) -> dict[str, bytes]:
    """Return what is in a zip (or a Word or Excel file), each member unpacked."""
    with ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def ratings(cast: Cast, review: Review) -> list[dict[str, str]]:
    archive = take_paper(review, PAPERS["recount"], actor=cast.actor("commissioner"))
    text = members(archive)["data/ratings.csv"].decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_ratings_have_no_column_that_tells(cast: Cast, scored: Review) -> None:
    rows = ratings(cast, scored)
    assert list(rows[0]) == COLUMNS
    assert len(rows) == len(UNITS) * sum(RATERS.values())
    assert len({row["rater"] for row in rows}) == len(rows), "a label joins two marks"


def leaders(rows: list[dict[str, str]], unit: str) -> list[bool]:
    """Say for each mark that leaders gave a unit, as the rows lie, whether it is praise."""
    return [row["value"] == "好" for row in rows if (row["unit"], row["category"]) == (unit, "A")]


def test_ratings_do_not_lie_in_the_order_of_arrival(cast: Cast, scored: Review) -> None:
    """Praise came first: its mean place would be 19.5 of 80; by chance it is 39.5 ± 2.6."""
    rows = ratings(cast, scored)
    for unit in UNITS:
        found = leaders(rows, unit)
        places = [place for place, praised in enumerate(found) if praised]
        assert len(found) == RATERS["A"]
        assert 26 < sum(places) / len(places) < 53


def test_rows_of_two_units_do_not_follow_each_other(cast: Cast, scored: Review) -> None:
    """One hand gave all three the same: in one order all 80 places agree, by chance 40 ± 4.5."""
    rows = ratings(cast, scored)
    for other in UNITS[1:]:
        pairs = zip(leaders(rows, UNITS[0]), leaders(rows, other), strict=True)
        assert 17 < sum(one == two for one, two in pairs) < 63


@pytest.mark.parametrize("paper", ["recount", "results", "minutes"])
def test_no_paper_bears_a_code_a_receipt_or_a_time_of_its_making(
    paper: str, cast: Cast, scored: Review, told: Told
) -> None:
    data = take_paper(scored, PAPERS[paper], actor=cast.actor("commissioner"))
    held = b"\n".join(members(data).values())
    assert scored.unit.code.encode() in held or scored.unit.name.encode() in held
    assert [needle for needle in told.needles if needle in held] == []
    with ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_the_log_hands_out_no_trace_of_a_ballot(scored: Review, told: Told) -> None:
    current_head()
    lines = list(export_lines())
    text = "\n".join(lines).encode()
    assert b"poll.box_sealed" in text
    assert [needle for needle in told.needles if needle in text] == []
    between = [line for line in lines if '"poll.' in line]
    assert len(between) < 20, "an event for each of 84 ballots would tell when each came"
