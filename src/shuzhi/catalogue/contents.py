"""What a mechanism lays down, in words: one list for each kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from shuzhi.kernel.language import listed

from .kinds import told
from .pictures import words

Lines = Sequence[str]
LONG = 8


@dataclass(frozen=True)
class Section:
    """A heading and its lines."""

    title: str
    lines: Lines

    @property
    def wide(self) -> bool:
        """A long list needs the page's whole width."""
        return len(self.lines) >= LONG


def _poll(body: Mapping[str, Any]) -> list[Section]:
    choices = body["scale"].get("choices", {})
    scale = [_("%(mark)s（%(points)s 分）") % {"mark": m, "points": p} for m, p in choices.items()]
    scale = scale or [_("%(from)s 至 %(to)s 分") % body["scale"]]
    recused = [row["title"] for row in body["categories"] if row.get("recuse")]
    rules = [_("以下评议人不评本单位：%(who)s") % {"who": listed(recused)}] if recused else []
    if body.get("remark", True):
        rules.append(_("可以写一句意见或建议"))
    least = body.get("min_marks")
    if least:
        rules.append(_("一类评议人少于 %(n)s 票时，不单独公布这一类") % {"n": least})
    return [
        Section(_("评什么"), [row["title"] for row in body.get("items", ())]),
        Section(_("怎么打分"), scale),
        Section(_("规则"), rules),
    ]


def _gathering(body: Mapping[str, Any]) -> list[Section]:
    speech = body["speech"]
    return [
        Section(_("谁参加"), [row["title"] for row in body["categories"]]),
        Section(
            _("规则"),
            [
                _("到会人数不少于应到人数的 %(n)s%%") % {"n": body["quorum_percent"]},
                _("每人述职 %(n)s 分钟") % {"n": speech["minutes"]},
            ],
        ),
    ]


def _matter(body: Mapping[str, Any]) -> list[Section]:
    ends = [words(row["label"]) for row in body["states"] if row["kind"] in {"done", "failed"}]
    return [
        Section(_("谁参与"), [words(row["label"]) for row in body["parties"]]),
        Section(_("每一步谁办、要写什么"), _steps(body)),
        Section(_("办到什么时候"), [_term(row) for row in body.get("deadlines", ())]),
        Section(_("怎样算有了结果"), ends),
    ]


def _steps(body: Mapping[str, Any]) -> list[str]:
    """Return the picture of the flow in words, for those who cannot see it."""
    parties = {row["id"]: words(row["label"]) for row in body["parties"]}
    facts = {row["id"]: words(row["label"]) for row in body.get("fields", ())}
    lines = []
    for row in body["transitions"]:
        who = listed(parties[name] for name in row["by"]) or _("自动办理")
        line = _("%(step)s：%(who)s") % {"step": words(row["label"]), "who": who}
        if needs := row.get("needs"):
            line += _("，写明%(facts)s") % {"facts": listed(facts[name] for name in needs)}
        lines.append(line)
    return lines


def _term(row: Mapping[str, Any]) -> str:
    label, more = words(row["label"]), row.get("extension")
    working = row.get("unit") == "working"
    if "days" not in row:
        line = _("%(label)s：由办理的人确定日期") % {"label": label}
    else:
        form = _("%(label)s：%(n)s 个工作日") if working else _("%(label)s：%(n)s 天")
        line = form % {"label": label, "n": row["days"]}
    if more:
        form = (
            _("，可延期 %(times)s 次，每次不超过 %(n)s 个工作日")
            if working
            else _("，可延期 %(times)s 次，每次不超过 %(n)s 天")
        )
        line += form % {"times": more.get("most", 1), "n": more["days"]}
    return line


def _titles(indicators: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    found = {}
    for row in indicators:
        found[row["id"]] = words(row.get("title", row["id"]))
        found |= _titles(row.get("children", ()))
    return found


def _quota(quota: Mapping[str, Any]) -> Iterator[str]:
    if "count" in quota:
        yield _("不超过 %(n)s 个") % {"n": quota["count"]}
    elif "share" in quota:
        share = str(quota["share"])
        yield _("不超过 %(n)s") % {"n": share if set("/%") & set(share) else f"{share}%"}


def _grade(row: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    parts = [words(row["grade"])]
    if "min" in row:
        parts.append(_("%(n)s 分以上") % {"n": row["min"]})
    parts += _quota(row.get("quota", {}))
    parts += [
        _("%(title)s得分率不低于 %(n)s%%")
        % {"title": titles[needed["indicator"]], "n": needed["min_rate"]}
        for needed in row.get("require", ())
    ]
    return " · ".join(parts)


def _scheme(body: Mapping[str, Any]) -> list[Section]:
    titles = _titles(body["indicators"])
    extra = [
        _("%(title)s：%(min)s 至 %(max)s 分") % {"title": words(row["title"]), **row["bonus"]}
        for row in body["indicators"]
        if "bonus" in row
    ]
    return [
        Section(_("等次"), [_grade(row, titles) for row in body.get("grades", ())]),
        Section(_("总分之外"), extra),
        Section(_("一票否决"), [words(row["title"]) for row in body.get("vetoes", ())]),
    ]


_KINDS = {"poll": _poll, "matter": _matter, "gathering": _gathering, "scheme": _scheme}


def contents_of(kind: str, body: Mapping[str, Any], text: str) -> list[Section]:
    """Return what the mechanism lays down; sections without lines are left out."""
    sections = [*(Section(*part) for part in told(kind, text)), *_KINDS[kind](body)]
    return [section for section in sections if section.lines]
