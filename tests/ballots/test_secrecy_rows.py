"""Attacks on the tables: order of rows, gaps, patterns, columns that would tell."""

import pytest
from django.db import connection
from django.db.models import DateField, ForeignKey, Model, TimeField
from django.db.models.expressions import RawSQL

from shuzhi.ballots.models import (
    BoxEntry,
    PaperCount,
    Receipt,
    Remark,
    SealedMark,
    Slip,
)
from shuzhi.ballots.queries import remarks, sealed_marks
from shuzhi.ballots.services import close_poll, seal_poll
from shuzhi.kernel.models import AuditEvent
from tests.ballots.support import HUNDRED, Hall, open_hall, overall_form
from tests.cast import Cast

pytestmark = pytest.mark.django_db
RATERS = 40
SUBJECTS = [f"TOWN-{number:02d}" for number in range(1, 21)]
CHANCE = 0.8  # five standard deviations of a rank correlation over 40 independent rows


def correlation(one: list[int], other: list[int]) -> float:
    """Return Spearman's rank correlation of two orders of the same things."""
    size = len(one)
    places = {thing: place for place, thing in enumerate(other)}
    squares = sum((place - places[thing]) ** 2 for place, thing in enumerate(one))
    return 1 - 6 * squares / (size * (size**2 - 1))


def rated(cast: Cast) -> Hall:
    """Forty raters one after the other; rater k gives 50 + k to everybody and leaves one out."""
    hall = open_hall(cast, overall_form(scale=HUNDRED), slips=RATERS, subjects=SUBJECTS)
    for rater in range(RATERS):
        marks = {subject: {"overall": str(50 + rater)} for subject in SUBJECTS}
        del marks[SUBJECTS[rater % 7]]
        hall.cast("A", marks=marks, remarks={"TOWN-20": f"意见{rater}"})
    return hall


@pytest.fixture
def sealed(cast: Cast) -> Hall:
    hall = rated(cast)
    close_poll(actor=hall.actor, poll=hall.poll)
    seal_poll(actor=hall.actor, poll=hall.poll)
    return hall


def order_of(subject: str) -> list[int]:
    """Return the marks as the rows lie: by key in SQLite, by their place in PostgreSQL."""
    place = RawSQL("ctid", []) if connection.vendor == "postgresql" else "pk"
    rows = SealedMark.objects.filter(subject=subject).order_by(place)
    return [int(value) for value in rows.values_list("value", flat=True)]


def test_no_table_holds_a_time_a_person_or_a_link() -> None:
    tables: tuple[type[Model], ...] = (Slip, BoxEntry, SealedMark, Remark, Receipt, PaperCount)
    for table in tables:
        for field in table._meta.get_fields():
            assert not isinstance(field, DateField | TimeField), field
            if isinstance(field, ForeignKey):
                assert field.name == "poll", f"{field} leads out of the poll"
    assert {field.name for field in BoxEntry._meta.fields} == {"id", "poll", "ciphertext"}


def values_of(table: type[Model], *apart: str) -> set[object]:
    """Return every value that stands in a table but for the columns `apart`."""
    names = {field.attname for field in table._meta.concrete_fields} - {"poll_id", *apart}
    rows = table._default_manager.values_list(*sorted(names))
    return {value for row in rows for value in row if value not in ("", None)}


def test_no_value_leads_from_a_slip_to_a_ballot_or_a_mark(cast: Cast) -> None:
    hall = rated(cast)
    slips = values_of(Slip)
    assert len(slips) > 2 * RATERS  # keys, hashes of codes and of phones
    assert not slips & values_of(BoxEntry)
    close_poll(actor=hall.actor, poll=hall.poll)
    seal_poll(actor=hall.actor, poll=hall.poll)
    before_and_after = slips | values_of(Slip)
    sealed = ((SealedMark, "category", "id"), (Remark, "id"), (Receipt, "id"))  # numbered anew
    tables = [values_of(table, *apart) for table, *apart in sealed]
    for at, one in enumerate(tables):
        assert one
        assert not one & before_and_after
        for other in tables[at + 1 :]:
            assert not {str(value) for value in one & other} - set(SUBJECTS)


def test_the_order_of_arrival_is_nowhere_in_the_open_box(cast: Cast) -> None:
    hall = open_hall(cast, slips=RATERS)
    arrived = []
    for _ in range(RATERS):
        before = set(BoxEntry.objects.values_list("pk", flat=True))
        hall.cast("A")
        arrived += sorted(set(BoxEntry.objects.values_list("pk", flat=True)) - before)
    assert abs(correlation(arrived, sorted(arrived))) < CHANCE


def test_slips_do_not_lie_in_the_order_in_which_they_were_printed(cast: Cast) -> None:
    hall = open_hall(cast, slips=RATERS)
    printed = list(hall.codes["A"])
    used = []
    for code in reversed(printed):
        before = set(Slip.objects.filter(state="used").values_list("pk", flat=True))
        hall.cast("A")
        used += sorted(set(Slip.objects.filter(state="used").values_list("pk", flat=True)) - before)
        assert code not in hall.codes["A"]
    assert abs(correlation(used, sorted(used))) < CHANCE


def test_sealed_rows_do_not_follow_the_order_of_casting(sealed: Hall) -> None:
    for subject in ("TOWN-10", "TOWN-15", "TOWN-20"):
        found = order_of(subject)
        assert len(found) == RATERS
        assert abs(correlation(found, sorted(found))) < CHANCE


def test_sealed_rows_of_two_reporters_do_not_follow_each_other(sealed: Hall) -> None:
    one = order_of("TOWN-10")
    for other in SUBJECTS[10:]:
        assert abs(correlation(one, order_of(other))) < CHANCE


def test_no_label_joins_two_marks(sealed: Hall) -> None:
    labels = [row.label for row in sealed_marks(sealed.poll)]
    assert len(labels) == RATERS * len(SUBJECTS) - RATERS
    assert len(set(labels)) == len(labels)


def test_labels_do_not_sort_in_the_order_of_casting(sealed: Hall) -> None:
    rows = [row for row in sealed_marks(sealed.poll) if row.subject == "TOWN-12"]
    by_label = [int(row.value) for row in sorted(rows, key=lambda row: row.label)]
    assert abs(correlation(by_label, sorted(by_label))) < CHANCE


def test_remarks_and_receipts_do_not_follow_the_order_of_casting(sealed: Hall) -> None:
    texts = [int(text.removeprefix("意见")) for text in remarks(sealed.poll, "TOWN-20")]
    assert len(texts) == RATERS
    assert abs(correlation(texts, sorted(texts))) < CHANCE
    rows = list(Receipt.objects.order_by("pk").values_list("code", flat=True))
    assert rows == sorted(rows)


def test_no_audit_event_tells_of_a_ballot_or_a_code(cast: Cast) -> None:
    hall = open_hall(cast)
    codes = [code for group in hall.codes.values() for code in group]
    before = AuditEvent.objects.count()
    receipt = hall.cast("A")
    assert AuditEvent.objects.count() == before
    close_poll(actor=hall.actor, poll=hall.poll)
    seal_poll(actor=hall.actor, poll=hall.poll)
    written = "".join(f"{event.before}{event.after}" for event in AuditEvent.objects.all())
    assert not [secret for secret in [*codes, receipt] if secret in written]
