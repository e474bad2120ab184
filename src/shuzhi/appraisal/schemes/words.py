"""What the editor calls kinds of rules, their parameters and their choices."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

KINDS: Mapping[str, Words] = {
    "ratio": _("按完成比例得分"),
    "linear": _("在两个值之间按比例得分"),
    "bands": _("按档次得分"),
    "flag": _("做到或没做到"),
    "shortfall": _("不足目标扣分"),
    "excess": _("超过上限扣分"),
    "manual": _("直接打分"),
    "ratings": _("现场测评"),
    "events": _("按事项加减分"),
    "minmax": _("与其他单位比较：最好与最差之间"),
    "zscore": _("与其他单位比较：离平均水平多远"),
    "rank": _("按名次得分"),
    "percentile": _("按胜过多少单位得分"),
}
PARAMETERS: Mapping[str, Words] = {
    "target": _("目标值"),
    "cap": _("最高按几倍计（1 就是不超过满分）"),
    "direction": _("好坏的方向"),
    "zero": _("得 0 分的值"),
    "full": _("得满分的值"),
    "bands": _("各档"),
    "each": _("每差多少算一次"),
    "deduct": _("每次扣几分"),
    "limit": _("上限"),
    "scale": _("评价档次和分值"),
    "categories": _("评议人员类别和权重（%）"),
    "within": _("怎样合成"),
    "min_marks": _("一类至少几票"),
    "short": _("票数不足时"),
    "exclude_own": _("哪几类回避本单位"),
    "start": _("从几分起"),
    "once": _("同一事项"),
}
HINTS: Mapping[str, Words] = {
    "target": _("各单位目标不同的，可以在数据里逐个填；这里留空。"),
    "limit": _("各单位上限不同的，可以在数据里逐个填；这里留空。"),
    "bands": _("从高到低，一行一档；最后一行不写下限，就是“其余”。"),
    "scale": _("一行一档，如“好”100。按分数打分的，这里留空，填下面两格。"),
    "categories": _("合计应为 100。"),
}
CHOICES: Mapping[tuple[str, str], Words] = {
    ("direction", "up"): _("越大越好"),
    ("direction", "down"): _("越小越好"),
    ("within", "group"): _("与同组单位比较"),
    ("within", "all"): _("与全部单位比较"),
    ("within", "mean"): _("取平均"),
    ("within", "median"): _("取中位数"),
    ("short", "stop"): _("停下来，不计分"),
    ("short", "renormalise"): _("这一类不计，权重由其他类分担"),
    ("start", "0"): _("从 0 分起加"),
    ("start", "full"): _("从满分起扣"),
    ("once", "highest"): _("只计一次（加分取最高，扣分取最重）"),
    ("once", ""): _("每次都计"),
    ("na", "rescale"): _("分值由同级其他指标分担"),
    ("na", "full"): _("按满分计"),
    ("na", "zero"): _("按 0 分计"),
    ("missing", ""): _("停下来，要求补齐"),
    ("missing", "zero"): _("按 0 分计"),
    ("missing", "na"): _("按不适用计"),
    ("aggregate", ""): _("相加"),
    ("aggregate", "mean"): _("按分值加权平均"),
    ("aggregate", "geometric"): _("几何平均（一项为 0，整项为 0）"),
    ("aggregate", "harmonic"): _("调和平均（短板影响更大）"),
    ("aggregate", "minimum"): _("取最低的一项"),
    ("rank_on", "published"): _("按公布的总分排名"),
    ("rank_on", "exact"): _("按未四舍五入的总分排名"),
    ("ranking", "group"): _("分组排名"),
    ("ranking", "all"): _("全部一起排名"),
    ("ties", "standard"): _("同分同名次，后面空出名次（1、2、2、4）"),
    ("ties", "dense"): _("同分同名次，后面接着排（1、2、2、3）"),
    ("round", "floor"): _("舍去小数"),
    ("round", "round"): _("四舍五入"),
    ("round", "ceil"): _("进一位"),
    ("effect", "grade"): _("定为"),
    ("effect", "cap_grade"): _("最高只能是"),
    ("effect", "unranked"): _("不排名、不定等次"),
}
TRIMMED = _("去掉 %(n)s 个最高分和 %(n)s 个最低分后取平均")


def choice(key: str, value: str) -> Words:
    """Return what a choice is called; one that has no words yet keeps its own name."""
    return CHOICES.get((key, value), value)
