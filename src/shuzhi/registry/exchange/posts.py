"""Rows of posts: whose, where, what, from when; never one post twice at a time."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from shuzhi.registry.policy import leads

from .columns import PEOPLE, UNITS
from .known import Known, Post
from .model import Line, Part
from .people import codes_after

Who = object  # a person's key, or the line that adds the person


class _Names:
    """Who is meant by a name: those who stand, and those whom the upload adds."""

    def __init__(self, people: Part, known: Known) -> None:
        self.known = known
        self.homes = {line.target: line.values["home"] for line in people.lines if line.target}
        self.fresh: dict[str, list[Line]] = defaultdict(list)
        for line in people.added:
            self.fresh[line.values["name"]].append(line)

    def find(self, line: Line) -> Who | None:
        """Return the one person meant, preferring those at home in the post's unit."""
        number, name, unit = (line.values[key] for key in ("number", "name", "unit"))
        if number:
            return self._numbered(line, number, name)
        found: list[tuple[Who, str]] = [
            (person.pk, self.homes.get(person.pk, person.home.code))
            for person in self.known.by_name.get(name, ())
        ]
        found += [(id(fresh), fresh.values["home"]) for fresh in self.fresh.get(name, ())]
        here = [who for who, home in found if home == unit] or [who for who, _home in found]
        if len(here) == 1:
            return here[0]
        several, nobody = _("有几位同名，请填写人员编号"), _("没有这个人，请先在“人员”表登记")
        line.wrong("name", several if here else nobody)
        return None

    def _numbered(self, line: Line, number: str, name: str) -> Who | None:
        person = self.known.people.get(number)
        if person is None:
            line.wrong("number", _("没有这个编号"))
        elif person.name != name:
            line.wrong("name", _("编号对应的姓名是“%(name)s”") % {"name": person.name})
        return person.pk if person else None


def _meet(since: date, until: date | None, other: Post) -> bool:
    return (until is None or other.since <= until) and (other.until is None or since <= other.until)


def _check_overlaps(line: Line, new: Post, standing: list[Post]) -> None:
    for other in standing:
        if other.pk == new.pk and new.pk is not None:
            continue
        if not _meet(new.since, new.until, other):
            continue
        if other.person == new.person and other.post == new.post:
            line.wrong("since", _("与已有的同一职务时间重叠"))
        elif new.leads and other.leads and other.person != new.person:
            line.wrong("post", _("这个组织在此期间已有书记，请先填写其免职日期"))


def _match(line: Line, who: Who, known: Known) -> Post:
    values = line.values
    same = next(
        (
            post
            for post in known.posts.get(values["unit"], ())
            if (post.person, post.post, post.since) == (who, values["post"], values["since"])
        ),
        None,
    )
    if same:
        line.target = same.pk
        line.differ({"until": same.until})
    return Post(
        who,
        values["unit"],
        values["post"],
        values["since"],
        values["until"],
        leads(values["post"]),
        line.target,
    )


def _settle(line: Line, names: _Names, codes: set[str], known: Known) -> Post | None:
    values = line.values
    if values["unit"] is not None and values["unit"] not in codes:
        line.wrong("unit", _("没有代码为“%(code)s”的组织") % {"code": values["unit"]})
    if values["since"] and values["until"] and values["until"] < values["since"]:
        line.wrong("until", _("不能早于任职日期"))
    who = names.find(line) if values["name"] else None
    return None if line.faults or who is None else _match(line, who, known)


def plan_posts(part: Part, parts: Mapping[str, Part], known: Known) -> None:
    """Match and check the rows of posts, against what stands and against one another."""
    names, codes = _Names(parts[PEOPLE], known), codes_after(parts[UNITS], known)
    settled: list[tuple[Line, Post]] = []
    for line in part.lines:
        if post := _settle(line, names, codes, known):
            line.values["who"] = post.person
            settled.append((line, post))
    after: dict[str, list[Post]] = defaultdict(list)
    rewritten = {post.pk for _line, post in settled if post.pk}
    for unit, posts in known.posts.items():
        after[unit] = [post for post in posts if post.pk not in rewritten]
    for line, post in settled:
        _check_overlaps(line, post, after[post.unit])
        after[post.unit].append(post)
