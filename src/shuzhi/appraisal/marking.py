"""What raters fill in: how they mark, on which topics, and whether the scheme says the same."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from shuzhi.ballots.services import PollForm
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.language import listed

from . import shaping
from .enums import FormShape, RatingScale
from .samples import templates
from .view import SchemeView

NUMBERS = {"from": 0, "to": 100}
MOST_TOPICS, LONGEST = 20, 60  # what a form takes
Topic = Mapping[str, str]


def scale_of(form: PollForm) -> RatingScale:
    """Return how a form is marked."""
    return RatingScale.GRADES if "choices" in form.stored()["scale"] else RatingScale.NUMBERS


def grade_words(form: PollForm) -> list[str]:
    """Return the grades that a form has, or would have, best first."""
    graded = form if scale_of(form) == RatingScale.GRADES else templates().form
    return graded.scale.values()


def scale_for(form: PollForm, chosen: RatingScale | None) -> dict[str, Any]:
    """Return the scale as chosen: the form's own as far as it fits, else the template's."""
    if chosen in {None, scale_of(form)}:
        found: dict[str, Any] = form.stored()["scale"]
    elif chosen == RatingScale.NUMBERS:
        found = NUMBERS
    else:
        found = templates().form.stored()["scale"]
    return found


def points_of(form: PollForm) -> dict[str, Decimal]:
    """Return the scale as a scheme writes it: grade → points, or from … to …"""
    scale = form.stored()["scale"]
    marks = scale.get("choices") or {name: scale[name] for name in ("from", "to")}
    return {name: Decimal(str(points)) for name, points in marks.items()}


@override("zh-hans")  # what raters read is kept in Chinese, whatever language its author reads
def items_for(shape: FormShape, topics: Sequence[Topic], rating: str) -> list[dict[str, str]]:
    """Return what is marked; the items bear the ids of the leaves that they are counted in."""
    if shape == FormShape.OVERALL:
        return [{"id": rating, "title": _("总体评价")}]
    return [{"id": shaping.leaf_id(rating, t), "title": t["title"]} for t in topics]


def leaf_titles(topics: Sequence[Topic], rating: str) -> dict[str, str]:
    """Return what topics are called, by the leaf that each is counted in."""
    return {shaping.leaf_id(rating, topic): topic["title"] for topic in topics}


def kept_items(
    items: Sequence[Mapping[str, str]],
    topics: Sequence[Topic],
    rating: str,
    renamed: Mapping[str, str],
) -> list[dict[str, str]]:
    """Return the items as they are, under their new titles and in the order of the topics."""
    place = {leaf: number for number, leaf in enumerate(leaf_titles(topics, rating))}
    kept = sorted(items, key=lambda item: place.get(item["id"], len(place)))
    return [{**item, "title": renamed.get(item["id"], item["title"])} for item in kept]


def check_titles(titles: Sequence[str]) -> None:
    """Refuse topics that a report or a form cannot have, saying which."""
    if not 1 <= len(titles) <= MOST_TOPICS:
        raise RefusedError(_("述职内容应有 1–%(most)d 项，一行一项。") % {"most": MOST_TOPICS})
    for number, title in enumerate(titles, 1):
        words = {"number": number, "title": title, "most": LONGEST}
        if len(title) > LONGEST:
            raise RefusedError(_("述职内容第 %(number)d 项超过 %(most)d 字，请写短一些。") % words)
        if title in titles[: number - 1]:
            raise RefusedError(_("述职内容第 %(number)d 项“%(title)s”写了两次。") % words)


def retitled(known: Sequence[Topic], titles: Sequence[str]) -> list[dict[str, str]]:
    """Return the topics with these titles; one renamed in its place stays the same topic."""
    by_title = {topic["title"]: topic for topic in known}
    free = (f"n{number}" for number in range(1, 1000))
    fresh = (key for key in free if key not in {topic["id"] for topic in known})
    found = []
    for place, title in enumerate(titles):
        there = known[place] if place < len(known) else None
        same = by_title.get(title)
        if same is None and there is not None and there["title"] not in titles:
            same = there
        found.append({"hint": "", **(same or {"id": next(fresh)}), "title": title})
    return found


def _items(form: PollForm, scheme: SchemeView) -> tuple[list[str], list[str]]:
    return [item.id for item in form.items], [leaf.id for leaf in scheme.rating_leaves]


def marks_other_items(form: PollForm, scheme: SchemeView) -> bool:
    """Tell whether raters mark other items than the scheme counts."""
    marked, counted = map(set, _items(form, scheme))
    return marked != counted


def disagreements(form: PollForm, scheme: SchemeView) -> list[str]:
    """Say where the scheme would count other marks than the form takes in; empty when it fits."""
    return list(_disagreements(form, scheme))


def _disagreements(form: PollForm, scheme: SchemeView) -> Iterator[str]:
    if marks_other_items(form, scheme):
        marked, counted = _items(form, scheme)
        words = {"form": listed(marked), "scheme": listed(counted) or "—"}
        yield _("测评票上的项目是 %(form)s，考核方案计的是 %(scheme)s") % words
    rules = [leaf.rule for leaf in scheme.rating_leaves]
    if any(rule.categories != {c.id: c.weight for c in form.categories} for rule in rules):
        yield _("评议人员类别或权重不同")
    if any(rule.scale != points_of(form) for rule in rules):
        yield _("评分的档次不同")
    avoided = {category.id for category in form.categories if category.recuse}
    if any(set(rule.avoided) != avoided for rule in rules):
        yield _("回避本单位的类别不同")
