"""Figures: typed or from Excel, whole or not at all, with faults by row and column."""

import json
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from shuzhi.appraisal.data import data_files
from shuzhi.appraisal.models import Entrant, Figure, Happening, Review, Veto
from shuzhi.appraisal.queries.figures import grid, missing_figures
from shuzhi.appraisal.services import figures
from shuzhi.appraisal.services.figures import FigureRow
from shuzhi.appraisal.sheets import figures_workbook, read_figures
from shuzhi.kernel.errors import FaultsError, ForbiddenError, MissingFactError, RefusedError
from shuzhi.kernel.sheets import Column, Sheet, write_workbook
from tests.cast import Cast

from . import story

pytestmark = pytest.mark.django_db


def texts(review: Review) -> dict[str, list[str]]:
    return {row.entrant.unit.code: row.texts for row in grid(review)[1]}


def test_a_grid_is_stored_as_typed_and_normalised(cast: Cast, review: Review) -> None:
    row = FigureRow(2, "TOWN-01", {"study": " 1,200.5 ", "training": "不适用", "plan": "是"})
    assert figures.enter_figures(review, [row], actor=cast.actor("commissioner")) == 3
    stored = {f.indicator: (f.value, f.source) for f in Figure.objects.all()}
    assert stored == {
        "study": ("1200.5", "1,200.5"),
        "training": ("na", "不适用"),
        "plan": ("是", "是"),
    }


def test_entering_again_counts_changes_only_and_an_empty_cell_removes(
    cast: Cast, review: Review
) -> None:
    assert story.enter_figures(cast, review) == 9
    assert story.enter_figures(cast, review) == 0
    changed = {"TOWN-01": {"study": "3", "training": "", "plan": "是"}}
    assert story.enter_figures(cast, review, changed) == 2
    assert texts(review)["TOWN-01"] == ["3", "", "是"]
    assert missing_figures(review) == {"TOWN-01": ["党员培训"]}


def test_all_faults_are_named_and_nothing_is_written(cast: Cast, review: Review) -> None:
    rows = [
        FigureRow(2, "TOWN-01", {"study": "四次", "plan": "大概"}),
        FigureRow(3, "TOWN-99", {}),
        FigureRow(4, "TOWN-02", {"study": "4"}),
        FigureRow(5, "TOWN-02", {"study": "5"}),
    ]
    with pytest.raises(FaultsError) as refused:
        figures.enter_figures(review, rows, actor=cast.actor("commissioner"))
    places = [(fault.row, fault.column) for fault in refused.value.faults]
    assert places == [(2, "专题研究"), (2, "年度计划"), (3, "单位代码"), (5, "单位代码")]
    assert not Figure.objects.exists()


def test_the_sheet_that_goes_out_comes_in_again(cast: Cast, review: Review) -> None:
    story.enter_figures(cast, review)
    before = texts(review)
    rows = read_figures(review, figures_workbook(review))
    assert {row.unit: list(row.values.values()) for row in rows} == before
    assert figures.enter_figures(review, rows, actor=cast.actor("commissioner")) == 0


def test_a_column_taken_out_of_the_sheet_empties_nothing(cast: Cast, review: Review) -> None:
    story.enter_figures(cast, review)
    columns = [Column("unit", "单位代码"), Column("name", "单位"), Column("study", "专题研究")]
    data = write_workbook([Sheet("表", columns, [["TOWN-01", "第一", "9"]])])
    rows = read_figures(review, data)
    assert figures.enter_figures(review, rows, actor=cast.actor("commissioner")) == 1
    assert texts(review)["TOWN-01"] == ["9", "10", "是"]


def test_a_heading_that_was_changed_is_refused(cast: Cast, review: Review) -> None:
    story.enter_figures(cast, review)
    for headings, said in (
        (("研究次数",), "认不出的列：研究次数"),
        (("专题研究", "培训人数"), "缺少的列：党员培训、年度计划"),
    ):
        columns = [Column("unit", "单位代码"), *(Column(name, name) for name in headings)]
        data = write_workbook([Sheet("表", columns, [["TOWN-01", *("9" for _ in headings)]])])
        with pytest.raises(RefusedError, match=said):
            read_figures(review, data)


def test_nobody_saves_over_cells_that_they_did_not_see(
    cast: Cast, browse: Callable[[str], Client], review: Review
) -> None:
    client, address = browse("commissioner"), reverse("appraisal:figures", args=[review.public_id])
    shown = json.loads(client.get(address).context["shown"])
    story.enter_figures(cast, review, {"TOWN-01": {"study": "3"}})
    mine = {**shown, "TOWN-02|study": "4"}
    client.post(address, {**mine, "shown": json.dumps(shown)})
    assert texts(review)["TOWN-01"][0] == "3"  # left alone here, entered there
    assert texts(review)["TOWN-02"][0] == "4"
    late = {**mine, "TOWN-01|study": "5", "shown": json.dumps(mine)}
    answer = client.post(address, late)
    assert answer.status_code == 422
    assert "刚有人改为“3”" in answer.content.decode()
    again = {**late, "shown": answer.context["shown"]}
    client.post(address, again)  # now it was seen
    assert texts(review)["TOWN-01"][0] == "5"


def test_a_refused_cell_is_marked_and_a_link_away(
    cast: Cast, browse: Callable[[str], Client], review: Review
) -> None:
    client, address = browse("commissioner"), reverse("appraisal:figures", args=[review.public_id])
    story.enter_figures(cast, review)
    shown = client.get(address).context["shown"]
    typed = json.loads(shown) | {"TOWN-02|study": "三"}
    page = client.post(address, {**typed, "shown": shown}).content.decode()
    assert page.count("is-invalid") == 1
    assert 'href="#TOWN-02%7Cstudy"' in page
    assert re.search('id="TOWN-02\\|study"[^>]*value="三"[^>]*title="请填数字', page)


@pytest.fixture
def own_targets(review: Review) -> Review:
    review.scheme_text = review.scheme_text.replace("kind: ratio, target: 10", "kind: ratio")
    review.save(update_fields=["scheme_text"])
    return review


def test_units_with_targets_of_their_own_have_a_column_for_them(
    cast: Cast, own_targets: Review
) -> None:
    story.enter_figures(cast, own_targets)
    assert missing_figures(own_targets)["TOWN-01"] == ["党员培训：目标"]
    sheet = read_figures(own_targets, figures_workbook(own_targets))
    assert list(sheet[0].values) == ["study", "training", "training:target", "plan"]
    actor = cast.actor("commissioner")
    rows = [FigureRow(n, row.unit, {"training:target": "8"}) for n, row in enumerate(sheet)]
    assert figures.enter_figures(own_targets, rows, actor=actor) == len(rows)
    assert not missing_figures(own_targets)
    assert texts(own_targets)["TOWN-01"][1:3] == ["10", "8"]
    assert f"{sheet[0].unit},training,10,8" in data_files(own_targets)["values.csv"].decode()
    row = FigureRow(2, "TOWN-01", {"training": "9"})
    assert figures.enter_figures(own_targets, [row], actor=actor) == 1
    assert texts(own_targets)["TOWN-01"][1:3] == ["9", "8"]  # the target stays


@pytest.mark.parametrize("text", ["0", "-1", "八", "不适用"])
def test_an_own_target_is_a_number_above_0(cast: Cast, own_targets: Review, text: str) -> None:
    rows = [FigureRow(2, "TOWN-01", {"training": "9", "training:target": text})]
    with pytest.raises(FaultsError):
        figures.enter_figures(own_targets, rows, actor=cast.actor("commissioner"))


def test_an_own_target_comes_with_its_figure(cast: Cast, own_targets: Review) -> None:
    rows = [FigureRow(2, "TOWN-01", {"training": "", "training:target": "8"})]
    with pytest.raises(RefusedError, match="目标要和数据一起填"):
        figures.enter_figures(own_targets, rows, actor=cast.actor("commissioner"))


def test_a_figure_does_not_take_its_target_along(cast: Cast, own_targets: Review) -> None:
    actor = cast.actor("commissioner")
    both = FigureRow(2, "TOWN-01", {"training": "9", "training:target": "8"})
    figures.enter_figures(own_targets, [both], actor=actor)
    with pytest.raises(RefusedError, match="目标要和数据一起填"):
        figures.enter_figures(own_targets, [FigureRow(2, "TOWN-01", {"training": ""})], actor=actor)
    neither = FigureRow(2, "TOWN-01", {"training": "", "training:target": ""})
    assert figures.enter_figures(own_targets, [neither], actor=actor) == 1


def test_a_bonus_needs_a_reason_a_known_indicator_and_points(
    cast: Cast, entrants: list[Entrant]
) -> None:
    actor, entrant = cast.actor("commissioner"), entrants[0]
    with pytest.raises(MissingFactError):
        figures.add_happening(entrant, "extra", Decimal(1), " ", actor=actor)
    with pytest.raises(RefusedError, match="没有这个加减分指标"):
        figures.add_happening(entrant, "study", Decimal(1), "表彰", actor=actor)
    with pytest.raises(RefusedError, match="不能是 0"):
        figures.add_happening(entrant, "extra", Decimal(0), "表彰", actor=actor)
    happening = figures.add_happening(entrant, "extra", Decimal(-1), "通报", actor=actor)
    figures.remove_happening(happening, actor=actor)
    assert not Happening.objects.exists()


def test_round_points_are_shown_as_a_clerk_writes_them(
    cast: Cast, browse: Callable[[str], Client], entrants: list[Entrant]
) -> None:
    actor = cast.actor("commissioner")
    figures.add_happening(entrants[0], "extra", Decimal(10), "县级通报表扬", actor=actor)
    address = reverse("appraisal:figures", args=[entrants[0].review.public_id])
    assert ">+10</td>" in browse("commissioner").get(address).content.decode()


def test_a_veto_needs_a_basis_and_applies_once(cast: Cast, entrants: list[Entrant]) -> None:
    actor, entrant = cast.actor("commissioner"), entrants[0]
    with pytest.raises(MissingFactError, match="依据"):
        figures.add_veto(entrant, "discipline", "", actor=actor)
    with pytest.raises(RefusedError, match="没有这一否决事项"):
        figures.add_veto(entrant, "weather", "文件", actor=actor)
    figures.add_veto(entrant, "discipline", "镇纪委〔2026〕3号", actor=actor)
    with pytest.raises(RefusedError, match="已登记"):
        figures.add_veto(entrant, "discipline", "又一份", actor=actor)
    assert Veto.objects.count() == 1


@pytest.mark.parametrize("part", ["leader", "secretary1", "inspector", "desk", "outsider"])
def test_only_who_manages_the_review_enters(cast: Cast, review: Review, part: str) -> None:
    with pytest.raises(ForbiddenError):
        figures.enter_figures(review, [], actor=cast.actor(part))
