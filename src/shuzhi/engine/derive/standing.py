"""How rank and grade were found: the vetoes, and what each grade asked for."""

from decimal import Decimal
from typing import Any

from shuzhi.engine.derive.words import Words
from shuzhi.engine.explain import Node, plain


class Standing(Words):
    """Rank and grade."""

    def _standing(self) -> Node:
        """Rank and grade, with what was asked for each grade."""
        result = self.facts.result
        node = Node(
            "standing", self.say("standing"), status=result["status"], value=result["grade"]
        )
        if result["rank"]:
            together = self.scheme.ranking.within == "all"
            group = self.say("all") if together else result["group"]
            field = self.facts.field_size
            node.rule = self.say("rank_of", group=group, rank=result["rank"], field=field)
        elif result["status"] == "exempt":
            node.rule = self.say("exempt")
        else:
            node.rule = self.say("unranked" if result["total"] else "nothing_left")
        node.rows = self.facts.rows.get("vetoes", [])
        node.children = [
            Node(f"veto:{v}", self.say("veto", veto=self._veto(v)))
            for v in result["vetoes"].split(";")
            if v
        ]
        if result["rank"]:
            node.children += self._conditions(result)
        return node

    def _veto(self, name: str) -> str:
        titles = next((veto.title for veto in self.scheme.vetoes if veto.id == name), None) or {}
        return titles.get(self.language) or next(iter(titles.values()), name)

    def _conditions(self, result: dict[str, str]) -> list[Node]:
        """The conditions of each grade down to the one that was given."""
        nodes = []
        for grade in self.scheme.grades:
            words = (
                [self.say("grade_min", grade=grade.grade, min=plain(grade.min))]
                if grade.min is not None
                else [grade.grade]
            )
            words += [
                self.say(
                    "grade_require",
                    indicator=self._title(need.indicator),
                    rate=plain(need.min_rate),
                )
                for need in grade.require
            ]
            if grade.quota:
                words.append(
                    self.say("grade_quota", room=_room(grade.quota, self.facts.field_size))
                )
            given = grade.grade == result["grade"]
            nodes.append(
                Node(
                    f"grade:{grade.grade}",
                    self.say("comma").join(words),
                    value=self.say("met" if given else "unmet"),
                )
            )
            if given:
                break
        return nodes

    def _title(self, indicator: str) -> str:
        place = self.scheme.find(indicator)
        return place.indicator.name(self.language) if place else indicator


def _room(quota: Any, field_size: int) -> int:
    if quota.share is None:
        return int(quota.count or 0)
    exact = quota.share * field_size
    whole = exact.numerator // exact.denominator
    if quota.round == "floor" or exact == whole:
        return int(whole)
    return (
        int(whole + 1) if quota.round == "ceil" or exact - whole >= Decimal("0.5") else int(whole)
    )
