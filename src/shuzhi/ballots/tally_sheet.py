"""The tellers' sheets: what stands in their fields, and what was typed into them.

A field's name carries the place of the reporter and of the item or mark, never a word.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.typed import whole

from .models import Card
from .paper_content import MOST_FORMS, FormEntry
from .schema import Choices, PollForm

NUMBERS = re.compile(r"(?P<mark>\d+)(?:\s*[×xX*＊]\s*(?P<times>\d{1,9}))?$")
SPLIT = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True)
class Field:
    """One field of a sheet; `label` is what a screen reader says."""

    name: str
    value: str
    label: str


@dataclass(frozen=True)
class Row:
    """The fields of one reporter."""

    card: Card
    fields: list[Field]


def _field(name: str, value: object, card: Card, column: str) -> Field:
    return Field(name, str(value or ""), f"{card.unit_title} {card.name} {column}")


def columns(form: PollForm) -> list[str]:
    """Return the heads of a tally sheet: a column a mark, or one for numbers."""
    return form.scale.values() if isinstance(form.scale, Choices) else [_("分数 × 票数")]


def tally_rows(
    form: PollForm, cards: Sequence[Card], tallies: Mapping[str, Mapping[str, int]]
) -> list[Row]:
    """Return the sheet of one item with what has been entered."""
    rows = []
    for place, card in enumerate(cards):
        given = tallies.get(card.subject, {})
        if isinstance(form.scale, Choices):
            fields = [
                _field(f"n-{place}-{index}", given.get(mark), card, mark)
                for index, mark in enumerate(form.scale.values())
            ]
        else:
            words = " ".join(f"{mark}×{number}" for mark, number in given.items())
            fields = [_field(f"n-{place}", words, card, columns(form)[0])]
        rows.append(Row(card, fields))
    return rows


def _count(text: str, field: Field) -> int:
    if not text.strip():
        return 0
    number = whole(text)
    if number is None or number > MOST_FORMS:
        raise RefusedError(_("%(where)s：请填票数，不要填“%(text)s”。") % _at(field, text))
    return number


def _at(field: Field, text: str) -> dict[str, str]:
    return {"where": field.label, "text": text[:20]}


def _numbers(form: PollForm, text: str, field: Field) -> dict[str, int]:
    found: Counter[str] = Counter()
    for word in filter(None, SPLIT.split(text.strip())):
        match = NUMBERS.match(word)
        if match is None or form.scale.points(match["mark"]) is None:
            raise RefusedError(
                _("%(where)s：看不懂“%(text)s”，请写成“90×3 85”。") % _at(field, word)
            )
        found[match["mark"]] += int(match["times"] or 1)
    return dict(found)


def read_tallies(
    form: PollForm, cards: Sequence[Card], posted: Mapping[str, Any]
) -> dict[str, dict[str, int]]:
    """Return subject → mark → how many, from a posted tally sheet."""
    read: dict[str, dict[str, int]] = {}
    for row in tally_rows(form, cards, {}):
        texts = [str(posted.get(field.name, "")) for field in row.fields]
        if isinstance(form.scale, Choices):
            pairs = zip(form.scale.values(), texts, row.fields, strict=True)
            given = {mark: _count(text, field) for mark, text, field in pairs}
        else:
            given = _numbers(form, texts[0], row.fields[0])
        read[row.card.subject] = {mark: number for mark, number in given.items() if number}
    return read


def _key(form: PollForm, mark: str) -> str:
    """Return what a teller types for a mark: its place among the choices, or the number."""
    if isinstance(form.scale, Choices):
        return str(form.scale.values().index(mark) + 1) if mark else ""
    return mark


def keys(form: PollForm) -> list[tuple[str, str]]:
    """Return what to type for which mark."""
    if isinstance(form.scale, Choices):
        return [(_key(form, mark), mark) for mark in form.scale.values()]
    return []


def form_rows(form: PollForm, cards: Sequence[Card], entry: FormEntry) -> list[Row]:
    """Return the sheet of one paper form with what has been entered."""
    return [
        Row(
            card,
            [
                _field(
                    f"f-{place}-{index}",
                    _key(form, entry.marks.get(card.subject, {}).get(item.id, "")),
                    card,
                    item.title,
                )
                for index, item in enumerate(form.items)
            ],
        )
        for place, card in enumerate(cards)
    ]


def _mark(form: PollForm, text: str, field: Field) -> str:
    named = dict(keys(form))
    mark = named.get(text.strip(), "") if named else text.strip()
    if form.scale.points(mark) is None:
        raise RefusedError(_("%(where)s：没有“%(text)s”这个评分。") % _at(field, text))
    return mark


def read_form(
    form: PollForm, cards: Sequence[Card], posted: Mapping[str, Any]
) -> dict[str, dict[str, str]]:
    """Return subject → item → mark, from a posted paper form; empty fields are abstentions."""
    read: dict[str, dict[str, str]] = {}
    for row in form_rows(form, cards, FormEntry()):
        for item, field in zip(form.items, row.fields, strict=True):
            if text := str(posted.get(field.name, "")).strip():
                read.setdefault(row.card.subject, {})[item.id] = _mark(form, text, field)
    return read


def remark_rows(cards: Sequence[Card], remarks: Mapping[str, Sequence[str]]) -> list[Row]:
    """Return the sheet of opinions: one a line for each reporter."""
    return [
        Row(card, [_field(f"r-{place}", "\n".join(remarks.get(card.subject, ())), card, "")])
        for place, card in enumerate(cards)
    ]


def read_remarks(cards: Sequence[Card], posted: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return subject → opinions, from a posted sheet."""
    return {
        row.card.subject: [
            " ".join(line.split())
            for line in str(posted.get(row.fields[0].name, "")).splitlines()
            if line.strip()
        ]
        for row in remark_rows(cards, {})
    }
