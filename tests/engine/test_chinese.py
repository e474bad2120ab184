"""Every fault speaks Chinese too: each sentence has its other half, with the same facts in it."""

import ast
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from string import Formatter

import pytest

from shuzhi.engine.chinese import CHINESE
from shuzhi.engine.cli import main
from shuzhi.engine.faults import Faults
from shuzhi.engine.foreign import LIBRARIES, PYDANTIC
from shuzhi.engine.say import Said, few, listed, say
from shuzhi.engine.scheme import parse_scheme
from tests.engine.test_faults import EVENTS, GOOD, RATINGS, UNITS, VALUES, VETOES, lay, refused

ENGINE = Path(__file__).parents[2] / "src/shuzhi/engine"
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!(]|[,;?!)][\u4e00-\u9fff]")


def templates() -> Iterator[str]:
    """Yield what modules that say something give to `say`, which must stand there in full."""
    for file in sorted(ENGINE.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        names = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "shuzhi.engine.say"
            for alias in node.names
        }
        if "say" not in names and file.name != "say.py":
            continue
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "say"
            ):
                yield ast.literal_eval(node.args[0])


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_every_sentence_has_its_chinese_half_and_none_is_left_over() -> None:
    assert set(templates()) == set(CHINESE)


@pytest.mark.parametrize("english", CHINESE)
def test_both_halves_hold_the_same_facts(english: str) -> None:
    assert places(english) == places(CHINESE[english])


def test_chinese_has_chinese_punctuation() -> None:
    said = [*CHINESE.values(), *PYDANTIC.values(), *LIBRARIES.values()]
    # but for what is typed as it stands: `scheme: …`, `"name: value"`
    assert [one for one in said if HALF_WIDTH.search(one) and "名称: 值" not in one] == []


def test_facts_that_were_said_are_said_in_the_same_language() -> None:
    said = say("use one of {names}", names=few(f"g{n}" for n in range(14)))
    assert said == "use one of g0, g1, g2, g3, g4, g5, g6, g7, g8, g9, g10, g11 …"
    assert said.text("zh") == "可用：g0、g1、g2、g3、g4、g5、g6、g7、g8、g9、g10、g11 等"
    assert said.text("en") == said
    assert listed([]) == ""


def test_braces_in_facts_and_copies_do_no_harm() -> None:
    said = say("there is no unit {unit}", unit="{x}")
    assert deepcopy(said).text("zh") == said.text("zh") == "没有单位 {x}"


def chinese(text: str) -> list[str]:
    with pytest.raises(Faults) as caught:
        parse_scheme(text, "s.yaml")
    assert all(isinstance(fault.what, Said) for fault in caught.value.faults)
    return [fault.text("zh") for fault in caught.value.faults]


SCHEME_FAULTS = {
    "taget: 4": (
        "target: 4",
        "s.yaml 第 4 行 indicators[0].rule.taget：这里没有 taget 这个项目；是否应为“target”？",
    ),
    "A: 61": (
        "A: 60",
        "s.yaml 第 9 行 indicators[3].rule：这一项不合要求；各类别权重合计应为 100，现为 101",
    ),
    "points: -1": (
        "points: 20",
        "s.yaml 第 4 行 indicators[0].points：“-1”不合要求；应大于 0",
    ),
    "full: 100\nrank_on: a": (
        "full: 100",
        "s.yaml 第 3 行 rank_on：“a”不合要求；应为以下之一：published、exact",
    ),
    "id: study": ("id: plan", "s.yaml 第 5 行 indicators[1]：指标 study 出现了 2 次；请分别命名"),
    "full: [1": (
        "full: 100",
        "s.yaml 第 3 行：不合 YAML 格式：方括号没有配对，或缺少逗号；请检查这一行和上一行",
    ),
}


@pytest.mark.parametrize("wrong", SCHEME_FAULTS)
def test_a_scheme(wrong: str) -> None:
    right, said = SCHEME_FAULTS[wrong]
    assert said in chinese(GOOD.replace(right, wrong, 1))


def broken(folder: Path) -> list[str]:
    return lay(
        folder,
        units=UNITS + "=1+1,formula,g\n",
        values=VALUES.replace("12.5", "20.01") + "u2,plan,maybe\nu2,study,x\nu9,given,1\n",
        ratings=RATINGS + "u1,review,C,c,好\nu1,review,A,a,好\n",
        events=EVENTS + "u1,extra,two,,\n",
        vetoes=VETOES + "u2,fire,\n",
    )


def test_the_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(tmp_path, capsys, [*broken(tmp_path), "--language", "zh"]).splitlines()
    for expected in (
        "units.csv 第 4 行：=1+1 这一行含有公式；内容请以字母、数字或汉字开头",
        (
            "values.csv 第 4 行：u1 的 given 数值不符合计分规则（manual，满分 20 分）；"
            "请填 0 至该指标满分之间的分数"
        ),
        (
            "values.csv 第 8 行：plan 填的是“maybe”；"
            "请填“是”或“否”（也可填 true、false、1、0、yes、no）；不适用的填 na"
        ),
        "values.csv 第 9 行：study 的数值“x”不是数字；请填数字，如 12.5；不适用的填 na",
        "values.csv 第 10 行：没有单位 u9；请在单位表中补上，或改正这一行",
        "ratings.csv 第 6 行：review 没有“C”这一类；可用：A、B",
        "ratings.csv 第 7 行：单位 u1、指标 review、类别 A、评分人 a 出现了 2 次；请只留一行",
        "events.csv 第 3 行：分值“two”不是数字；请填数字，如 2 或 -0.5",
        "vetoes.csv 第 3 行：没有一票否决事项 fire；可用：safety",
    ):
        assert expected in said, expected


def test_the_terminal_chooses_and_the_option_overrules_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = lay(tmp_path, events=b"")
    assert "events.csv:1: is empty" in refused(tmp_path, capsys, arguments)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "events.csv 第 1 行：是空的" in refused(tmp_path, capsys, arguments)
    assert "is empty" in refused(tmp_path, capsys, [*arguments, "--language", "en"])
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert "is empty" in refused(tmp_path, capsys, arguments)


def test_json_keeps_its_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*lay(tmp_path, events=b""), "--json", "--language", "zh"]) == 2
    assert json.loads(capsys.readouterr().out)["faults"] == [
        {
            "where": "events.csv 第 1 行",
            "what": "是空的",
            "right": "第一行请写列名",
            "code": "empty",
        }
    ]


def test_a_derivation_speaks_the_language_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [*lay(tmp_path), "--explain", "u1"]
    assert main([*arguments, "--language", "en"]) == 0
    assert "points as given" in capsys.readouterr().out
    assert main(arguments) == 0
    assert "直接评定得分" in capsys.readouterr().out
