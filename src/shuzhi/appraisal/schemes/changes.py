"""What an edit does to the document; each change says in a few words what it did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from shuzhi.kernel.errors import RefusedError

from .document import Document, Steps, mapping, number, sequence
from .grammar import KIND, kinds
from .tree import decimal, title_of


@dataclass(frozen=True)
class Item:
    """An indicator as the form gives it; what is None is left out of the text."""

    title: str
    title_en: str = ""
    points: Decimal | None = None
    kind: str = ""  # of a leaf's rule
    parameters: Mapping[str, Any] = field(default_factory=dict)
    na: str = ""
    missing: str = ""
    aggregate: str = ""
    bonus: tuple[Decimal | None, Decimal | None] | None = None


def plain(value: Any) -> Any:
    """Return a value as the text holds it: numbers as digits, tables in one line."""
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, Mapping):
        return mapping(**{key: plain(inner) for key, inner in value.items()})
    if isinstance(value, list | tuple):
        return sequence([plain(inner) for inner in value])
    return value


def same(old: Any, new: Any) -> bool:
    """Tell whether two values read alike: 20 and 20.0, a list and a tuple."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return list(old) == list(new) and all(same(old[key], new[key]) for key in old)
    if isinstance(old, list | tuple) and isinstance(new, list | tuple):
        return len(old) == len(new) and all(map(same, old, new))
    if isinstance(old, bool) or isinstance(new, bool):
        return old is new
    left, right = decimal(old), decimal(new)
    if left is not None and right is not None and not isinstance(old, str):
        return left == right
    return bool(old == new)


def put(node: Any, key: str, value: Any) -> None:
    """Write a value unless it stands there already; None takes the key away."""
    if value is None:
        node.pop(key, None)
    elif key not in node or not same(node[key], value):
        node[key] = plain(value)


def _retitle(node: Any, title: str, english: str) -> None:
    old = node.get("title")
    if isinstance(old, CommentedMap):
        put(old, "zh", title)
        put(old, "en", english or None)
    elif english:
        put(node, "title", {"zh": title, "en": english})
    else:
        put(node, "title", title)


def _rule(node: Any, kind: str, parameters: Mapping[str, Any]) -> None:
    """Write the rule; another kind begins anew, what is unknown of the same kind stays."""
    if str((node.get("rule") or {}).get(KIND, "")) != kind:
        node["rule"] = mapping(kind=kind)
    for parameter in kinds()[kind]:
        if parameter.name in parameters:
            _parameter(node["rule"], parameter.name, parameters[parameter.name], parameter.default)


def _parameter(rule: Any, name: str, value: Any, default: Any) -> None:
    """Write a parameter; a default that was not written is not written now."""
    if value in (None, "") or (name not in rule and same(default, value)):
        if name in rule and value in (None, ""):
            del rule[name]
        return
    put(rule, name, value)


def set_points(document: Document, steps: Steps, points: Decimal | None) -> str:
    """Give an indicator its points; none takes them away (a branch then has its children's)."""
    node = document.spot(steps).node
    put(node, "points", points)
    shown = "—" if points is None else f"{number(points)}"
    return _("“%(title)s”改为 %(points)s 分") % {"title": title_of(node), "points": shown}


def put_item(document: Document, steps: Steps, item: Item) -> str:
    """Write what the form says about an indicator."""
    node = document.spot(steps).node
    _retitle(node, item.title, item.title_en)
    if item.bonus is not None:
        low, high = item.bonus
        bonus = node["bonus"] if isinstance(node.get("bonus"), CommentedMap) else mapping()
        node["bonus"] = bonus
        put(bonus, "min", low)
        put(bonus, "max", high)
    else:
        put(node, "points", item.points)
    if "children" in node:
        put(node, "aggregate", item.aggregate or None)
    elif item.kind:
        _rule(node, item.kind, item.parameters)
    put(node, "na", item.na if item.na != "rescale" or "na" in node else None)
    put(node, "missing", item.missing or None)
    return _("修改“%(title)s”") % {"title": item.title}


def _fresh(document: Document, sort: str) -> CommentedMap:
    titles = {"branch": _("新大项"), "bonus": _("加减分"), "leaf": _("新指标")}
    node = CommentedMap(id=document.free_id(), title=titles[sort])
    if sort == "bonus":
        node["bonus"] = mapping(min=-5, max=5)
        node["rule"] = mapping(kind="events", once="highest")
    elif sort == "leaf":
        node["points"] = 5
        node["rule"] = mapping(kind="manual")
    else:
        inner = _fresh(document, "leaf")
        inner["id"] = f"{node['id']}-1"
        node["children"] = CommentedSeq([inner])
    return node


def add_item(document: Document, parent: Steps, sort: str) -> str:
    """Add a leaf, a branch with a first leaf, or a bonus, at the end of `parent` (() the top)."""
    if sort not in {"leaf", "branch", "bonus"} or (sort == "bonus" and parent):
        raise RefusedError(_("加减分要放在最上层。"))
    if parent:
        above = document.spot(parent).node
        if "children" not in above:
            raise RefusedError(_("这一项是计分的指标，下面不能再加指标。"))
        siblings = above["children"]
    else:
        siblings = document.root["indicators"]
    node = _fresh(document, sort)
    siblings.append(node)
    return _("增加“%(title)s”") % {"title": title_of(node)}


def remove_item(document: Document, steps: Steps) -> str:
    """Take an indicator out with all below it."""
    siblings = document.siblings(steps)
    if len(siblings) == 1:
        raise RefusedError(_("这里只剩这一项，不能再删。要整个去掉，请删上一级。"))
    title = title_of(document.spot(steps).node)
    siblings.pop(steps[-1])
    return _("删去“%(title)s”") % {"title": title}


def move_item(document: Document, steps: Steps, by: int) -> str:
    """Move an indicator up (-1) or down (1) among its siblings."""
    siblings, place = document.siblings(steps), steps[-1]
    if not 0 <= place + by < len(siblings):
        raise RefusedError(_("已经到头了，不能再移。"))
    node = siblings.pop(place)
    siblings.insert(place + by, node)
    return _("移动“%(title)s”") % {"title": title_of(node)}


def into_branch(document: Document, steps: Steps, goal: Steps) -> str:
    """Move an indicator with all below it to the end of another branch (() the top)."""
    node = document.spot(steps).node
    if goal[: len(steps)] == steps:
        raise RefusedError(_("不能移到它自己下面。"))
    if "bonus" in node:
        raise RefusedError(_("加减分要放在最上层。"))
    if goal and "children" not in document.spot(goal).node:
        raise RefusedError(_("这一项是计分的指标，下面不能再加指标。"))
    above = document.spot(goal).node["children"] if goal else document.root["indicators"]
    siblings = document.siblings(steps)
    if len(siblings) == 1:
        raise RefusedError(_("这里只剩这一项，移走就空了。请先在这里加一项，或删去上一级。"))
    above.append(siblings.pop(steps[-1]))
    return _("移动“%(title)s”") % {"title": title_of(node)}


def put_general(document: Document, facts: Mapping[str, Any]) -> str:
    """Write title, full points, rounding, and how ranks are made."""
    root = document.root
    _retitle(root, facts["title"], facts["title_en"])
    put(root, "full", facts["full"])
    put(document.part("rounding", CommentedMap()), "places", facts["places"])
    _default(root, "rank_on", facts["rank_on"], "published")
    ranking = document.part("ranking", mapping())
    _default(ranking, "within", facts["within"], "group")
    _default(ranking, "ties", facts["ties"], "standard")
    put(ranking, "tiebreak", facts["tiebreak"] or None)
    if not ranking:
        del root["ranking"]
    return _("修改满分、小数和排名办法")


def _default(node: Any, key: str, value: str, default: str) -> None:
    if key in node or value != default:
        put(node, key, value)


def put_rows(document: Document, key: str, rows: Sequence[Mapping[str, Any]], name: str) -> str:
    """Write grades or vetoes; a row keeps what the form does not know of its namesake."""
    known = {
        str(row.get(name)): row
        for row in document.root.get(key) or ()
        if isinstance(row, CommentedMap)
    }
    written = CommentedSeq()
    for row in rows:
        node = known.get(str(row[name])) or mapping()
        for column, value in row.items():
            if column == "title":
                old = node.get("title")
                _retitle(node, value, old.get("en", "") if isinstance(old, CommentedMap) else "")
            else:
                put(node, column, value)
        written.append(node)
    if written:
        _replace(document.root, key, written)
    else:
        document.root.pop(key, None)
    return _("修改等次和名额") if key == "grades" else _("修改一票否决")


def _replace(root: Any, key: str, rows: CommentedSeq) -> None:
    old = root.get(key)
    if isinstance(old, CommentedSeq) and [id(row) for row in old] == [id(row) for row in rows]:
        return
    root[key] = rows
