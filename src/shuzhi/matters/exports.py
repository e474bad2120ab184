"""The paper that hands a matter over (交办单, 整改通知书) by GB/T 9704, from what was laid down.

It goes to whomever the matter is about; where that is the very unit that opened it (a proposal, a
visit), to the unit that a step has named. It is Chinese whatever language the screen speaks: it is
signed, sealed and filed.
"""

import re
from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import override

from shuzhi.kernel.documents.paper import Block, Heading, Imprint, Paper, Table, Text, chinese_date
from shuzhi.kernel.documents.word import write_word

from .enums import PartyIs
from .mechanism import mechanism_of
from .models import Matter, MatterParty
from .queries.telling import Line, Names, lines_of
from .schema import Deadline, MatterPlan, Party, PartyKind

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


def _addressed(matter: Matter, plan: MatterPlan) -> Party | None:
    """Return the party to whom it is handed over; None for a kind without a number.

    None as well while there is nobody but the issuer.
    """
    if not plan.number:
        return None
    issuer = [_issuer(matter, plan)]
    named = [
        row
        for row in plan.parties
        if row.is_ is PartyIs.GIVEN and row.kind is PartyKind.UNIT and not row.optional
    ]
    return next(
        (row for row in (plan.about, *named) if _held(matter, row.id) not in ([], issuer)), None
    )


def _handed_on(matter: Matter, plan: MatterPlan, party: Party) -> date:
    """Return the day on which the party came to stand: a step's that names it, or the opening."""
    naming = [row.id for row in plan.transitions if party.id in row.assigns]
    step = matter.story.filter(step__in=naming).last()
    return timezone.localdate(step.at) if step else matter.opened_on


def _term(matter: Matter, plan: MatterPlan, party: Party) -> tuple[str, Deadline] | None:
    """Return the first state in which it is the party's turn, with the deadline of its own."""
    own = [row.id for row in plan.states if row.waits_for == party.id]
    running = set(matter.deadlines.values_list("key", flat=True))
    found = ((state, row) for state in own for row in plan.deadlines if row.starts.state == state)
    return next(((state, row) for state, row in found if row.id in running), None)


def _fits(line: Line) -> bool:
    return bool(line.text) and len(line.text) <= SHORT and "\n" not in line.text


def _dated(text: str) -> str:
    """Return a date as papers write it, anything else as it is."""
    return chinese_date(date.fromisoformat(text)) if ISO_DAY.fullmatch(text) else text


def _facts(plan: MatterPlan, matter: Matter, party: Party) -> Iterator[Block]:
    """Yield what was laid down at the opening: short facts as a table, long ones as paragraphs."""
    first = matter.story.order_by("pk").first()
    facts = first.facts if first else {}
    lines = list(lines_of(plan, facts, Names(plan, [facts])))
    short = [line for line in lines if _fits(line)]
    rows = [[line.label, _dated(line.text)] for line in short]
    rows += [
        [str(plan.by_party[key].label), "、".join(names)]
        for key, names in _others(plan, matter, party)
    ]
    rows += [[label, due] for label, due in _terms(plan, matter, party)]
    long = [line for line in lines if line not in short]
    for line in long:
        yield from _long(line)
    if long:  # a heading numbered 一 wants a 二
        yield Heading("办理要求和时限")
    yield Table(["项目", "内容"], rows, [1, 3], "ll")


def _long(line: Line) -> Iterator[Block]:
    yield Heading(line.label)
    for paragraph in line.text.splitlines():
        yield Text(paragraph)
    if line.rows:
        yield Table(list(line.heads), [list(row) for row in line.rows], [1.0] * len(line.heads), "")


def _others(plan: MatterPlan, matter: Matter, to: Party) -> Iterator[tuple[str, list[str]]]:
    """Yield who takes part beside those whom the paper names at its head and at its foot."""
    named = [[_issuer(matter, plan)], _held(matter, to.id)]
    for party in plan.parties:
        held = _held(matter, party.id)
        if held and held not in named:
            yield party.id, held


def _terms(plan: MatterPlan, matter: Matter, party: Party) -> Iterator[tuple[str, str]]:
    """Yield the deadlines that run from the handing over, but for dates that the table shows."""
    given = {*plan.opens.needs, *plan.opens.offers}
    own = _term(matter, plan, party)
    rows = {row.key: row for row in matter.deadlines.filter(round=1).order_by("pk")}
    for row in rows.values():
        rule = plan.by_deadline.get(row.key)
        if rule and own and rule.starts.state == own[0] and rule.field not in given:
            yield str(rule.label), chinese_date(row.first_due)


def _title(matter: Matter, plan: MatterPlan) -> str:
    """Return the paper's title: about what, and what kind of paper (7.3.1)."""
    about, words = matter.title.rstrip("。；;.！!"), str(plan.words)
    return about if about.endswith(words) else f"关于{about}的{words}"


def _request(matter: Matter, plan: MatterPlan, party: Party) -> Text:
    """Return what is asked for: at first the step that meets the party's own deadline."""
    own = _term(matter, plan, party)
    steps = [row for row in plan.transitions if own and party.id in row.by and own[0] in row.from_]
    first = [str(row.label) for row in steps if own and row.to == own[1].ends[0]]
    asked = f"收到后请先办理“{first[0]}”。" if first else ""
    return Text(f"现将“{matter.title}”交给你单位，请按下列要求和时限办理。{asked}")


def _paper(matter: Matter, plan: MatterPlan, party: Party) -> Paper:
    issuer, day = _issuer(matter, plan), _handed_on(matter, plan, party)
    return Paper(
        title=_title(matter, plan),
        blocks=[_request(matter, plan, party), *_facts(plan, matter, party)],
        issuer=issuer,
        dated=day,
        mark=issuer,
        number=matter.number,
        addressee="、".join(_held(matter, party.id)),
        imprint=Imprint(printer=issuer, printed=day),
    )


def is_handed_over(matter: Matter) -> bool:
    """Tell whether there is a paper: the kind is numbered, and somebody else is to act."""
    return _addressed(matter, mechanism_of(matter.reference).plan) is not None


def order_word(matter: Matter) -> bytes | None:
    """Return the paper as a Word file; None where nothing is handed over."""
    plan = mechanism_of(matter.reference).plan
    party = _addressed(matter, plan)
    with override(CHINESE):
        return write_word(_paper(matter, plan, party)) if party else None


def paper_name(matter: Matter) -> str:
    """Return a file name that a clerk can find again."""
    kept = "".join(char for char in f"{matter.number} {matter.title}" if char not in '\\/:*?"<>|')
    return f"{kept.strip()[:80]}.docx"
