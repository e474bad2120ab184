"""What changed between two schemes, in sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shuzhi.appraisal.view import SchemeView, view_of
from shuzhi.engine.scheme import Place
from shuzhi.engine.scheme.models import Grade, Quota, Veto
from shuzhi.kernel.language import listed

from .sentences import plain, sentence
from .words import choice


@dataclass(frozen=True)
class Difference:
    """One sentence; `kind` is added, removed, changed."""

    kind: str
    text: str


def _changed(text: str) -> Difference:
    return Difference("changed", text)


@dataclass(frozen=True)
class _Pair:
    """Two schemes, and which item of the new one continues which of the old."""

    old: SchemeView
    new: SchemeView
    mapping: Mapping[str, str]

    def before(self, place: Place) -> Place | None:
        return self.old.scheme.find(self.mapping.get(place.id, place.id))

    @property
    def continued(self) -> set[str]:
        found = (self.before(place) for place in self.new.scheme.places)
        return {place.id for place in found if place is not None}

    def title(self, place: Place, *, new: bool = True) -> str:
        return (self.new if new else self.old).titles[place.id]


def _items(pair: _Pair) -> Iterator[Difference]:
    for place in pair.new.scheme.places:
        old = pair.before(place)
        if old is None:
            text = (
                _("新增“%(title)s”，%(points)s 分")
                if not place.indicator.bonus
                else _("新增“%(title)s”")
            )
            facts = {"title": pair.title(place), "points": plain(place.points)}
            yield Difference("added", text % facts)
        else:
            yield from _item(pair, old, place)
    for place in pair.old.scheme.places:
        if place.id not in pair.continued:
            facts = {"title": pair.title(place, new=False), "points": plain(place.points)}
            yield Difference("removed", _("取消“%(title)s”（原 %(points)s 分）") % facts)


def _item(pair: _Pair, old: Place, new: Place) -> Iterator[Difference]:
    title = pair.title(new)
    if pair.title(old, new=False) != title:
        facts = {"old": pair.title(old, new=False), "new": title}
        yield _changed(_("“%(old)s”改名为“%(new)s”") % facts)
    if old.points != new.points and not new.indicator.bonus:
        facts = {"title": title, "old": plain(old.points), "new": plain(new.points)}
        yield _changed(_("“%(title)s”从 %(old)s 分改为 %(new)s 分") % facts)
    before, after = _rule(old), _rule(new)
    if before != after or _parameters(old) != _parameters(new):
        facts = {"title": title, "old": before, "new": after}
        yield _changed(_("“%(title)s”的计分办法：原来%(old)s；现在%(new)s") % facts)
    yield from _handling(old, new, title)
    if _above(pair.old, old, pair) != _above(pair.new, new, None):
        yield _changed(_("“%(title)s”换了位置") % {"title": title})


def _above(view: SchemeView, place: Place, pair: _Pair | None) -> str:
    if place.parent is None:
        return ""
    parent = view.scheme.places[place.parent].id
    if pair is None:
        return parent
    back = {old: new for new, old in pair.mapping.items() if old}
    return back.get(parent, parent)


def _rule(place: Place) -> str:
    if place.rule is None:
        return str(choice("aggregate", place.indicator.aggregate or ""))
    return sentence(place.rule, place.points, place.indicator.bonus)


def _parameters(place: Place) -> Any:
    return place.rule and place.rule.model_dump()


def _handling(old: Place, new: Place, title: str) -> Iterator[Difference]:
    for key, what in (("na", _("不适用时")), ("missing", _("缺数据时"))):
        before, after = (str(getattr(p.indicator, key) or "") for p in (old, new))
        if before != after:
            facts = {
                "title": title,
                "what": what,
                "old": choice(key, before),
                "new": choice(key, after),
            }
            yield _changed(_("“%(title)s”%(what)s：原来%(old)s；现在%(new)s") % facts)


def _quota(quota: Quota | None) -> str:
    if quota is None:
        return _("不限名额")
    if quota.count is not None:
        return _("最多 %(n)s 个") % {"n": quota.count}
    share = (quota.share or 0) * 100
    shown = plain(Decimal(share.numerator)) if share.denominator == 1 else str(quota.share)
    return _("最多占 %(share)s") % {"share": f"{shown}%" if share.denominator == 1 else shown}


def grade_words(grade: Grade, titles: Mapping[str, str]) -> str:
    """Say a grade: from which total, for how many, on which conditions."""
    parts = [_("%(min)s 分及以上") % {"min": plain(grade.min)} if grade.min is not None else ""]
    parts.append(_quota(grade.quota) if grade.quota else "")
    parts += [
        _("“%(item)s”得分率至少 %(rate)s%%")
        % {"item": titles.get(one.indicator, one.indicator), "rate": plain(one.min_rate)}
        for one in grade.require
    ]
    return _("，").join(filter(None, parts)) or _("其余单位")


def veto_words(veto: Veto) -> str:
    """Say what a veto does."""
    effect = veto.effect
    if effect.unranked:
        return str(choice("effect", "unranked"))
    kind = "grade" if effect.grade is not None else "cap_grade"
    return f"{choice('effect', kind)}“{effect.grade or effect.cap_grade}”"


def _sets(
    old: Mapping[str, str], new: Mapping[str, str], names: Mapping[str, str]
) -> Iterator[Difference]:
    for key in {**old, **new}:
        facts = {"name": names.get(key, key), "old": old.get(key), "new": new.get(key)}
        if key not in old:
            yield Difference("added", _("新增“%(name)s”：%(new)s") % facts)
        elif key not in new:
            yield Difference("removed", _("取消“%(name)s”（原来%(old)s）") % facts)
        elif old[key] != new[key]:
            yield _changed(_("“%(name)s”：原来%(old)s；现在%(new)s") % facts)


def _whole(pair: _Pair) -> Iterator[Difference]:
    old, new = pair.old.scheme, pair.new.scheme
    facts = (
        (_("满分"), plain(old.whole), plain(new.whole)),
        (_("总分小数位数"), str(old.rounding.places), str(new.rounding.places)),
        (_("按什么排名"), choice("rank_on", old.rank_on), choice("rank_on", new.rank_on)),
        (
            _("谁和谁排"),
            choice("ranking", old.ranking.within),
            choice("ranking", new.ranking.within),
        ),
        (_("同分怎么排"), choice("ties", old.ranking.ties), choice("ties", new.ranking.ties)),
        (_("同分先比"), _names(pair.old), _names(pair.new)),
    )
    for name, before, after in facts:
        if str(before) != str(after):
            words = _("%(name)s：原来%(old)s；现在%(new)s")
            yield _changed(words % {"name": name, "old": before, "new": after})


def _names(view: SchemeView) -> str:
    return listed(view.titles.get(i, i) for i in view.scheme.ranking.tiebreak) or "—"


def differences(old: str, new: str, mapping: Mapping[str, str]) -> list[Difference]:
    """Return what changed from one scheme's text to another's. Raises the engine's `Faults`."""
    pair = _Pair(view_of(old), view_of(new), mapping)
    before, after = pair.old, pair.new
    back = {old: new for new, old in mapping.items() if old}
    old_titles = {back.get(item, item): title for item, title in before.titles.items()}
    titles = old_titles | after.titles
    grades = [{g.grade: grade_words(g, titles) for g in v.scheme.grades} for v in (before, after)]
    vetoes = [{x.id: veto_words(x) for x in v.scheme.vetoes} for v in (before, after)]
    return [
        *_whole(pair),
        *_items(pair),
        *_sets(grades[0], grades[1], {}),
        *_sets(vetoes[0], vetoes[1], {**before.vetoes, **after.vetoes}),
    ]
