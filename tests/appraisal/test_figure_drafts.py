"""Figures from Excel: a preview writes nothing, its confirmation what it showed, and once."""

from collections.abc import Callable, Mapping

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shuzhi.appraisal.models import Figure, FigureDraft, Review
from shuzhi.appraisal.queries.figures import grid
from shuzhi.appraisal.services import figure_drafts as verbs
from shuzhi.appraisal.services.figures import FigureRow
from shuzhi.kernel.errors import FaultsError, ForbiddenError, RefusedError
from shuzhi.kernel.models import AuditEvent
from shuzhi.kernel.seen import StaleError
from shuzhi.kernel.sheets import Column, Sheet, write_workbook
from tests.cast import Cast

from . import story

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
SENT = {  # a change, a figure taken away, one that stays; then a figure where none stood
    "TOWN-01": {"study": "9", "training": "", "plan": "是"},
    "TOWN-02": {"study": "7"},
}
STOOD = {
    "TOWN-01": {"study": "3", "training": "10", "plan": "是"},
    "TOWN-02": {"plan": "否"},
}


@pytest.fixture
def stood(cast: Cast, review: Review) -> Review:
    story.enter_figures(cast, review, STOOD)
    return review


def sheet(rows: Mapping[str, Mapping[str, str]]) -> list[FigureRow]:
    return [FigureRow(n, unit, values) for n, (unit, values) in enumerate(rows.items(), 2)]


def keep(cast: Cast, review: Review, rows: Mapping[str, Mapping[str, str]] = SENT) -> FigureDraft:
    return verbs.keep_draft(review, "数据.xlsx", sheet(rows), actor=cast.actor("commissioner"))


def texts(review: Review) -> dict[str, list[str]]:
    return {row.entrant.unit.code: row.texts for row in grid(review)[1]}


def events() -> int:
    return AuditEvent.objects.filter(kind="figure.enter").count()


def test_a_plan_says_cell_by_cell_what_a_sheet_would_change(stood: Review) -> None:
    plan = verbs.plan_of(stood, sheet(SENT))
    assert [(c.row, c.item, c.old, c.new, c.change) for c in plan.shown] == [
        (2, "党员培训", "10", "", "emptied"),
        (2, "专题研究", "3", "9", "changed"),
        (3, "专题研究", "", "7", "new"),
    ]
    assert [n for _word, n in plan.counts] == [1, 1, 1, 1]
    assert (plan.ready, plan.changes, plan.more) == (True, 3, 0)


def test_faults_are_told_by_row_and_their_cells_are_no_changes(stood: Review) -> None:
    plan = verbs.plan_of(stood, sheet({"TOWN-01": {"study": "九"}, "TOWN-99": {"study": "1"}}))
    assert [(fault.row, fault.column) for fault in plan.faults] == [
        (2, "专题研究"),
        (3, "单位代码"),
    ]
    assert (plan.ready, plan.changes) == (False, 0)


def test_a_column_that_the_scheme_no_longer_has_is_told(cast: Cast, stood: Review) -> None:
    draft = keep(cast, stood, {"TOWN-01": {"study": "9", "gone": "1"}})
    plan = verbs.plan_of(stood, verbs.rows_of(draft))
    assert [(fault.row, fault.column) for fault in plan.faults] == [(2, "gone")]
    with pytest.raises(FaultsError, match="重新下载表格"):
        verbs.apply_draft(draft, plan.seen, actor=cast.actor("commissioner"))


def test_what_is_too_much_to_look_through_is_counted(
    stood: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verbs, "MOST_SHOWN", 1)
    plan = verbs.plan_of(stood, sheet(SENT))
    assert (len(plan.shown), plan.more) == (1, 2)
    wrong = verbs.plan_of(stood, sheet({"TOWN-01": {"study": "九"}, "TOWN-02": {"study": "七"}}))
    assert (len(wrong.shown_faults), wrong.more_faults) == (1, 1)


def test_keeping_writes_no_figure_and_confirming_writes_once(cast: Cast, stood: Review) -> None:
    before, told, actor = texts(stood), events(), cast.actor("commissioner")
    draft = keep(cast, stood)
    seen = verbs.plan_of(stood, verbs.rows_of(draft)).seen
    assert (texts(stood), events()) == (before, told)
    assert verbs.apply_draft(draft, seen, actor=actor) == 3
    assert texts(stood)["TOWN-01"] == ["9", "", "是"]
    assert texts(stood)["TOWN-02"] == ["7", "", "否"]
    with pytest.raises(RefusedError, match="已经导入过"):
        verbs.apply_draft(draft, seen, actor=actor)
    assert events() == told + 1
    draft.refresh_from_db()
    assert draft.rows == []


def test_a_confirmation_of_what_no_longer_stands_is_refused(cast: Cast, stood: Review) -> None:
    draft, actor = keep(cast, stood), cast.actor("commissioner")
    seen = verbs.plan_of(stood, sheet(SENT)).seen
    story.enter_figures(cast, stood, {"TOWN-03": {"study": "1"}})  # no cell of the sheet
    assert verbs.plan_of(stood, sheet(SENT)).seen == seen
    story.enter_figures(cast, stood, {"TOWN-01": {"study": "4"}})
    with pytest.raises(StaleError, match="有人改过"):
        verbs.apply_draft(draft, seen, actor=actor)
    assert texts(stood)["TOWN-01"][0] == "4"
    now = verbs.plan_of(stood, sheet(SENT)).seen
    assert verbs.apply_draft(draft, now, actor=actor) == 3  # it was looked at again


def test_a_sheet_with_a_fault_or_without_a_change_is_not_written(cast: Cast, stood: Review) -> None:
    actor = cast.actor("commissioner")
    wrong = keep(cast, stood, {"TOWN-01": {"study": "九", "plan": "否"}})
    with pytest.raises(FaultsError):
        verbs.apply_draft(wrong, None, actor=actor)
    same = keep(cast, stood, {"TOWN-01": {"study": "3"}})
    with pytest.raises(RefusedError, match="没有需要写入"):
        verbs.apply_draft(same, None, actor=actor)
    assert texts(stood)["TOWN-01"] == ["3", "10", "是"]


def test_nobody_confirms_for_somebody_else(cast: Cast, stood: Review) -> None:
    draft = keep(cast, stood)
    for part in ("organiser", "secretary1"):
        with pytest.raises(ForbiddenError):
            verbs.apply_draft(draft, None, actor=cast.actor(part))


def test_the_pages_from_upload_to_the_second_click(
    cast: Cast, browse: Browse, stood: Review
) -> None:
    client = browse("commissioner")
    columns = [Column("unit", "单位代码"), Column("study", "专题研究")]
    data = write_workbook([Sheet("表", columns, [["TOWN-01", "9"], ["TOWN-02", "7"]])])
    upload = reverse("appraisal:figures-upload", args=[stood.public_id])
    answer = client.post(upload, {"file": SimpleUploadedFile("数据.xlsx", data)}, follow=True)
    page, address = answer.content.decode(), answer.redirect_chain[-1][0]
    assert "确认写入 2 格变化" in page
    assert texts(stood)["TOWN-01"][0] == "3"
    old = {"seen": answer.context["plan"].seen}
    story.enter_figures(cast, stood, {"TOWN-01": {"study": "4"}})
    late = client.post(
        address, old, headers={"referer": f"http://testserver{address}"}, follow=True
    )
    assert "有人改过" in late.content.decode()
    assert texts(stood)["TOWN-01"][0] == "4"
    now = {"seen": late.context["plan"].seen}
    assert "改动 2 格" in client.post(address, now, follow=True).content.decode()
    client.post(address, now)
    assert Figure.objects.filter(indicator="study", value__in=("9", "7")).count() == 2
    again = client.get(address).content.decode()
    assert "已经导入过" in again
    assert "确认写入" not in again
    assert browse("organiser").get(address).status_code == 404
