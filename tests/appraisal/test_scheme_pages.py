"""The scheme editor's pages: begin, change, see, publish, apply."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shuzhi.appraisal.models import SchemeDraft
from shuzhi.appraisal.schemes.document import Outline
from shuzhi.appraisal.schemes.tree import tree_of
from shuzhi.appraisal.services import schemes as verbs
from shuzhi.catalogue import services as catalogue
from shuzhi.catalogue.packs import FOLDER
from tests.cast import Cast

from .sample import SCHEME_TEXT

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft(cast: Cast) -> SchemeDraft:
    source = verbs.Source(
        SCHEME_TEXT, "town-review@1", {"purpose": {"zh": "试", "en": "Try"}, "from": [10]}
    )
    return verbs.begin_scheme(cast.town, source, "社区考核方案", actor=cast.actor("commissioner"))


def page(draft: SchemeDraft, name: str = "scheme-editor") -> str:
    return reverse(f"appraisal:{name}", args=[draft.public_id])


def test_the_editor_shows_the_tree_with_its_rules(browse: Browse, draft: SchemeDraft) -> None:
    shown = browse("commissioner").get(page(draft)).content.decode()
    for words in ("平时考核", "目标 4，每差 1 扣 5 分，扣完为止", "合计正好", "现场测评"):
        assert words in shown
    for item in ("0.0", "0.1", "0.2", "1", "2", "general", "grades", "vetoes"):
        answer = browse("commissioner").get(page(draft), {"item": item})
        assert answer.status_code == 200, item
        assert "保存这一部分" in answer.content.decode()


def test_a_link_to_an_item_that_has_gone_shows_the_tree(browse: Browse, draft: SchemeDraft) -> None:
    for gone in ("9", "0.9", "x"):
        shown = browse("commissioner").get(page(draft), {"item": gone}).content.decode()
        assert "data-tree" in shown
        assert "保存这一部分" not in shown


def test_what_a_scheme_began_with_is_said_by_its_name(
    browse: Browse, draft: SchemeDraft, tmp_path: Path
) -> None:
    (tmp_path / "review").mkdir()
    shutil.copy(FOLDER / "review/town-review.yaml", tmp_path / "review")
    catalogue.sync_packs(folder=tmp_path)
    shown = browse("commissioner").get(page(draft)).content.decode()
    assert "抄自 “社区书记年度述职考核方案”第 1 版" in shown
    assert "town-review@1" not in shown


def test_points_are_saved_and_the_sum_says_what_is_missing(
    browse: Browse, draft: SchemeDraft
) -> None:
    client = browse("commissioner")
    facts = {"do": "points", "item": "0.0", "points": "15", "revision": 0}
    answer = client.post(
        page(draft, "scheme-tree"), facts, headers=HTMX | {"HX-Target": "sc-status"}
    )
    assert answer.status_code == 200
    assert answer.headers["HX-Trigger"] == "scheme-changed"
    assert "还差 5 分" in answer.content.decode()
    draft.refresh_from_db()
    assert "points: 15" in draft.text
    assert "# 平时" in draft.text
    stale = client.post(page(draft, "scheme-tree"), facts, headers=HTMX)
    assert stale.status_code == 422
    assert "刚在别处改过" in stale.content.decode()
    client.post(page(draft, "scheme-tree"), {"do": "undo", "revision": 1}, headers=HTMX)
    draft.refresh_from_db()
    assert draft.text == SCHEME_TEXT


def test_points_that_are_no_number_are_refused_beside_the_sum_and_stay_typed(
    browse: Browse, draft: SchemeDraft
) -> None:
    facts = {"do": "points", "item": "0.0", "points": "十二", "revision": 0}
    answer = browse("commissioner").post(
        page(draft, "scheme-tree"), facts, headers=HTMX | {"HX-Target": "sc-status"}
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "HX-Retarget" not in answer.headers
    assert "“专题研究”的分值没有保存" in shown
    assert "data-tree" not in shown
    for typed in ("12", "十二"):  # the page is old before all else
        stale = facts | {"points": typed, "revision": 7}
        overtaken = browse("commissioner").post(
            page(draft, "scheme-tree"), stale, headers=HTMX | {"HX-Target": "sc-status"}
        )
        assert overtaken.headers["HX-Retarget"] == "#sc-work"
        assert "data-tree" in overtaken.content.decode()


def test_an_item_moves_to_another_branch_and_stays_open(browse: Browse, draft: SchemeDraft) -> None:
    client = browse("commissioner")
    client.post(page(draft, "scheme-tree"), {"do": "branch", "item": "0", "revision": 0})
    shown = client.get(page(draft), {"item": "0.0"}).content.decode()
    assert ">新大项</option>" in shown.replace("&emsp;", "").replace("\u2003", "")
    facts = {"do": "into", "item": "0.0", "into": "0.3", "revision": 1}
    answer = client.post(page(draft, "scheme-tree"), facts, headers=HTMX)
    assert 'name="open" value="0.2.1"' in answer.content.decode()
    refused = client.post(
        page(draft, "scheme-tree"),
        {"do": "into", "item": "0.2", "into": "0.2", "revision": 2},
        headers=HTMX,
    )
    assert refused.status_code == 422
    assert "不能移到它自己下面" in refused.content.decode()


def test_what_names_a_removed_item_leads_to_its_form(browse: Browse, draft: SchemeDraft) -> None:
    client = browse("commissioner")
    draft.text = SCHEME_TEXT + "ranking: {tiebreak: [review]}\n"
    draft.save(update_fields=["text"])
    facts = {"do": "remove", "item": "1", "revision": 0}
    shown = client.post(page(draft, "scheme-tree"), facts, headers=HTMX).content.decode()
    assert "满分、小数和排名：没有指标 review" in shown
    assert 'href="?item=general"' in shown


def test_new_pages_open(browse: Browse, draft: SchemeDraft) -> None:
    client = browse("commissioner")
    for name in ("scheme-text", "scheme-trial", "scheme-compare", "scheme-publish"):
        assert client.get(page(draft, name)).status_code == 200, name
    assert client.get(page(draft, "scheme-mapping")).status_code == 409
    assert client.get(reverse("appraisal:schemes")).status_code == 200
    assert client.get(reverse("appraisal:scheme-create")).status_code == 200


def many_items(count: int) -> str:
    """Return a scheme with so many items of one point each."""
    items = "\n".join(
        f"- {{id: i{n}, title: 第{n}项, points: 1, rule: {{kind: flag}}}}" for n in range(count)
    )
    return f"scheme: many\nfull: {count}\nindicators:\n{items}\n"


def test_the_editor_costs_the_same_for_few_and_many_items(
    browse: Browse, cast: Cast, draft: SchemeDraft
) -> None:
    client, actor = browse("commissioner"), cast.actor("commissioner")
    counts = []
    for count in (2, 60):
        draft.refresh_from_db()
        verbs.replace_text(draft, draft.revision, many_items(count), actor=actor)
        client.get(page(draft))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page(draft), {"item": "1"}).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] < 20


def test_the_list_costs_the_same_for_one_and_for_many(
    browse: Browse, cast: Cast, draft: SchemeDraft
) -> None:
    client, actor = browse("commissioner"), cast.actor("commissioner")
    url, counts = reverse("appraisal:schemes"), []
    for more in (0, 4):
        for number in range(more):
            source = verbs.Source(SCHEME_TEXT)
            verbs.begin_scheme(cast.town, source, f"方案{number}", actor=actor)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_item_is_changed_by_its_form_and_faults_stay_on_it(
    browse: Browse, draft: SchemeDraft
) -> None:
    client = browse("commissioner")
    url = page(draft, "scheme-item")
    facts = {
        "save": "1",
        "item": "0.1",
        "revision": "0",
        "title": "党员培训",
        "points": "20",
        "kind": "bands",
        "p_bands-0-bound": "10",
        "p_bands-0-rate": "100",
        "p_bands-1-bound": "",
        "p_bands-1-rate": "x",
    }
    wrong = client.post(url, facts, headers=HTMX)
    assert wrong.status_code == 422
    assert "第 2 行的“得分率（%）”应填数字。" in wrong.content.decode()
    right = client.post(url, facts | {"p_bands-1-rate": "40"}, headers=HTMX)
    assert right.status_code == 200
    assert "分档：10 及以上得 100%、其余得 40%" in right.content.decode()
    draft.refresh_from_db()
    assert "bands: [[10, 100], [null, 40]]" in draft.text
    grown = client.get(page(draft), {"item": "0.1", "kind": "linear"}, headers=HTMX)
    assert "得满分的值" in grown.content.decode()


PLAN = {"save": "1", "title": "党员培训", "points": "7", "kind": "manual", "own": "training"}


def test_a_form_follows_its_item_whatever_others_did_to_the_tree(
    cast: Cast, browse: Browse, draft: SchemeDraft
) -> None:
    client, url = browse("commissioner"), page(draft, "scheme-item")
    away = {"do": "remove", "item": "0.0", "revision": "0"}
    client.post(page(draft, "scheme-tree"), away, headers=HTMX)  # training stands at 0.0 now
    late = client.post(url, {**PLAN, "item": "0.1", "revision": "0"}, headers=HTMX)
    assert late.status_code == 422
    assert "刚在别处改过" in late.content.decode()
    assert 'name="item" value="0.0"' in late.content.decode()  # the form goes with its item
    again = client.post(url, {**PLAN, "item": "0.1", "revision": "1"}, headers=HTMX)
    assert again.status_code == 200
    rows = {row.spot.id: row for row in tree_of(Outline(SchemeDraft.objects.get().text), "zh").rows}
    assert (rows["training"].points, rows["plan"].points) == (7, 20)
    client.post(page(draft, "scheme-tree"), away | {"revision": "2"}, headers=HTMX)
    gone = client.post(url, {**PLAN, "item": "0.0", "revision": "3"}, headers=HTMX)
    assert gone.status_code == 422
    assert "刚被删去" in gone.content.decode()


ODD = [
    ("rule: {kind: flag}", "rule: flag"),
    ("rule: {kind: flag}", "rule: {kind: [flag]}"),
    ("grades:", "grades: 5\nspare:"),
    ("grades:", "grades: [a]\nspare:"),
    ("grades:", "grades: [{grade: a, quota: 5, require: [b]}]\nspare:"),
    ("rounding: {places: 2}", "rounding: 3"),
    ("min_marks: 1", "within: {trim: x}"),
    ("categories: {A: 60, B: 40}", "categories: 5"),
    ("kind: ratio, target: 10, cap: 1", "kind: bands, bands: 5"),
]


@pytest.mark.parametrize(("sound", "odd"), ODD)
def test_a_text_of_another_shape_is_left_to_its_page(
    browse: Browse, draft: SchemeDraft, sound: str, odd: str
) -> None:
    assert sound in draft.text
    SchemeDraft.objects.update(text=draft.text.replace(sound, odd))
    for item in ("", "0.0", "0.2", "1", "general", "grades", "vetoes"):
        answer = browse("commissioner").get(page(draft), {"item": item})
        assert answer.status_code == 200, item
    part = browse("commissioner").get(page(draft), headers=HTMX)
    assert part.headers.get("HX-Redirect") or "data-tree" in part.content.decode()


def test_raters_mark_with_levels_or_with_points(browse: Browse, draft: SchemeDraft) -> None:
    client, url = browse("commissioner"), page(draft, "scheme-item")
    weighed = {"p_categories-0-name": "A", "p_categories-0-value": "100"}
    facts = {
        "save": "1",
        "item": "1",
        "title": "现场测评",
        "points": "40",
        "kind": "ratings",
        "p_within": "mean",
        "p_short": "stop",
        "p_min_marks": "1",
        **weighed,
    }
    both = {"p_scale-0-name": "好", "p_scale-0-value": "100", "p_scale_to": "100"}
    for wrong, words in ((both, "只能选一样"), ({}, "都要写"), ({"p_scale_to": "9"}, "都要写")):
        answer = client.post(url, {**facts, **wrong, "revision": "0"}, headers=HTMX)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    ends = {"p_scale_from": "0", "p_scale_to": "10"}
    assert client.post(url, {**facts, **ends, "revision": "0"}, headers=HTMX).status_code == 200
    draft.refresh_from_db()
    assert "scale: {from: 0, to: 10}" in draft.text
    shown = client.get(page(draft), {"item": "1"}, headers=HTMX).content.decode()
    assert re.search('name="p_scale_to" value="10"', shown)
    assert 'value="from"' not in shown
    levels = {"p_scale-0-name": "好", "p_scale-0-value": "100"}
    assert client.post(url, {**facts, **levels, "revision": "1"}, headers=HTMX).status_code == 200
    draft.refresh_from_db()
    assert "scale: {好: 100}" in draft.text


def test_grades_and_vetoes_are_changed_by_their_forms(browse: Browse, draft: SchemeDraft) -> None:
    client = browse("commissioner")
    url = page(draft, "scheme-item")
    grades = {"save": "1", "item": "grades", "revision": "0"}
    for number, (name, least, share) in enumerate(
        (("优秀", "85", "1/3"), ("合格", "60", ""), ("差", "", ""))
    ):
        row = {"grade": name, "min": least, "share": share, "count": "", "round": "floor"}
        grades |= {f"grades-{number}-{key}": text for key, text in row.items()}
    assert client.post(url, grades, headers=HTMX).status_code == 200
    draft.refresh_from_db()
    assert "1/3" in draft.text
    shown = client.get(page(draft)).content.decode()
    assert "一般" in shown  # the veto's grade is gone: a fault says so
    vetoes = {
        "save": "1",
        "item": "vetoes",
        "revision": "1",
        "vetoes-0-id": "discipline",
        "vetoes-0-title": "受到党纪处分",
        "vetoes-0-effect": "unranked",
        "vetoes-0-grade": "",
    }
    assert client.post(url, vetoes, headers=HTMX).status_code == 200
    draft.refresh_from_db()
    assert "unranked: true" in draft.text
    assert client.get(page(draft, "scheme-publish")).status_code == 200


def test_a_text_that_refers_to_itself_is_left_to_its_text_page(
    browse: Browse, cast: Cast, draft: SchemeDraft
) -> None:
    text = SCHEME_TEXT.replace("{kind: flag}", "&f {kind: flag}")
    verbs.replace_text(draft, 0, text, actor=cast.actor("commissioner"))
    answer = browse("commissioner").get(page(draft))
    assert answer.status_code == 200
    assert "编辑器不代改" in answer.content.decode()


def test_others_of_the_town_may_look_but_not_change(browse: Browse, draft: SchemeDraft) -> None:
    shown = browse("leader").get(page(draft), {"item": "0.0"})
    assert shown.status_code == 200
    assert "保存这一部分" not in shown.content.decode()
    facts = {"do": "points", "item": "0.0", "points": "1", "revision": 0}
    assert browse("leader").post(page(draft, "scheme-tree"), facts).status_code == 403
    assert browse("secretary1").get(page(draft)).status_code == 404
