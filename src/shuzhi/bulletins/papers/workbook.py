"""Results in Excel: ranks, points by indicator, forms, means by category, the proof."""

from datetime import datetime
from typing import Any

from shuzhi.bulletins.facts import ProofFacts, ReviewFacts
from shuzhi.kernel.sheets import Column, Kind, Sheet, write_workbook

from .words import day, moment


def _text(key: str, title: str) -> Column:
    return Column(key, title)


def _decimal(key: str, title: str, places: int = 2) -> Column:
    return Column(key, title, Kind.DECIMAL, places=places)


def _count(key: str, title: str) -> Column:
    return Column(key, title, Kind.INTEGER)


def _results(facts: ReviewFacts) -> Sheet:
    columns = (
        _count("rank", "名次"),
        _text("code", "单位代码"),
        _text("unit", "单位"),
        _text("person", "述职人"),
        _decimal("total", "总分"),
        _decimal("bonus", "加减分"),
        _text("computed", "计算等次"),
        _text("grade", "研究等次"),
        _text("reason", "调整理由"),
        _count("best", "可能最好名次"),
        _count("worst", "可能最低名次"),
        _text("spared", "备注"),
    )
    rows = [
        (
            one.rank,
            one.code,
            one.unit,
            one.person,
            one.total,
            one.bonus,
            one.computed_grade,
            one.grade,
            one.reason,
            one.best_rank,
            one.worst_rank,
            one.spared,
        )
        for one in facts.ranked
    ]
    return Sheet("考核结果", columns, rows)


def _points(facts: ReviewFacts) -> Sheet:
    titles = {point.indicator: point.title for one in facts.outcomes for point in one.points}
    columns = (_text("unit", "单位"), *(_decimal(key, title) for key, title in titles.items()))
    rows = []
    for one in facts.ranked:
        points = {point.indicator: point.points for point in one.points}
        rows.append((one.unit, *(points.get(key) for key in titles)))
    return Sheet("分项得分", columns, rows)


def _forms(facts: ReviewFacts) -> Sheet:
    names = ("issued", "returned", "valid", "void", "unused", "cancelled")
    titles = ("发出", "收回", "有效", "无效", "未用", "作废注销")
    columns = (
        _text("title", "评议人员类别"),
        _decimal("weight", "权重（%）"),
        *(_count(name, title) for name, title in zip(names, titles, strict=True)),
    )
    rows = [
        (row.title, row.weight, *(getattr(row, name) for name in names)) for row in facts.categories
    ]
    return Sheet("测评票核对", columns, rows)


def _means(facts: ReviewFacts) -> Sheet:
    items = {item.id: item.title for item in facts.items}
    categories = {row.id: row.title for row in facts.categories}
    columns = (
        _text("unit", "单位"),
        _text("item", "测评内容"),
        _text("category", "评议人员类别"),
        *(_count(choice, choice) for choice in facts.choices),
        _count("forms", "有效票数"),
        _decimal("mean", "平均得分率（%）"),
    )
    rows = [
        (
            one.unit,
            items.get(marks.item, marks.item),
            categories.get(marks.category, marks.category),
            *marks.counts[: len(facts.choices)],
            marks.total,
            marks.mean,
        )
        for one in facts.ranked
        for marks in one.marks
    ]
    return Sheet("分类测评", columns, rows)


def _problems(facts: ReviewFacts) -> Sheet:
    titles = ("单位", "问题", "来源", "整改措施", "责任人", "整改时限", "完成情况", "状态")
    columns = tuple(_text(f"c{at}", title) for at, title in enumerate(titles))
    rows = [
        (p.unit, p.text, p.source, p.measure, p.owner, day(p.due), p.outcome, p.state)
        for p in facts.problems
    ]
    return Sheet("问题清单", columns, rows)


def _proof(facts: ReviewFacts, proof: ProofFacts) -> Sheet:
    rows: list[tuple[Any, ...]] = [
        ("存证日志", proof.log),
        ("截至记录", proof.size),
        ("树根", proof.root),
        ("哈希算法", proof.algorithm),
        ("签名时间", moment(proof.signed_at)),
        ("签名密钥", proof.key_id),
        ("签名", proof.signature),
        ("票箱摘要", facts.box_digest),
        ("复核压缩包摘要", facts.archive_digest),
        ("计分程序版本", facts.engine_version),
    ]
    return Sheet("存证", (_text("name", "项目"), _text("value", "内容")), rows)


def results_workbook(facts: ReviewFacts, proof: ProofFacts) -> bytes:
    """Return the results as .xlsx; equal facts and proof give equal bytes."""
    sheets = [_results(facts), _points(facts), _forms(facts)]
    if facts.breakdown:
        sheets.append(_means(facts))
    sheets += [_problems(facts), _proof(facts, proof)]
    return write_workbook(sheets, made_at=_whole_second(proof.signed_at))


def _whole_second(at: datetime) -> datetime:
    return at.replace(microsecond=0)
