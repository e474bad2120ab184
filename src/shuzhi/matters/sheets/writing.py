"""Write the ledger: a row a matter, blank rows below, and how to fill it in."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shuzhi.kernel.sheets import Sheet, write_workbook
from shuzhi.matters.models import Matter
from shuzhi.matters.queries.listing import stood
from shuzhi.matters.queries.telling import Names, in_words
from shuzhi.matters.schema import Fact, FactType

from .columns import FACT, LIST, PARTY, Ledger

BLANK_ROWS = 50


def cell_of(fact: Fact, value: Any, names: Names) -> Any:
    """Return a fact as its cell shows it."""
    if value in (None, ""):
        return None
    match fact.type:
        case FactType.DATE:
            return date.fromisoformat(value)
        case FactType.DECIMAL:
            return Decimal(str(value))
        case FactType.INTEGER | FactType.BOOLEAN:
            return value
        case _:
            return in_words(fact, value, names)


def rows_in_words(fact: Fact, rows: Any, names: Names) -> str | None:
    """Return a list as one cell shows it: a numbered line a row."""
    told = (
        " · ".join(filter(None, (in_words(one, row.get(one.id), names) for one in fact.columns)))
        for row in rows or ()
    )
    return "\n".join(f"{number}. {words}" for number, words in enumerate(told, 1)) or None


def row_of(ledger: Ledger, matter: Matter, names: Names) -> dict[str, Any]:
    """Return a matter's cells by the keys of its columns; parties have been read with it."""
    sides: dict[str, list[str]] = {}
    for row in matter.parties.all():
        sides.setdefault(row.party, []).append(row.unit.name if row.unit else str(row.person))
    found: dict[str, Any] = {
        "id": matter.public_id,
        "number": matter.number or None,
        "title": matter.title,
        "unit": matter.unit.name,
        "state": str(matter.state),
        "due": matter.due,
        "left": stood(matter) or None,
        "step": None,
    }
    found |= {PARTY + row.id: "、".join(sides.get(row.id, ())) or None for row in ledger.plan.named}
    for key, fact in ledger.facts.items():
        found[FACT + key] = cell_of(fact, matter.facts.get(key), names)
    for key, fact in ledger.lists.items():
        found[LIST + key] = rows_in_words(fact, matter.facts.get(key), names)
    return found


def _rows(ledger: Ledger, matters: Sequence[Matter]) -> Iterator[list[Any]]:
    names = Names(ledger.plan, [matter.facts for matter in matters])
    for matter in matters:
        cells = row_of(ledger, matter, names)
        yield [cells[column.key] for column in ledger.columns]


def ledger_workbook(ledger: Ledger, matters: Sequence[Matter]) -> bytes:
    """Return the ledger as a workbook to read, fill in and upload again."""
    how = (
        _(
            "一行一件。已有的行不要改识别码、编号、办到哪一步、最近期限和年度封存时，它们由系统填写。"
        ),
        _("办理一步：在“本次办理”里选这一步，再填它要的内容。要附材料的步骤请在网页上办。"),
        _("新增一件：在下面的空行里填，识别码留空。"),
        _("填好后上传，先看预览：哪些行有变化、哪一格有错，确认后才写入。"),
    )
    sheet = Sheet(ledger.title, ledger.columns, _rows(ledger, matters), BLANK_ROWS, how)
    return write_workbook([sheet])
