"""The rule of a leaf in one sentence, with its own numbers."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shuzhi.engine import explain
from shuzhi.engine.scheme.rules import Trim
from shuzhi.kernel.language import listed

NONE = "—"


def plain(number: Any) -> str:
    """Return a number without closing zeros; a dash for none."""
    return NONE if number is None else explain.plain(Decimal(number))


def _ratio(rule: Any, _points: Any, _bonus: Any) -> str:
    facts = {"target": plain(rule.target), "cap": plain(rule.cap * 100)}
    own = rule.target is None
    if rule.direction == "down" and own:
        words = _("越少越好：按各单位自己的目标与实际的比例得分，最高 %(cap)s%%")
    elif rule.direction == "down":
        words = _("越少越好：目标 %(target)s，按目标与实际的比例得分，最高 %(cap)s%%")
    elif own:
        words = _("按完成各单位自己目标的比例得分，最高 %(cap)s%%")
    else:
        words = _("按完成目标 %(target)s 的比例得分，最高 %(cap)s%%")
    return words % facts


def _linear(rule: Any, _points: Any, _bonus: Any) -> str:
    return _("%(zero)s 得 0 分，%(full)s 得满分，其间按比例") % {
        "zero": plain(rule.zero),
        "full": plain(rule.full),
    }


def _bands(rule: Any, _points: Any, _bonus: Any) -> str:
    said = [
        _("%(bound)s 及以上得 %(rate)s%%") % {"bound": plain(bound), "rate": plain(rate)}
        if bound is not None
        else _("其余得 %(rate)s%%") % {"rate": plain(rate)}
        for bound, rate in rule.bands
    ]
    return _("分档：%(bands)s") % {"bands": listed(said)}


def _flag(_rule: Any, _points: Any, _bonus: Any) -> str:
    return _("做到得满分，没做到不得分")


def _shortfall(rule: Any, _points: Any, _bonus: Any) -> str:
    words = (
        _("目标逐个单位定，每差 %(each)s 扣 %(deduct)s 分，扣完为止")
        if rule.target is None
        else _("目标 %(target)s，每差 %(each)s 扣 %(deduct)s 分，扣完为止")
    )
    return words % {
        "target": plain(rule.target),
        "each": plain(rule.each),
        "deduct": plain(rule.deduct),
    }


def _excess(rule: Any, _points: Any, _bonus: Any) -> str:
    words = (
        _("上限逐个单位定，每超 %(each)s 扣 %(deduct)s 分，扣完为止")
        if rule.limit is None
        else _("上限 %(limit)s，每超 %(each)s 扣 %(deduct)s 分，扣完为止")
    )
    return words % {
        "limit": plain(rule.limit),
        "each": plain(rule.each),
        "deduct": plain(rule.deduct),
    }


def _manual(_rule: Any, points: Any, _bonus: Any) -> str:
    return _("直接打分，满分 %(points)s") % {"points": plain(points)}


def _middle(within: Any) -> str:
    if isinstance(within, Trim):
        return _("各类去掉 %(n)s 个最高分和 %(n)s 个最低分后平均") % {"n": within.trim}
    return _("各类取中位数") if within == "median" else _("各类取平均")


def _ratings(rule: Any, _points: Any, _bonus: Any) -> str:
    weights = [f"{name} {plain(weight)}%" for name, weight in rule.categories.items()]
    said = _("现场测评，%(middle)s，再按权重合成（%(weights)s）") % {
        "middle": _middle(rule.within),
        "weights": listed(weights),
    }
    if rule.avoided:
        said += _("；%(who)s 类回避本单位") % {"who": listed(rule.avoided)}
    return said


def _events(rule: Any, points: Any, bonus: Any) -> str:
    if bonus is not None:
        facts = {"low": plain(bonus.min), "high": plain(bonus.max)}
        said = _("按事项加减分，最低 %(low)s 分，最高 %(high)s 分") % facts
    elif rule.start == "full":
        said = _("从满分 %(points)s 起，按发生的事项扣分，扣完为止") % {"points": plain(points)}
    else:
        said = _("从 0 分起，按发生的事项加分，最高 %(points)s 分") % {"points": plain(points)}
    return said + (_("；同一事项只计一次") if rule.once else "")


def _peers(rule: Any) -> str:
    return _("同组单位") if rule.within == "group" else _("全部单位")


def _relative(rule: Any, _points: Any, _bonus: Any) -> str:
    how: Mapping[str, str] = {
        "minmax": _("与%(peers)s比较，最差得 0 分，最好得满分，其间按比例"),
        "rank": _("按在%(peers)s中的名次得分，第一名满分，最后一名 0 分"),
        "percentile": _("按在%(peers)s中胜过的比例得分"),
        "zscore": _("按与%(peers)s平均水平的差距得分"),
    }
    said = how[rule.kind] % {"peers": _peers(rule)}
    return said + (_("（越少越好）") if rule.direction == "down" else "")


SENTENCES: Mapping[str, Callable[[Any, Any, Any], str]] = {
    "ratio": _ratio,
    "linear": _linear,
    "bands": _bands,
    "flag": _flag,
    "shortfall": _shortfall,
    "excess": _excess,
    "manual": _manual,
    "ratings": _ratings,
    "events": _events,
    "minmax": _relative,
    "zscore": _relative,
    "rank": _relative,
    "percentile": _relative,
}


def sentence(rule: Any, points: Any = None, bonus: Any = None) -> str:
    """Say a rule in the reader's language."""
    return SENTENCES[rule.kind](rule, points, bonus)
