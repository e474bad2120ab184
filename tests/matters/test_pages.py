"""Pages of matters: who may open them, what they show, what they cost, what they refuse."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from shuzhi.matters.models import Matter
from shuzhi.matters.services import open_matter, split, take_step
from shuzhi.matters.services.sharing import Share
from tests.cast import Cast

from .test_handover import PHOTO, in_days, issue, reported, step

Browse = Callable[[str], Client]
PNG = PHOTO.data


def url(name: str, *args: object) -> str:
    return reverse(f"matters:{name}", args=args)


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_the_list_shows_what_waits_for_whom(county: Cast, browse: Browse) -> None:
    matter = issue(county)
    page = text(browse("secretary1"), url("list") + "?f_view=mine")
    assert matter.title in page
    assert "待签收" in page
    assert matter.title not in text(browse("commissioner"), url("list") + "?f_view=mine")
    assert matter.title in text(browse("commissioner"), url("list") + "?f_view=others")
    assert matter.title not in text(browse("secretary2"), url("list"))


def test_the_tab_tells_what_one_looks_at(county: Cast, browse: Browse) -> None:
    client = browse("commissioner")
    for address, label in (("", "全部"), ("?f_view=overdue", "已经逾期")):
        page = client.get(url("list") + address).content.decode()
        (here,) = re.findall(r'aria-current="page">([^<]+?) *<', page.split("matter-tabs")[1])
        assert here == label


def test_who_was_named_to_inspect_finds_it(county: Cast, browse: Browse) -> None:
    matter = open_matter(
        actor=county.actor("commissioner"),
        mechanism="rectification-notice",
        unit=county.communities[0],
        title="活动室被占用",
        facts={
            "problem": "堆放杂物",
            "mode": "by_date",
            "due_on": timezone.localdate() + timedelta(days=9),
        },
        parties={"inspector": [county.people["organiser"]]},
    )
    mine = url("list") + "?f_view=mine"
    assert matter.title not in text(browse("organiser"), mine)
    rows = [{"measure": "清理", "who": "甲", "by_when": timezone.localdate()}]
    step(county, matter, "plan", "secretary1", measures=rows)
    done = {"result": "已经清理，恢复开放使用。", "evidence": [PHOTO]}
    step(county, matter, "report", "secretary1", **done)
    assert matter.title in text(browse("organiser"), mine)
    assert matter.title in text(browse("commissioner"), mine)


def test_a_helper_from_elsewhere_sees_it(county: Cast, browse: Browse) -> None:
    facts = {"source": "inspection", "requirement": "更新", "due_on": timezone.localdate()}
    facts["due_on"] = timezone.localdate() + timedelta(days=9)
    matter = open_matter(
        actor=county.actor("commissioner"),
        mechanism="handover-order",
        unit=county.communities[0],
        title="两家一起办",
        facts=facts,
        parties={"helper": [county.communities[1]]},
    )
    assert matter.title in text(browse("secretary2"), url("matter", matter.public_id))
    assert browse("secretary3").get(url("matter", matter.public_id)).status_code == 404


def test_the_story_tells_every_fact(county: Cast, browse: Browse) -> None:
    matter = reported(county)
    page = text(browse("commissioner"), url("matter", matter.public_id))
    for words in ("公开栏已更新", "现场.png", "张三", "督查检查", "书记 书记1", "现在轮到"):
        assert words in page
    file = matter.files.get()
    got = browse("commissioner").get(url("file", matter.public_id, file.pk))
    assert got.content == PNG
    assert browse("secretary2").get(url("file", matter.public_id, file.pk)).status_code == 404


def test_a_term_kept_too_late_says_so(county: Cast, browse: Browse) -> None:
    matter, client = reported(county), browse("commissioner")
    assert "· 超期" not in text(client, url("matter", matter.public_id))
    row = matter.deadlines.get(key="finish")
    matter.deadlines.filter(pk=row.pk).update(met_on=row.due_on + timedelta(days=1))
    assert "· 超期" in text(client, url("matter", matter.public_id))


def test_buttons_are_what_one_may_do(county: Cast, browse: Browse) -> None:
    matter = issue(county)
    sign = url("step", matter.public_id, "sign")
    assert sign in text(browse("secretary1"), url("matter", matter.public_id))
    assert sign not in text(browse("commissioner"), url("matter", matter.public_id))
    assert browse("commissioner").get(sign).status_code == 403
    assert browse("commissioner").post(sign).status_code == 403
    assert browse("secretary2").post(sign).status_code == 404
    matter.refresh_from_db()
    assert matter.state_key == "issued"


def test_a_step_that_is_not_now_is_refused_in_words(county: Cast, browse: Browse) -> None:
    matter = issue(county)
    report = url("step", matter.public_id, "report")
    assert browse("secretary1").get(report).status_code == 409
    answer = browse("secretary1").post(report, {"result": "x" * 20}, follow=True)
    assert "情况已有变化" in answer.content.decode()
    assert browse("secretary1").get(url("step", matter.public_id, "nonsense")).status_code == 404


def test_what_was_typed_stays_when_something_is_missing(county: Cast, browse: Browse) -> None:
    matter = step(county, issue(county), "sign", "secretary1")
    report = url("step", matter.public_id, "report")
    answer = browse("secretary1").post(report, {"result": "短<b>"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "短&lt;b&gt;" in page
    assert "至少写 10 个字" in page
    assert "请拍照或选择文件" in page


def test_a_list_begins_with_what_is_known(county: Cast, browse: Browse) -> None:
    group = [{"member": county.people["organiser"]}]
    plan = {"place": "TOWN-01", "group": "一组", "members": group, "manner": "unannounced",
            "due_on": in_days(9),
            "checklist": [{"item": "看记录"}, {"item": "看公示栏"}]}  # fmt: skip
    visit = open_matter(actor=county.actor("organiser"), mechanism="inspection-visit",
                        unit=county.county, title="暗访", facts=plan)  # fmt: skip
    page = text(browse("organiser"), url("step", visit.public_id, "drop_in"))
    for at, item in enumerate(("看记录", "看公示栏")):
        assert f'name="results-{at}-item" value="{item}"' in page
    home = county.communities[0]
    people = {"leaver": county.people["secretary1"], "successor": county.people["desk"]}
    left = open_matter(actor=county.actor("commissioner"), mechanism="leaving-office-handover",
                       unit=home, title="交接", parties=people,
                       facts={"left_on": in_days(0)})  # fmt: skip
    items = [{"kind": "seal", "item": "印章", "state": "一枚"}]
    step(county, left, "list", "secretary1", items=items)
    step(county, left, "dispute", "desk", difference="少一枚")
    page = text(browse("secretary1"), url("step", left.public_id, "list"))
    assert 'name="items-0-item" value="印章"' in page
    assert '<option value="seal" selected>' in page


def test_an_answer_with_a_photo(county: Cast, browse: Browse) -> None:
    matter = step(county, issue(county), "sign", "secretary1")
    data = {
        "result": "公开栏已经更新，制度也定了。",
        "evidence": [
            SimpleUploadedFile("甲.png", PNG, "image/png"),
            SimpleUploadedFile("乙.png", PNG + b"2", "image/png"),
        ],
    }
    answer = browse("secretary1").post(url("step", matter.public_id, "report"), data, follow=True)
    page = answer.content.decode()
    assert "现在轮到清溪镇" in page
    assert "甲.png" in page
    assert "乙.png" in page


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"MZ\x90\0 not a picture", "不是"), (b"\x89PNG\r\n\x1a\n" + b"0" * (21 << 20), "20 MB")],
)
def test_a_wrong_file_changes_nothing(
    county: Cast, browse: Browse, data: bytes, words: str
) -> None:
    matter = step(county, issue(county), "sign", "secretary1")
    form = {"result": "公开栏已经更新，制度也定了。", "evidence": SimpleUploadedFile("a.png", data)}
    answer = browse("secretary1").post(url("step", matter.public_id, "report"), form)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    matter.refresh_from_db()
    assert matter.state_key == "working"
    assert not matter.files.exists()


@pytest.mark.parametrize(
    ("part", "name", "status"),
    [
        ("commissioner", "accept", 302),  # not yet: said where they were
        ("secretary1", "accept", 403),
        ("secretary1", "dance", 404),
        ("secretary2", "report", 404),
        ("outsider", "accept", 404),
    ],
)
def test_a_forged_step_changes_nothing(
    county: Cast, browse: Browse, part: str, name: str, status: int
) -> None:
    matter = step(county, issue(county), "sign", "secretary1")
    forged = {"finding": "到场看过，属实。", "state": "closed", "state_id": "closed"}
    before = matter.story.count()
    answer = browse(part).post(url("step", matter.public_id, name), forged)
    assert answer.status_code == status
    matter.refresh_from_db()
    assert (matter.state_key, matter.closed_on, matter.story.count()) == ("working", None, before)


def test_a_step_without_its_token_is_refused(county: Cast) -> None:
    matter = step(county, issue(county), "sign", "secretary1")
    client = Client(enforce_csrf_checks=True)
    client.force_login(county.account("secretary1"), "shuzhi.kernel.backends.AccountBackend")
    form = {"result": "公开栏已经更新，制度也定了。"}
    assert client.post(url("step", matter.public_id, "report"), form).status_code == 403
    matter.refresh_from_db()
    assert matter.state_key == "working"


def test_a_hundred_megabytes_are_refused_before_they_are_read(county: Cast, browse: Browse) -> None:
    matter = step(county, issue(county), "sign", "secretary1")
    answer = browse("secretary1").post(
        url("step", matter.public_id, "report"), {}, CONTENT_LENGTH=100 << 20
    )
    assert answer.status_code == 413
    assert "60 MB" in answer.content.decode()
    matter.refresh_from_db()
    assert matter.state_key == "working"


def test_more_time_is_asked_and_answered(county: Cast, browse: Browse) -> None:
    matter = step(county, issue(county), "sign", "secretary1")
    ask = url("more-time", matter.public_id, "finish")
    owner, issuer = browse("secretary1"), browse("commissioner")
    assert ask in text(owner, url("matter", matter.public_id))
    assert issuer.get(ask).status_code == 403
    assert owner.post(ask, {"days": 99, "reason": "等经费"}).status_code == 422
    page = owner.post(ask, {"days": 5, "reason": "等经费"}, follow=True).content.decode()
    assert "申请延长 5 天：等经费" in page
    answer = url("answer-time", matter.public_id, "finish")
    assert owner.get(answer).status_code == 403
    assert issuer.post(answer, {"approve": "no", "answer": ""}).status_code == 422
    page = issuer.post(answer, {"approve": "yes"}, follow=True).content.decode()
    assert "最初期限" in page
    assert "同意延长 5 天" in page


def test_sharing_out_and_another_owner(county: Cast, browse: Browse) -> None:
    matter = step(county, issue(county), "sign", "secretary1")
    client = browse("commissioner")
    parts = url("parts", matter.public_id)
    assert parts in text(client, url("matter", matter.public_id))
    data = {"shares-0-side": "TOWN-01", "shares-0-title": "前半", "shares-1-side": "TOWN-02"}
    page = client.post(parts, data, follow=True).content.decode()
    assert "前半" in page
    assert "分办情况" in page
    other = issue(county)
    change = url("party", other.public_id, "owner")
    assert browse("secretary1").get(change).status_code == 403
    page = client.post(change, {"side": "第3社区党工委", "reason": "职责在三社区"}, follow=True)
    assert "职责在三社区" in page.content.decode()


def test_opening_one_and_many(county: Cast, browse: Browse) -> None:
    client = browse("commissioner")
    assert url("open", "handover-order") in text(client, url("new"))
    data = {
        "title": "整理活动阵地",
        "units": "TOWN-01\n第2社区党工委",
        "source": "residents",
        "requirement": "十日内完成",
        "due_on": (timezone.localdate() + timedelta(days=12)).isoformat(),
    }
    answer = client.post(url("open", "handover-order"), data, follow=True)
    assert "已立项 2 件交办单" in answer.content.decode()
    assert len(set(Matter.objects.values_list("dispatch", flat=True))) == 1
    data["units"] = "没有这家"
    answer = client.post(url("open", "handover-order"), data)
    assert answer.status_code == 422
    assert "没有找到“没有这家”" in answer.content.decode()
    assert browse("desk").get(url("open", "handover-order")).status_code == 403
    assert client.get(url("open", "no-such")).status_code == 404


def test_names_are_suggested(county: Cast, browse: Browse) -> None:
    client = browse("commissioner")
    answer = client.get(
        url("names", "units"), {"x": "第2"}, headers={"HX-Trigger-Name": "x"}
    ).content.decode()
    assert "TOWN-02 第2社区党工委" in answer
    answer = client.get(url("names", "people"), {"x": "书记1"}, headers={"HX-Trigger-Name": "x"})
    assert "书记1（第1社区党工委）" in answer.content.decode()


def test_the_list_goes_out_as_excel_without_boxes(county: Cast, browse: Browse) -> None:
    issue(county)
    answer = browse("commissioner").get(url("list") + "?format=xlsx")
    assert answer.status_code == 200
    assert b"checkbox" not in answer.content


@pytest.fixture
def counted(county: Cast) -> Matter:
    return reported(county)


@pytest.mark.parametrize("page", ["list", "matter"])
def test_queries_do_not_grow(county: Cast, browse: Browse, counted: Matter, page: str) -> None:
    client = browse("commissioner")
    where = url("list") if page == "list" else url("matter", counted.public_id)
    client.get(where)
    with CaptureQueriesContext(connection) as few:
        client.get(where)
    for _ in range(30):
        issue(county)
        take_step(
            actor=county.actor("commissioner"), matter=counted, step="refuse",
            facts={"finding": "再办"},
        )  # fmt: skip
        result = {"result": "又办了一次，这次办到位了。", "evidence": [PHOTO]}
        take_step(actor=county.actor("secretary1"), matter=counted, step="report", facts=result)
    with CaptureQueriesContext(connection) as many:
        client.get(where)
    assert len(many) == len(few)


def test_parts_are_rows(county: Cast, browse: Browse) -> None:
    matter = step(county, issue(county), "sign", "secretary1")
    shares = [Share(unit) for unit in county.communities[:2]]
    made = split(actor=county.actor("commissioner"), matter=matter, shares=shares)
    page = text(browse("commissioner"), url("matter", matter.public_id))
    assert all(url("matter", part.public_id) in page for part in made)
