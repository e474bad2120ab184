"""Pages of the catalogue: who may open them, what they show, what they cost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shuzhi.catalogue import queries, services
from shuzhi.catalogue.models import MechanismVersion, Offering
from shuzhi.catalogue.packs import FOLDER, read_packs
from shuzhi.catalogue.pictures import bars_of, steps_of
from tests.cast import Cast
from tests.catalogue.test_packs import SOUND

Browse = Callable[[str], Client]
SCHEMES = [pack.envelope.id for pack in read_packs(FOLDER) if "indicators" in pack.body]
OWN = ("secretary-review-ballot", "secretary-review-meeting", "town-review")
READERS = ("organiser", "commissioner", "leader", "inspector", "secretary1", "outsider")
OTHERS = ("system", "security", "audit", "desk", "teller1")


@pytest.fixture
def kept(cast: Cast) -> Cast:
    services.sync_packs()
    return cast


def page(name: str) -> str:
    return reverse("catalogue:mechanism", args=[name])


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", ["list", *OWN])
def test_who_may_read(kept: Cast, browse: Browse, name: str) -> None:
    url = reverse("catalogue:list") if name == "list" else page(name)
    for part in READERS:
        assert browse(part).get(url).status_code == 200
    for part in OTHERS:
        assert browse(part).get(url).status_code == 403


def test_an_unknown_mechanism_or_version_is_404(kept: Cast, browse: Browse) -> None:
    client = browse("commissioner")
    assert client.get(page("nothing")).status_code == 404
    assert client.get(page("town-review") + "?version=9").status_code == 404
    assert client.get(reverse("catalogue:source", args=["town-review", 9])).status_code == 404


def test_a_ballot_says_what_is_rated_by_whom(kept: Cast, browse: Browse) -> None:
    shown = text(browse("commissioner"), page("secretary-review-ballot"))
    for words in ("驻点走访群众与基层治理", "好（100 分）", "镇领导班子成员", "党员和居民代表"):
        assert words in shown
    assert "以下评议人不评本单位：社区书记和组织委员、党员和居民代表" in shown
    assert "默认值，待确认" in shown


def test_a_scheme_says_what_counts(kept: Cast, browse: Browse) -> None:
    shown = text(browse("leader"), page("town-review"))
    for words in (
        "现场测评",
        "加减分：-5 至 5 分",
        "好 · 90 分以上 · 不超过 30% · 现场测评得分率不低于 80%",
        "待核实",
        "每项怎样计分",
        "专题研究党建工作（次）：目标 4，每差 1 扣 3 分，扣完为止",
    ):
        assert words in shown


@pytest.mark.parametrize("name", SCHEMES)
def test_every_scheme_tells_its_rules(kept: Cast, browse: Browse, name: str) -> None:
    shown = text(browse("leader"), page(name))
    assert "每项怎样计分" in shown
    assert "%(" not in shown


def test_a_share_as_a_fraction_is_no_per_cent(kept: Cast, browse: Browse) -> None:
    assert "不超过 1/3 · " in text(browse("leader"), page("branch-targets"))


def test_a_meeting_shows_its_course(kept: Cast, browse: Browse) -> None:
    shown = text(browse("leader"), page("secretary-review-meeting"))
    assert "书记逐一述职" in shown
    assert "到会人数不少于应到人数的 80%" in shown


def test_a_matter_shows_its_flow_and_who_takes_each_step(kept: Cast, browse: Browse) -> None:
    shown = text(browse("leader"), page("handover-order"))
    assert '<svg class="sz-chart" role="img" aria-label="党建工作交办单"' in shown
    assert shown.count('class="sz-chart-word"') >= 9
    assert "报告办结：责任单位，写明办理结果、佐证材料" in shown
    assert "办结期限：由办理的人确定日期，可延期 2 次，每次不超过 15 天" in shown
    assert 'class="sz-chart"' not in text(browse("leader"), page("town-review"))


def test_pictures_are_drawn_to_scale(kept: Cast) -> None:
    bodies = {name: pack.body for name in OWN if (pack := queries.mechanism(name))}
    bars = bars_of(bodies["secretary-review-ballot"])
    assert [bar.figure for bar in bars] == ["40", "20", "20", "20"]
    assert bars[0].width == 2 * bars[1].width
    assert [bar.figure for bar in bars_of(bodies["town-review"])] == ["12"] * 5 + ["40"]
    assert len(steps_of(bodies["secretary-review-meeting"])) == 7


def test_the_kept_text_can_be_downloaded(kept: Cast, browse: Browse) -> None:
    response = browse("leader").get(reverse("catalogue:source", args=["town-review", 1]))
    assert response.content.decode() == MechanismVersion.objects.get(mechanism="town-review").text
    assert "town-review@1.yaml" in response["Content-Disposition"]


def test_enabling_and_withdrawing(kept: Cast, browse: Browse) -> None:
    client, url = browse("commissioner"), reverse("catalogue:offer", args=["town-review"])
    assert client.get(url).status_code == 405
    assert "在清溪镇启用" in text(client, page("town-review"))
    client.post(url)
    assert queries.offered_to(kept.units["TOWN-01"]) == {"town-review"}
    assert "本单位已启用" in text(browse("secretary1"), reverse("catalogue:list"))
    assert "清溪镇及其下级" not in text(browse("outsider"), page("town-review"))
    offering = Offering.objects.get()
    end = reverse("catalogue:withdraw", args=[offering.pk])
    assert browse("outsider").post(end).status_code == 404
    assert browse("leader").post(end).status_code == 403
    assert browse("leader").post(url).status_code == 403
    assert client.post(end).status_code == 302
    assert queries.offered_to(kept.units["TOWN-01"]) == set()


def test_the_list_costs_the_same_for_1_and_30_rows(
    cast: Cast, browse: Browse, tmp_path: Path
) -> None:
    folder = tmp_path / "review"
    folder.mkdir()
    client, url, costs = browse("commissioner"), reverse("catalogue:list"), []
    client.get(url)  # the first request of a session renews it
    for rows in (1, 30):
        for n in range(rows):
            made = SOUND.replace("simple-ballot", f"simple-{n}")
            (folder / f"simple-{n}.yaml").write_text(made, "utf-8")
        services.sync_packs(folder=tmp_path)
        with CaptureQueriesContext(connection) as spent:
            assert client.get(url).status_code == 200
        costs.append(len(spent))
    assert costs[0] == costs[1]
