"""The view from above and the ledger: figures, heat, coverage, out and in again by row and cell."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from shuzhi.kernel.documents.paper import chinese_date
from shuzhi.matters.models import Matter
from shuzhi.matters.queries import county as queries
from shuzhi.matters.services import open_matter
from shuzhi.registry.models import Unit
from tests.cast import Cast

from .test_handover import in_days, issue, reported, step
from .test_pages import text, url
from .test_years import proposal

Browse = Callable[[str], Client]
KIND = "handover-order"


def overdue(cast: Cast) -> Matter:
    matter = issue(cast)
    Matter.objects.filter(pk=matter.pk).update(due=timezone.localdate() - timedelta(days=2))
    return matter


def test_figures_by_unit_and_kind(county: Cast, browse: Browse) -> None:
    overdue(county)
    issue(county)
    closed = step(county, reported(county), "accept", "commissioner", finding="属实")
    assert closed.ended
    held, rows = queries.table(county.town, closed.year, county.actor("commissioner"))
    assert [kind for kind, _title in held] == [KIND]
    first = rows[0].sums[KIND]
    assert (first["total"], first.value(queries.Figure.OPEN), first["overdue"]) == (3, 2, 1)
    bad = {one: first.badness(one) for one in queries.Figure if first.badness(one)}
    assert bad == {queries.Figure.OVERDUE: Decimal(1) / 3, queries.Figure.ON_TIME: Decimal("0.5")}
    rates = [first.value(one) for one in (queries.Figure.ON_TIME, queries.Figure.DONE_RATE)]
    assert [str(one) for one in rates] == ["50.00", "33.33"]
    assert (rows[-1].whole, rows[-1].sums) == (True, rows[0].sums), "the others have none"
    page = text(browse("commissioner"), url("county"))
    assert "f_figure=overdue" in page
    assert text(browse("organiser"), url("county")).count("清溪镇") >= 1


def test_a_cell_leads_to_its_rows(county: Cast, browse: Browse) -> None:
    late = overdue(county)
    path = county.communities[0].path
    page = text(
        browse("commissioner"), url("list") + f"?f_view=overdue&f_kind={KIND}&f_unit={path}"
    )
    assert late.title in page
    assert "已逾期 2 天" in page


def test_a_unit_out_of_reach_is_not_named(county: Cast, browse: Browse) -> None:
    """An address can be typed by anybody: it tells no more of a unit than that it is not theirs."""
    other = Unit.objects.get(path=county.people["outsider"].appointments.get().unit.path)
    asked = url("list") + "?f_unit="
    shown = text(browse("secretary1"), asked + other.path)
    assert other.name not in shown
    assert "管辖范围以外的单位" in shown
    unknown = text(browse("secretary1"), asked + "99/")
    assert "管辖范围以外的单位" in unknown
    assert county.communities[0].name in text(
        browse("commissioner"), asked + county.communities[0].path
    )


def test_the_county_costs_the_same_for_many(county: Cast, browse: Browse) -> None:
    client = browse("commissioner")
    issue(county)
    for name in ("county", "coverage", "board"):
        where = url(name) if name == "county" else url(name, KIND)
        client.get(where)
        with CaptureQueriesContext(connection) as few:
            client.get(where)
        for _ in range(20):
            overdue(county)
        with CaptureQueriesContext(connection) as many:
            client.get(where)
        assert len(many) == len(few), name


def test_who_has_been_covered(county: Cast, browse: Browse) -> None:
    step(county, issue(county), "sign", "secretary1")
    page = text(browse("commissioner"), url("coverage", KIND))
    assert "全部覆盖" in page
    assert "还没有" in page
    one_of_all = f"{100 / len(county.communities):.2f}"  # two places, as on every page of shares
    assert f">{one_of_all}<" in text(browse("organiser"), url("coverage", KIND))
    assert browse("outsider").get(url("coverage", "no-such")).status_code == 404
    assert browse("audit").get(url("county")).status_code == 403


def test_another_town_cannot_be_looked_at(county: Cast, browse: Browse) -> None:
    client = browse("outsider")
    assert client.get(url("county") + f"?unit={county.town.public_id}").status_code == 404


def test_the_board(county: Cast, browse: Browse) -> None:
    matter = issue(county)
    page = text(browse("commissioner"), url("board", KIND))
    assert "待签收" in page
    assert matter.title in page
    assert matter.title not in text(browse("secretary2"), url("board", KIND))


def test_the_order_as_word(county: Cast, browse: Browse) -> None:
    matter = issue(county)
    answer = browse("secretary1").get(url("paper", matter.public_id))
    document = Document(BytesIO(answer.content))
    words = "\n".join(p.text for p in document.paragraphs)
    words += "\n".join(c.text for t in document.tables for r in t.rows for c in r.cells)
    assert f"关于{matter.title}的交办单" in words.replace("\n", "")
    for expected in (matter.number, "第1社区党工委：", "公开栏每月更新", "督查检查"):
        assert expected in words
    said = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert not {"责任单位", "交办单位"} & set(said), "head and foot name them"
    assert browse("secretary2").get(url("paper", matter.public_id)).status_code == 404


def test_a_proposal_is_handed_to_whoever_handles_it(county: Cast, browse: Browse) -> None:
    matter = proposal(county)
    client = browse("commissioner")
    document = Document(BytesIO(client.get(url("paper", matter.public_id)).content))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert f"{county.communities[0].name}：" in words
    assert any("收到后请先办理“答复代表”。" in said for said in words)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {"答复时限", chinese_date(matter.deadlines.get(key="answer").due_on)} < set(cells)
    matter.parties.filter(party="handler").delete()
    where = url("paper", matter.public_id)
    assert client.get(where).status_code == 404, "nobody is named"
    assert where not in text(client, url("matter", matter.public_id))


def sheet(client: Client) -> tuple[list[str], list[list[object]], bytes]:
    data = client.get(url("ledger-sheet", KIND)).content
    rows = list(load_workbook(BytesIO(data)).worksheets[0].iter_rows(values_only=True))
    return [str(cell) for cell in rows[0]], [list(row) for row in rows[1:]], data


def filled(heads: list[str], rows: list[list[object]]) -> SimpleUploadedFile:
    from openpyxl import Workbook

    book = Workbook()
    for row in (heads, *rows):
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile("台账.xlsx", stream.getvalue())


def test_the_ledger_that_goes_out_comes_in_unchanged(county: Cast, browse: Browse) -> None:
    issue(county)
    reported(county)
    client = browse("commissioner")
    _heads, _rows, data = sheet(client)
    answer = client.post(url("ledger", KIND), {"sheet": SimpleUploadedFile("台账.xlsx", data)})
    page = answer.content.decode()
    assert "没有变化 2" in page
    assert "没有要写入的" in page


def test_measures_stand_in_story_and_ledger_and_are_not_changed_there(
    county: Cast, browse: Browse
) -> None:
    facts = {"problem": "公开栏停更", "mode": "by_date", "due_on": in_days(20)}
    notice = open_matter(actor=county.actor("commissioner"), mechanism="rectification-notice",
                         unit=county.communities[0], title="公开栏停更", facts=facts)  # fmt: skip
    measures = [{"measure": "补上", "who": "甲", "by_when": in_days(5)},
                {"measure": "每月换", "who": "乙", "by_when": in_days(9)}]  # fmt: skip
    step(county, notice, "plan", "secretary1", measures=measures)
    client, where = browse("commissioner"), url("ledger", "rectification-notice")
    story = text(client, url("matter", notice.public_id))
    assert 'tabindex="0" role="region" aria-label="整改措施"' in story, "reached by keys"
    data = client.get(where + "sheet/").content
    heads, row, *_blank = load_workbook(BytesIO(data)).worksheets[0].iter_rows(values_only=True)
    at = heads.index("整改措施")
    assert row[at] == f"1. 补上 · 甲 · {in_days(5)}\n2. 每月换 · 乙 · {in_days(9)}"
    same = client.post(where, {"sheet": SimpleUploadedFile("台账.xlsx", data)}).content.decode()
    assert "没有变化 1" in same
    heads, changed = [str(head) for head in heads], [*row[:at], "1. 别的", *row[at + 1 :]]
    page = client.post(where, {"sheet": filled(heads, [changed])}).content.decode()
    assert "这一格不能在表里改" in page
    new: list[object] = [None if head != "整改措施" else "1. 补上" for head in heads]
    page = client.post(where, {"sheet": filled(heads, [new])}).content.decode()
    assert "请在网页上填写这一项" in page


def test_new_changed_and_wrong_rows(county: Cast, browse: Browse) -> None:
    matter = reported(county)
    client = browse("commissioner")
    heads, rows, _data = sheet(client)
    at = {head: number for number, head in enumerate(heads)}
    rows[0][at["本次办理"]] = "复核通过，销号"
    rows[0][at["复核意见"]] = "现场看过，属实"
    new: list[object] = [None] * len(heads)
    due = timezone.localdate() + timedelta(days=9)
    for head, value in {
        "交办事项": "补齐会议记录",
        "责任单位": "TOWN-02",
        "问题来源": "暗访",
        "办理要求": "三天补齐",
        "办结期限": due,
    }.items():
        new[at[head]] = value
    answer = client.post(url("ledger", KIND), {"sheet": filled(heads, [rows[0], new])})
    page = answer.content.decode()
    assert "新增 1" in page
    assert "有变化 1" in page
    key = page.split('name="file" value="')[1].split('"')[0]
    other = browse("secretary1").post(url("ledger-take", KIND), {"file": key}, follow=True)
    assert "看过预览再写入" in other.content.decode()
    page = client.post(url("ledger-take", KIND), {"file": key}, follow=True).content.decode()
    assert "已写入 2 行" in page
    matter.refresh_from_db()
    assert matter.state_key == "closed"
    assert Matter.objects.get(title="补齐会议记录").unit.code == "TOWN-02"
    again = client.post(url("ledger-take", KIND), {"file": key}, follow=True).content.decode()
    assert "表里还有错" in again


@pytest.mark.parametrize(
    ("head", "value", "words"),
    [
        ("责任单位", "第2社区党工委", "这一格不能在表里改"),
        ("办到哪一步", "已销号", "这一格不能在表里改"),
        ("复核意见", "写了没选", "请在“本次办理”里选"),
        ("本次办理", "签收", "现在办到“待复核”"),
        ("本次办理", "胡写", "只能填"),
        ("办结期限", "不是日期", "应填日期"),
        ("办理结果", None, "不能在表里清空"),
        ("识别码", "zzzzzz", "没有这一件"),
    ],
)
def test_what_is_wrong_is_said_by_cell(
    county: Cast, browse: Browse, head: str, value: object, words: str
) -> None:
    matter = reported(county)
    client = browse("commissioner")
    heads, rows, _data = sheet(client)
    rows[0][heads.index(head)] = value
    page = client.post(url("ledger", KIND), {"sheet": filled(heads, rows[:1])}).content.decode()
    assert words in page
    assert str(value or "") in page, "what was typed stands beside what is wrong with it"
    assert "确认写入" not in page
    matter.refresh_from_db()
    assert matter.state_key == "reported"


def test_many_are_done_together(county: Cast, browse: Browse) -> None:
    first, second = issue(county), issue(county)
    client = browse("secretary1")
    pick = f"?pick={first.public_id}&pick={second.public_id}"
    assert "签收" in text(client, url("bulk") + pick)
    data = {"pick": [first.public_id, second.public_id]}
    page = client.post(url("bulk-step", "sign"), data).content.decode()
    assert "已办理 2 件" in page
    first.refresh_from_db()
    assert first.state_key == "working"
    third = issue(county)
    assert "没有您现在都能办的同一步" in text(
        client, url("bulk") + f"?pick={first.public_id}&pick={third.public_id}"
    )
    assert browse("commissioner").post(url("bulk-step", "sign"), data).status_code == 404


def test_a_filter_is_kept_for_oneself(county: Cast, browse: Browse) -> None:
    issue(county)
    client = browse("commissioner")
    data = {"name": "逾期交办单", "query": f"?f_view=overdue&f_kind={KIND}&page=3&evil=1"}
    page = client.post(url("save-filter"), data, follow=True)
    assert page.redirect_chain[-1][0].endswith(f"?f_view=overdue&f_kind={KIND}")
    assert "逾期交办单" in text(client, url("list"))
    assert "逾期交办单" not in text(browse("secretary1"), url("list"))
    assert (
        "请先选好筛选条件"
        in client.post(
            url("save-filter"), {"name": "空", "query": ""}, follow=True
        ).content.decode()
    )
    key = text(client, url("list")).split("/drop/")[0].rsplit("/", 1)[1]
    browse("secretary1").post(url("drop-filter", key))
    assert "逾期交办单" in text(client, url("list"))
    client.post(url("drop-filter", key))
    assert "逾期交办单" not in text(client, url("list"))
