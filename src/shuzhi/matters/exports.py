"""The paper that hands a matter over (交办单, 整改通知书) by GB/T 9704, from what was laid down.

It is Chinese whatever language the screen speaks: it is signed, sealed and filed.
"""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import override

from shuzhi.kernel.documents.paper import Block, Heading, Imprint, Paper, Table, Text, chinese_date
from shuzhi.kernel.documents.word import write_word

from .enums import PartyIs
from .mechanism import mechanism_of
from .models import Matter, MatterParty
from .queries.telling import Line, Names, lines_of
from .schema import MatterPlan

CHINESE = "zh-hans"
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SHORT = 40  # characters of a fact that fit a cell


def _name(row: MatterParty) -> str:
    return row.unit.name if row.unit else str(row.person)


def _held(matter: Matter, party: str) -> list[str]:
    return [_name(row) for row in matter.parties.all() if row.party == party]


def _issuer(matter: Matter, plan: MatterPlan) -> str:
    """Return the unit that hands it over: the opener's, else that of the first entry."""
    for party in plan.parties:
        if party.is_ is PartyIs.OPENER and (held := _held(matter, party.id)):
            return held[0]
    first = matter.story.select_related("unit").first()
    return first.unit.name if first and first.unit else ""


def _fits(line: Line) -> bool:
    return bool(line.text) and len(line.text) <= SHORT and "\n" not in line.text


def _dated(text: str) -> str:
    """Return a date as papers write it, anything else as it is."""
    return chinese_date(date.fromisoformat(text)) if ISO_DAY.fullmatch(text) else text


def _facts(plan: MatterPlan, matter: Matter) -> Iterator[Block]:
    """Yield what was laid down at the opening: short facts as a table, long ones as paragraphs."""
    first = matter.story.order_by("pk").first()
    facts = first.facts if first else {}
    lines = list(lines_of(plan, facts, Names(plan, [facts])))
    short = [line for line in lines if _fits(line)]
    rows = [[line.label, _dated(line.text)] for line in short]
    rows += [
        [str(plan.by_party[key].label), "、".join(names)] for key, names in _sides(plan, matter)
    ]
    rows += [[label, due] for label, due in _terms(plan, matter)]
    for line in lines:
        if line not in short:
            yield from _long(line)
    yield Heading("办理要求和时限")
    yield Table(["项目", "内容"], rows, [1, 3], "ll")


def _long(line: Line) -> Iterator[Block]:
    yield Heading(line.label)
    for paragraph in line.text.splitlines():
        yield Text(paragraph)
    if line.rows:
        yield Table(list(line.heads), [list(row) for row in line.rows], [1.0] * len(line.heads), "")


def _sides(plan: MatterPlan, matter: Matter) -> Iterator[tuple[str, list[str]]]:
    for party in plan.parties:
        if held := _held(matter, party.id):
            yield party.id, held


def _terms(plan: MatterPlan, matter: Matter) -> Iterator[tuple[str, str]]:
    """Yield the deadlines that ran from the handing over, but for dates that the table shows."""
    given = {*plan.opens.needs, *plan.opens.offers}
    for row in matter.deadlines.filter(round=1).order_by("pk"):
        rule = plan.by_deadline.get(row.key)
        if rule and rule.starts.state == plan.opens.state and rule.field not in given:
            yield str(rule.label), chinese_date(row.first_due)


def _title(matter: Matter, plan: MatterPlan) -> str:
    """Return the paper's title: what kind, and in the line below about what."""
    return f"{plan.words}\n（{matter.title}）"


def _request(matter: Matter, plan: MatterPlan) -> Text:
    own = [row for row in plan.transitions if plan.about.id in row.by]
    first = [str(row.label) for row in own if plan.opens.state in row.from_]
    asked = f"收到后请先办理“{first[0]}”。" if first else ""
    return Text(f"现将“{matter.title}”交给你单位，请按下列要求和时限办理。{asked}")


def _paper(matter: Matter) -> Paper:
    plan = mechanism_of(matter.reference).plan
    issuer = _issuer(matter, plan)
    owners = "、".join(_held(matter, plan.about.id))
    return Paper(
        title=_title(matter, plan),
        blocks=[_request(matter, plan), *_facts(plan, matter)],
        issuer=issuer,
        dated=matter.opened_on,
        mark=issuer,
        number=matter.number,
        addressee=owners,
        imprint=Imprint(printer=issuer, printed=matter.opened_on),
    )


def order_word(matter: Matter) -> bytes:
    """Return the paper as a Word file."""
    with override(CHINESE):
        return write_word(_paper(matter))


def paper_name(matter: Matter) -> str:
    """Return a file name that a clerk can find again."""
    kept = "".join(char for char in f"{matter.number} {matter.title}" if char not in '\\/:*?"<>|')
    return f"{kept.strip()[:80]}.docx"
