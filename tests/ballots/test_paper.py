"""Paper: two tellers apart, differences settled, forms reconciled, then one count with phones."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from shuzhi.ballots.enums import PaperMode
from shuzhi.ballots.models import PaperEntry
from shuzhi.ballots.queries import paper_faults, paper_states, progress, remarks, sealed_marks
from shuzhi.ballots.services import (
    change_form,
    close_poll,
    finish_entry,
    open_poll,
    reopen_entry,
    save_counts,
    save_form,
    save_remarks,
    save_tallies,
    seal_poll,
    set_paper_issued,
    settle_cell,
)
from shuzhi.kernel.access import Actor
from shuzhi.kernel.errors import ForbiddenError, RefusedError, StateError
from shuzhi.registry.enums import Role
from shuzhi.registry.services import create_temporary_account
from tests.ballots.support import Hall, overall_form, prepare
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ISSUED = 5
COUNTS = {"returned": 4, "void": 1, "unused": 1, "cancelled": 0}
TALLY = {"TOWN-01": {"好": 2, "差": 1}, "TOWN-02": {"好": 3}}


def closed_hall(
    cast: Cast, mode: PaperMode = PaperMode.TALLIES, **changes: object
) -> tuple[Hall, Actor, Actor]:
    form = overall_form(**changes)
    hall = prepare(cast, form)
    change_form(actor=hall.actor, poll=hall.poll, form=form, paper_mode=mode)
    set_paper_issued(actor=hall.actor, poll=hall.poll, category="A", issued=ISSUED)
    open_poll(actor=hall.actor, poll=hall.poll)
    hall.cast("A", "较好")
    close_poll(actor=hall.actor, poll=hall.poll)
    return hall, cast.actor("teller1"), cast.actor("teller2")


def enter_tallies(hall: Hall, teller: Actor, tally: dict[str, dict[str, int]]) -> None:
    where = {"actor": teller, "poll": hall.poll, "category": "A"}
    save_counts(**where, counts=COUNTS)  # type: ignore[arg-type]
    save_tallies(**where, item="overall", tallies=tally)  # type: ignore[arg-type]
    finish_entry(**where)  # type: ignore[arg-type]


def test_agreeing_tallies_join_the_phones_in_one_count(cast: Cast) -> None:
    hall, one, two = closed_hall(cast)
    for teller in (one, two):
        enter_tallies(hall, teller, TALLY)
    assert paper_faults(hall.poll) == []
    seal_poll(actor=hall.actor, poll=hall.poll)
    rows = sealed_marks(hall.poll)
    assert Counter((row.subject, row.value) for row in rows) == Counter(
        {
            ("TOWN-01", "好"): 2,
            ("TOWN-01", "差"): 1,
            ("TOWN-02", "好"): 3,
            ("TOWN-01", "较好"): 1,
            ("TOWN-02", "较好"): 1,
            ("TOWN-03", "较好"): 1,
        }
    )
    assert {len(row.label) for row in rows} == {8}
    row = next(row for row in progress(hall.poll) if row.category == "A")
    assert (row.paper_issued, row.paper_returned, row.paper_void, row.forms) == (5, 4, 1, 4)
    assert not PaperEntry.objects.exists()


def test_sealing_is_refused_until_two_have_finished(cast: Cast) -> None:
    hall, one, _two = closed_hall(cast)
    enter_tallies(hall, one, TALLY)
    with pytest.raises(RefusedError, match="两人录完"):
        seal_poll(actor=hall.actor, poll=hall.poll)


def test_nothing_is_compared_before_both_have_finished(cast: Cast) -> None:
    hall, one, two = closed_hall(cast)
    enter_tallies(hall, one, TALLY)
    save_tallies(
        actor=two,
        poll=hall.poll,
        category="A",
        item="overall",
        tallies={"TOWN-01": {"好": 9}},
    )
    (state,) = paper_states(hall.poll)
    assert not state.finished
    assert state.differences == []
    assert state.result is None


def test_a_difference_is_settled_by_entering_again(cast: Cast) -> None:
    hall, one, two = closed_hall(cast)
    enter_tallies(hall, one, TALLY)
    enter_tallies(hall, two, TALLY | {"TOWN-01": {"好": 3}})
    (state,) = paper_states(hall.poll)
    assert [(row.cell, row.values) for row in state.differences] == [
        ("tally|overall|TOWN-01|好", ("2", "3")),
        ("tally|overall|TOWN-01|差", ("1", "")),
    ]
    reopen_entry(actor=two, poll=hall.poll, category="A")
    enter_tallies(hall, two, TALLY)
    assert paper_faults(hall.poll) == []


def test_a_difference_is_settled_by_the_desk_with_a_reason(cast: Cast) -> None:
    hall, one, two = closed_hall(cast)
    enter_tallies(hall, one, TALLY)
    enter_tallies(hall, two, TALLY | {"TOWN-02": {"好": 2}})
    where = {"actor": hall.actor, "poll": hall.poll, "category": "A"}
    cell = "tally|overall|TOWN-02|好"
    with pytest.raises(RefusedError, match="理由"):
        settle_cell(**where, cell=cell, value="2", reason=" ")  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match="没有差异"):
        settle_cell(**where, cell="tally|overall|TOWN-02|差", value="1", reason="x")  # type: ignore[arg-type]
    settle_cell(**where, cell=cell, value="2", reason="两人当面重点一遍")  # type: ignore[arg-type]
    seal_poll(actor=hall.actor, poll=hall.poll)
    rows = sealed_marks(hall.poll)
    assert sum((row.subject, row.value) == ("TOWN-02", "好") for row in rows) == 2


def test_what_was_settled_falls_when_a_teller_counts_otherwise(cast: Cast) -> None:
    hall, one, two = closed_hall(cast)
    enter_tallies(hall, one, TALLY)
    enter_tallies(hall, two, TALLY | {"TOWN-02": {"好": 2}})
    where = {"actor": hall.actor, "poll": hall.poll, "category": "A"}
    settle_cell(**where, cell="tally|overall|TOWN-02|好", value="2", reason="当面重点")  # type: ignore[arg-type]
    assert paper_faults(hall.poll) == []
    reopen_entry(actor=one, poll=hall.poll, category="A")
    enter_tallies(hall, one, TALLY | {"TOWN-02": {"好": 1}})
    assert "1 处录入差异没有解决" in paper_faults(hall.poll)[0]
    with pytest.raises(RefusedError, match="没有解决"):
        seal_poll(actor=hall.actor, poll=hall.poll)


def test_differences_stand_as_on_the_sheet(cast: Cast) -> None:
    hall, one, two = closed_hall(cast)
    marks = ("好", "较好", "一般", "差")
    full = {unit: dict.fromkeys(marks, 1) for unit in ("TOWN-03", "TOWN-01")}
    enter_tallies(hall, one, full)
    enter_tallies(hall, two, {"TOWN-02": {"较好": 1}})
    (state,) = (row for row in paper_states(hall.poll) if row.category == "A")
    assert [row.cell.split("|")[2:] for row in state.differences] == [
        *(["TOWN-01", mark] for mark in marks),
        ["TOWN-02", "较好"],
        *(["TOWN-03", mark] for mark in marks),
    ]


@pytest.mark.parametrize(
    ("counts", "tally", "words"),
    [
        (COUNTS | {"unused": 0}, TALLY, "对不上"),
        (COUNTS | {"void": 5}, TALLY, "多于收回"),
        (COUNTS, {"TOWN-01": {"好": 4}}, "却有一项计了 4 票"),
    ],
)
def test_forms_must_reconcile(
    cast: Cast, counts: dict[str, int], tally: dict[str, dict[str, int]], words: str
) -> None:
    hall, *tellers = closed_hall(cast)
    for teller in tellers:
        enter_tallies(hall, teller, tally)
        reopen_entry(actor=teller, poll=hall.poll, category="A")
        save_counts(actor=teller, poll=hall.poll, category="A", counts=counts)
        finish_entry(actor=teller, poll=hall.poll, category="A")
    with pytest.raises(RefusedError, match=words):
        seal_poll(actor=hall.actor, poll=hall.poll)


@pytest.mark.parametrize("mode", list(PaperMode))
def test_forms_without_a_single_mark_are_asked_about(cast: Cast, mode: PaperMode) -> None:
    hall, one, _two = closed_hall(cast, mode)
    where = {"actor": one, "poll": hall.poll, "category": "A"}
    save_counts(**where, counts=COUNTS)  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match="收回 3 张有效票，却一票未记"):
        finish_entry(**where)  # type: ignore[arg-type]
    finish_entry(**where, all_blank=True)  # type: ignore[arg-type]
    assert PaperEntry.objects.get().state == "finished"


def test_nothing_is_asked_when_no_form_came_back(cast: Cast) -> None:
    hall, one, _two = closed_hall(cast)
    where = {"actor": one, "poll": hall.poll, "category": "A"}
    save_counts(**where, counts=COUNTS | {"returned": 1})  # type: ignore[arg-type]
    finish_entry(**where)  # type: ignore[arg-type]
    assert PaperEntry.objects.get().state == "finished"


def test_single_forms_are_compared_by_number_and_counted(cast: Cast) -> None:
    hall, one, two = closed_hall(cast, PaperMode.BALLOTS)
    marks = {subject: {"overall": "一般"} for subject in hall.subjects}
    for teller in (one, two):
        where = {"actor": teller, "poll": hall.poll, "category": "A"}
        save_counts(**where, counts=COUNTS)  # type: ignore[arg-type]
        for number in (1, 2, 3):
            given = marks if (teller, number) != (two, 3) else {"TOWN-01": {"overall": "差"}}
            save_form(**where, number=number, marks=given)  # type: ignore[arg-type]
        finish_entry(**where)  # type: ignore[arg-type]
    (state,) = paper_states(hall.poll)
    assert [row.cell for row in state.differences] == [
        f"form|3|overall|{subject}" for subject in hall.subjects
    ]
    reopen_entry(actor=two, poll=hall.poll, category="A")
    save_form(actor=two, poll=hall.poll, category="A", number=3, marks=marks)
    save_remarks(actor=two, poll=hall.poll, category="A", remarks={"TOWN-01": ["多下小区"]})
    finish_entry(actor=two, poll=hall.poll, category="A")
    seal_poll(actor=hall.actor, poll=hall.poll)
    assert sum(row.value == "一般" for row in sealed_marks(hall.poll)) == 9
    assert remarks(hall.poll, "TOWN-01") == ["多下小区"]


def test_a_mark_outside_the_scale_is_refused(cast: Cast) -> None:
    hall, one, _two = closed_hall(cast)
    where = {"actor": one, "poll": hall.poll, "category": "A"}
    with pytest.raises(RefusedError, match="95"):
        save_tallies(**where, item="overall", tallies={"TOWN-01": {"95": 1}})  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match="other"):
        save_tallies(**where, item="other", tallies={"TOWN-01": {"好": 1}})  # type: ignore[arg-type]


def test_a_tellers_account_ends_with_the_count_that_it_was_opened_for(cast: Cast) -> None:
    hall, one, two = closed_hall(cast)
    tomorrow = timezone.now() + timedelta(days=1)
    unit = hall.poll.unit
    opened = create_temporary_account(
        actor=hall.actor, name="点票", role=Role.TELLER, unit=unit, until=tomorrow
    ).account
    for teller in (one, two):
        enter_tallies(hall, teller, TALLY)
    opened.refresh_from_db()
    assert opened.expires_at == tomorrow, "the count goes on"
    seal_poll(actor=hall.actor, poll=hall.poll)
    opened.refresh_from_db()
    assert opened.expires_at <= timezone.now()
    assert cast.account("teller1").expires_at is None, "a lasting account is nobody's to end"


def test_a_third_teller_and_other_roles_are_refused(cast: Cast) -> None:
    hall, one, two = closed_hall(cast)
    for teller in (one, two):
        save_counts(actor=teller, poll=hall.poll, category="A", counts=COUNTS)
    with pytest.raises(ForbiddenError):
        save_counts(actor=cast.actor("desk"), poll=hall.poll, category="A", counts=COUNTS)
    third = Actor(cast.account("desk").pk, "第三人", grants=one.grants)
    with pytest.raises(RefusedError, match="另外两名"):
        save_counts(actor=third, poll=hall.poll, category="A", counts=COUNTS)


def test_entries_are_ciphertext_and_closed_to_changes_when_finished(cast: Cast) -> None:
    hall, one, _two = closed_hall(cast)
    enter_tallies(hall, one, TALLY)
    entry = PaperEntry.objects.get()
    assert b"TOWN" not in bytes(entry.ciphertext)
    with pytest.raises(StateError):
        save_counts(actor=one, poll=hall.poll, category="A", counts=COUNTS)


def test_paper_waits_for_the_closing(cast: Cast) -> None:
    hall = prepare(cast)
    set_paper_issued(actor=hall.actor, poll=hall.poll, category="A", issued=1)
    open_poll(actor=hall.actor, poll=hall.poll)
    with pytest.raises(StateError, match="截止以后"):
        save_counts(actor=cast.actor("teller1"), poll=hall.poll, category="A", counts=COUNTS)
