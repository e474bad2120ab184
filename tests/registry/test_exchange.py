"""Excel out and in: the same format both ways, faults by cell, all or nothing."""

import io
from collections.abc import Callable, Sequence

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shuzhi.kernel.errors import FaultsError, RefusedError
from shuzhi.kernel.models import AuditEvent
from shuzhi.kernel.uploads import MEDIA_TYPES, FileKind, check_upload
from shuzhi.registry import queries, services
from shuzhi.registry.exchange import Change, Plan, plan_of, read_upload, workbook
from shuzhi.registry.exchange.reading import Rows
from shuzhi.registry.models import Appointment, ImportDraft, Person, Unit
from tests.cast import Cast

Browse = Callable[[str], Client]
HEADS: dict[str, list[str]] = {
    "组织": ["代码", "名称", "简称", "类型", "上级代码", "成立日期", "撤销日期"],
    "人员": ["人员编号", "姓名", "所在组织代码", "手机", "排序用名"],
    "任职": ["人员编号", "姓名", "任职组织代码", "职务", "任职日期", "免职日期"],
}
COMMUNITY = "村（社区）党组织"


def book(**sheets: Sequence[Sequence[object]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        sheet.append(HEADS[title])
        for row in rows:
            sheet.append(list(row))
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def read(data: bytes) -> dict[str, Rows]:
    return read_upload(check_upload("x.xlsx", data, FileKind.EXCEL, FileKind.CSV))


def plan(cast: Cast, part: str = "commissioner", **sheets: Sequence[Sequence[object]]) -> Plan:
    return plan_of(read(book(**sheets)), cast.actor(part))


def faults(found: Plan) -> set[tuple[str, int, str]]:
    return {
        (name, line.row, key)
        for name, part in found.parts.items()
        for line in part.lines
        for key in line.faults
    }


def apply(cast: Cast, data: bytes, part: str = "commissioner") -> Plan:
    actor = cast.actor(part)
    draft = services.keep_draft(actor=actor, name="x.xlsx", rows=read(data))
    return services.apply_draft(actor=actor, draft=draft)


def upload(client: Client, data: bytes, name: str = "名册.xlsx") -> HttpResponse:
    file = SimpleUploadedFile(name, data, MEDIA_TYPES[FileKind.EXCEL])
    response = client.post(reverse("registry:import"), {"file": file}, follow=True)
    assert isinstance(response, HttpResponse)
    return response


def test_what_goes_out_comes_in_unchanged(cast: Cast) -> None:
    for part in ("organiser", "commissioner"):
        found = plan_of(read(workbook(cast.actor(part), filled=True)), cast.actor(part))
        assert faults(found) == set()
        counts = {name: part.counts for name, part in found.parts.items()}
        assert found.changes == 0
        assert counts["units"][Change.SAME] == len(_reach(cast, part))


def _reach(cast: Cast, part: str) -> list[Unit]:
    return list(queries.subtree(cast.county if part == "organiser" else cast.town))


def test_the_template_is_empty_and_has_the_same_heads(cast: Cast) -> None:
    data = workbook(cast.actor("organiser"), filled=False)
    made = openpyxl.load_workbook(io.BytesIO(data))
    for title, heads in HEADS.items():
        assert [cell.value for cell in made[title][1]] == heads
        assert made[title].max_row == 1
    with pytest.raises(RefusedError, match="没有找到可以导入的内容"):
        read(data)


def test_new_units_people_and_posts_in_one_go(cast: Cast) -> None:
    found = apply(
        cast,
        book(
            组织=[
                ["TOWN-0401", "南湾社区第一支部", None, "党支部", "TOWN-04", "2025-03-01", None],
                ["TOWN-04", "南湾社区党委", "南湾", COMMUNITY, "TOWN", None, None],
            ],
            人员=[[None, "黄河", "TOWN-04", "13800000000", None]],
            任职=[
                [None, "黄河", "TOWN-04", "党委书记", "2025年3月1日", None],
                [None, "黄河", "TOWN-0401", "支部书记", "2025-03-01", None],
                [None, "书记1", "TOWN-04", "党建指导员", "2025-03-01", "2025-12-31"],
            ],
        ),
    )
    assert found.changes == 6
    unit = Unit.objects.get(code="TOWN-04")
    branch = Unit.objects.get(code="TOWN-0401")
    assert unit.path == cast.town.path + "0004"
    assert branch.path == unit.path + "0001"
    assert branch.short_name == "南湾社区第一支部"
    secretary = queries.secretary_of(unit)
    assert secretary
    assert secretary.name == "黄河"
    assert secretary.sort_key
    event = AuditEvent.objects.get(kind="registry.imported")
    assert event.after["counts"]["units"]["new"] == 2


def test_changes_moves_and_reliefs(cast: Cast) -> None:
    services.add_person(actor=cast.actor("organiser"), name="黄河", home=cast.units["TOWN-03"])
    post = cast.post("secretary2")
    apply(
        cast,
        book(
            组织=[["TOWN-03", "新桥社区党委", None, COMMUNITY, "TOWN-01", None, None]],
            人员=[[cast.people["secretary2"].public_id, "书记贰", "TOWN-01", None, None]],
            任职=[
                [None, "黄河", "TOWN-02", "书记", "2026-04-01", None],
                [post.person.public_id, "书记2", "TOWN-02", "书记", post.since, "2026-03-31"],
            ],
        ),
    )
    moved = Unit.objects.get(code="TOWN-03")
    assert moved.parent == cast.units["TOWN-01"]
    assert moved.name == "新桥社区党委"
    assert AuditEvent.objects.filter(kind="registry.unit_moved").count() == 1
    assert Person.objects.get(pk=post.person_id).home == cast.units["TOWN-01"]
    secretary = queries.secretary_of(cast.units["TOWN-02"])
    assert secretary
    assert secretary.name == "黄河"


def test_an_empty_cell_clears_nothing(cast: Cast) -> None:
    person = cast.people["secretary1"]
    person.phone = "13800000000"
    person.save()
    found = plan(cast, 人员=[[person.public_id, "书记1", "TOWN-01", None, None]])
    assert found.parts["people"].counts[Change.SAME] == 1


UNIT_FAULTS = [
    (["TOWN-04", None, None, COMMUNITY, "TOWN", None, None], "name"),
    (["TOWN-04", "x", None, "街道", "TOWN", None, None], "kind"),
    (["TOWN-04", "x", None, COMMUNITY, "NOWHERE", None, None], "parent"),
    (["TOWN-04", "x", None, COMMUNITY, None, None, None], "parent"),
    (["TOWN-04", "x", None, COMMUNITY, "OTHER", None, None], "parent"),
    (["TOWN-04", "x", None, COMMUNITY, "TOWN", "2026-13-01", None], "since"),
    (["TOWN-04", "x", None, COMMUNITY, "TOWN", "2026-02-01", "2026-01-01"], "until"),
    (["OTHER", "x", None, COMMUNITY, "TOWN", None, None], "code"),
    (["TOWN-01", "第1社区党工委", None, COMMUNITY, "TOWN-01", None, None], "parent"),
    (["TOWN-01", "第1社区党工委", None, COMMUNITY, "TOWN", None, "2026-01-01"], "until"),
    (["X" * 41, "x", None, COMMUNITY, "TOWN", None, None], "code"),
]
POST_FAULTS = [
    ([None, "无此人", "TOWN-01", "委员", "2026-01-01", None], "name"),
    ([None, "书记1", "NOWHERE", "委员", "2026-01-01", None], "unit"),
    ([None, "书记1", "TOWN-01", "委员", "昨天", None], "since"),
    ([None, "书记1", "TOWN-01", "委员", "2026-01-02", "2026-01-01"], "until"),
    ([None, "书记1", "TOWN-01", "书记", "2026-01-01", None], "since"),
    ([None, "书记1", "TOWN-02", "党委书记", "2026-01-01", None], "post"),
    (["ZZZZZZZZZZ", "书记1", "TOWN-01", "委员", "2026-01-01", None], "number"),
]
PERSON_FAULTS = [
    ([None, None, "TOWN-01", None, None], "name"),
    ([None, "黄河", "NOWHERE", None, None], "home"),
    ([None, "黄河", "TOWN-01", "不详", None], "phone"),
    (["ZZZZZZZZZZ", "黄河", "TOWN-01", None, None], "number"),
]


@pytest.mark.parametrize(("row", "key"), UNIT_FAULTS)
def test_faults_of_a_unit(cast: Cast, row: list[object], key: str) -> None:
    assert faults(plan(cast, 组织=[row])) == {("units", 2, key)}


@pytest.mark.parametrize(("row", "key"), PERSON_FAULTS)
def test_faults_of_a_person(cast: Cast, row: list[object], key: str) -> None:
    assert faults(plan(cast, 人员=[row])) == {("people", 2, key)}


@pytest.mark.parametrize(("row", "key"), POST_FAULTS)
def test_faults_of_a_post(cast: Cast, row: list[object], key: str) -> None:
    assert faults(plan(cast, 任职=[row])) == {("posts", 2, key)}


def test_rows_are_checked_against_one_another(cast: Cast) -> None:
    unit = ["TOWN-04", "x", None, COMMUNITY, "TOWN", None, None]
    person = [None, "黄河", "TOWN-01", None, None]
    post = [None, "黄河", "TOWN-01", "委员", "2026-01-01", None]
    found = plan(cast, 组织=[unit, unit], 人员=[person, person], 任职=[post, post])
    assert faults(found) >= {("units", 3, "code"), ("people", 3, "name")}
    found = plan(cast, 人员=[person], 任职=[post, [*post[:4], "2026-02-01", None]])
    assert faults(found) == {("posts", 3, "since")}


def test_circles_and_depth(cast: Cast) -> None:
    ring = [
        ["A", "a", None, "党支部", "B", None, None],
        ["B", "b", None, "党支部", "A", None, None],
    ]
    assert faults(plan(cast, 组织=ring)) == {("units", 2, "parent"), ("units", 3, "parent")}
    chain = [["C0", "c", None, "党支部", "TOWN-01", None, None]]
    chain += [[f"C{n}", "c", None, "党支部", f"C{n - 1}", None, None] for n in range(1, 14)]
    assert faults(plan(cast, 组织=chain)) == {("units", 15, "parent")}


def test_people_of_the_same_name_need_their_number(cast: Cast) -> None:
    for home in ("TOWN-01", "TOWN-02", "TOWN-02"):
        services.add_person(actor=cast.actor("organiser"), name="张伟", home=cast.units[home])
    row = [None, "张伟", "TOWN-03", "委员", "2026-01-01", None]
    assert faults(plan(cast, 任职=[row])) == {("posts", 2, "name")}
    here = [None, "张伟", "TOWN-01", "委员", "2026-01-01", None]
    assert faults(plan(cast, 任职=[here])) == set()
    twice = [None, "张伟", "TOWN-02", None, None]
    assert faults(plan(cast, 人员=[twice])) == {("people", 2, "number")}


def test_other_towns_are_unknown(cast: Cast) -> None:
    outsider = cast.people["outsider"]
    found = plan(cast, 人员=[[outsider.public_id, outsider.name, "TOWN-01", None, None]])
    assert faults(found) == {("people", 2, "number")}


def test_a_faulty_sheet_writes_nothing(cast: Cast) -> None:
    before = (Unit.objects.count(), Person.objects.count(), Appointment.objects.count())
    data = book(
        组织=[["TOWN-04", "x", None, COMMUNITY, "TOWN", None, None]],
        人员=[[None, "黄河", "TOWN-04", "不详", None]],
        任职=[[None, "黄河", "TOWN-04", "委员", "昨天", None]],
    )
    with pytest.raises(FaultsError) as caught:
        apply(cast, data)
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [
        (2, "人员 手机"),
        (2, "任职 任职日期"),
    ]
    assert before == (Unit.objects.count(), Person.objects.count(), Appointment.objects.count())


def test_the_world_may_change_between_preview_and_confirmation(cast: Cast) -> None:
    actor = cast.actor("commissioner")
    data = book(组织=[["TOWN-04", "x", None, COMMUNITY, "TOWN", None, None]])
    draft = services.keep_draft(actor=actor, name="x", rows=read(data))
    assert plan_of(draft.rows, actor).ready
    services.create_unit(
        actor=cast.actor("outsider"),
        code="TOWN-04",
        name="y",
        kind="branch",
        parent=cast.units["OTHER"],
    )
    with pytest.raises(FaultsError):
        services.apply_draft(actor=actor, draft=draft)


def test_a_draft_is_applied_once_and_then_forgets_its_rows(cast: Cast) -> None:
    actor = cast.actor("commissioner")
    data = book(人员=[[None, "黄河", "TOWN-01", None, None]])
    draft = services.keep_draft(actor=actor, name="x", rows=read(data))
    services.apply_draft(actor=actor, draft=draft)
    assert ImportDraft.objects.get().rows == {}
    with pytest.raises(RefusedError, match="已经导入过"):
        services.apply_draft(actor=actor, draft=draft)


def test_csv_is_read_too(cast: Cast) -> None:
    text = "姓名,所在组织代码,手机\r\n黄河,TOWN-01,13800000000\r\n"
    for encoding in ("utf-8-sig", "gb18030"):
        found = plan_of(read(text.encode(encoding)), cast.actor("commissioner"))
        assert found.parts["people"].counts[Change.NEW] == 1


def test_preview_shows_faults_by_cell_and_takes_corrections(cast: Cast, browse: Browse) -> None:
    client = browse("commissioner")
    data = book(
        组织=[["TOWN-04", "<b>南湾</b>", None, COMMUNITY, "NOWHERE", None, None]],
        任职=[[None, "书记1", "TOWN-01", "委员", "昨天", None]],
    )
    page = upload(client, data)
    shown = page.content.decode()
    assert "有 2 处需要改正" in shown
    assert "&lt;b&gt;南湾&lt;/b&gt;" in shown
    assert "没有代码为“NOWHERE”的组织" in shown
    draft = ImportDraft.objects.get()
    preview = reverse("registry:import-preview", args=[draft.public_id])
    confirm = reverse("registry:import-apply", args=[draft.public_id])
    assert client.post(confirm).status_code == 422
    mended = {"cell.units.2.4": "TOWN", "cell.posts.2.4": "2026-01-01", "cell.x": "odd"}
    shown = client.post(preview, mended, follow=True).content.decode()
    assert "没有错误" in shown
    done = client.post(confirm, follow=True).content.decode()
    assert "已写入 2 处变化" in done
    assert Unit.objects.get(code="TOWN-04").name == "<b>南湾</b>"


def test_formulas_are_refused_with_their_place(cast: Cast, browse: Browse) -> None:
    client = browse("commissioner")
    data = book(人员=[[None, "=1+1", "TOWN-01", None, None]], 组织=[["=A1", *[None] * 6]])
    page = upload(client, data)
    assert page.status_code == 422
    shown = page.content.decode()
    assert "人员 B" in shown
    assert "组织 A" in shown
    assert not ImportDraft.objects.exists()
    csv = "姓名,所在组织代码\n=cmd(),TOWN-01\n".encode()
    assert "公式" in upload(client, csv, "x.csv").content.decode()


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"PK\x03\x04nonsense", b"\x00\x01"])
def test_what_is_no_table_is_refused(cast: Cast, browse: Browse, data: bytes) -> None:
    shown = upload(browse("commissioner"), data).content.decode()
    assert "alert-danger" in shown
    assert not ImportDraft.objects.exists()


def test_who_may_import(cast: Cast, browse: Browse) -> None:
    draft = services.keep_draft(actor=cast.actor("commissioner"), name="x", rows={})
    urls = [
        reverse("registry:import"),
        reverse("registry:export", args=["all"]),
        reverse("registry:export", args=["template"]),
    ]
    preview = reverse("registry:import-preview", args=[draft.public_id])
    for url in urls:
        assert browse("commissioner").get(url).status_code == 200
        for part in ("leader", "secretary1", "security", "system", "audit"):
            assert browse(part).get(url).status_code == 403
    assert browse("commissioner").get(preview).status_code == 200
    confirm = reverse("registry:import-apply", args=[draft.public_id])
    for part in ("organiser", "outsider", "leader"):
        assert browse(part).get(preview).status_code == 404
        assert browse(part).post(confirm).status_code == 404


def test_an_export_holds_what_is_in_reach(cast: Cast, browse: Browse) -> None:
    response = browse("outsider").get(reverse("registry:export", args=["all"]))
    made = openpyxl.load_workbook(io.BytesIO(response.content))
    assert [row[0].value for row in made["组织"].iter_rows(min_row=2)] == ["OTHER"]


def test_plan_and_writing_cost_the_same_for_1_and_30_rows(cast: Cast) -> None:
    costs = []
    for start, rows in ((100, 1), (200, 30)):
        numbers = range(start, start + rows)
        data = book(
            组织=[[f"N{n}", f"n{n}", None, COMMUNITY, "TOWN", None, None] for n in numbers],
            人员=[[None, f"甲{n}", f"N{n}", None, None] for n in numbers],
            任职=[[None, f"甲{n}", f"N{n}", "书记", "2026-01-01", None] for n in numbers],
        )
        with CaptureQueriesContext(connection) as spent:
            apply(cast, data)
        costs.append(len(spent))
    assert costs[0] == costs[1]
