"""Read the facts that come with a step: typed, within their limits, all faults at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shuzhi.kernel.errors import MissingFactError
from shuzhi.kernel.language import listed
from shuzhi.kernel.uploads import FileKind, Received
from shuzhi.registry.queries import person_by_public_id, unit_by_code

from .schema import Fact, FactType, MatterPlan
from .schema.facts import MOST

KINDS = {
    FactType.PHOTO: (FileKind.JPEG, FileKind.PNG),
    FactType.FILE: (FileKind.WORD, FileKind.EXCEL, FileKind.PDF, FileKind.JPEG, FileKind.PNG),
}
EMPTY: tuple[Any, ...] = (None, "", [], ())
DIGITS = 9  # before and behind the point: what every database holds, and no fact exceeds
TRUE, FALSE = frozenset({"true", "on", "1", "是"}), frozenset({"false", "off", "0", "否"})


class FactsError(MissingFactError):
    """Facts that are missing, unknown or out of their limits: what is wrong with each, by id."""

    def __init__(self, faults: Mapping[str, str], labels: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        lines = [
            _("%(name)s：%(said)s") % {"name": labels.get(key, key), "said": text}
            for key, text in faults.items()
        ]
        super().__init__("\n".join(lines))


@dataclass(frozen=True)
class Given:
    """Facts as they are kept (JSON values), and files that are still to be stored."""

    values: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, list[Received]] = field(default_factory=dict)

    def all(self) -> set[str]:
        """Return the ids of all facts given."""
        return {*self.values, *self.uploads}


class _FaultError(Exception):
    """What is wrong with one fact."""


def _within(fact: Fact, size: Decimal | int, least: str, most: str) -> None:
    if fact.min is not None and size < fact.min:
        raise _FaultError(least % {"n": fact.min})
    limit = fact.most if fact.type in MOST else fact.max
    if limit is not None and size > limit:
        raise _FaultError(most % {"n": limit})


def _text(fact: Fact, raw: Any) -> str:
    found = str(raw).strip()
    _within(fact, len(found), _("至少写 %(n)s 个字"), _("超过 %(n)s 个字"))
    return found


def _number(fact: Fact, raw: Any) -> Any:
    try:
        found = Decimal(str(raw).strip())
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise _FaultError(_("应为数字"))
    if found.adjusted() >= DIGITS or int(found.as_tuple().exponent) < -DIGITS:
        raise _FaultError(_("数字太长，最多 %(n)s 位") % {"n": DIGITS})
    if fact.type is FactType.INTEGER and found != int(found):
        raise _FaultError(_("应为整数"))
    _within(fact, found, _("不能小于 %(n)s"), _("不能大于 %(n)s"))
    return int(found) if fact.type is FactType.INTEGER else format(found, "f")


def _date(fact: Fact, raw: Any) -> str:
    try:
        found = raw if isinstance(raw, date) else date.fromisoformat(str(raw).strip())
    except ValueError:
        raise _FaultError(_("应为日期，如 2026-01-05")) from None
    today = timezone.localdate()
    if fact.past and found > today:
        raise _FaultError(_("不能晚于今天"))
    if fact.future and found < today:
        raise _FaultError(_("不能早于今天"))
    return found.isoformat()


def _choice(fact: Fact, raw: Any) -> str:
    if fact.choice(str(raw)) is None:
        known = listed(row.label for row in fact.choices)
        raise _FaultError(_("应为其中之一：%(known)s") % {"known": known})
    return str(raw)


def _boolean(_fact: Fact, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().lower()
    if word not in TRUE | FALSE:
        raise _FaultError(_("应为“是”或“否”"))
    return word in TRUE


def _unit(_fact: Fact, raw: Any) -> str:
    code = str(getattr(raw, "code", raw))
    if unit_by_code(code) is None:
        raise _FaultError(_("没有代码为“%(code)s”的组织") % {"code": code})
    return code.strip()


def _person(_fact: Fact, raw: Any) -> str:
    key = str(getattr(raw, "public_id", raw))
    if person_by_public_id(key) is None:
        raise _FaultError(_("没有这个人，请从名单里选"))
    return key


def _list(fact: Fact, raw: Any) -> list[dict[str, Any]]:
    if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
        raise _FaultError(_("应为清单"))
    _within(fact, len(raw), _("至少 %(n)s 行"), _("最多 %(n)s 行"))
    columns = {column.id: column for column in fact.columns}
    needs = [column.id for column in fact.columns if column.required]
    rows = []
    for number, row in enumerate(raw, 1):
        faults, found = _read(columns, needs, columns, row)
        if faults:
            key, words = next(iter(faults.items()))
            label = columns[key].label if key in columns else key
            where = {"n": number, "column": label, "fault": words}
            raise _FaultError(_("第 %(n)d 行“%(column)s”：%(fault)s") % where)
        rows.append(found.values)
    return rows


def _uploads(fact: Fact, raw: Any) -> list[Received]:
    files = list(raw) if isinstance(raw, list | tuple) else [raw]
    _within(fact, len(files), _("至少 %(n)s 个文件"), _("最多 %(n)s 个文件"))
    for file in files:
        if not isinstance(file, Received) or file.kind not in KINDS[fact.type]:
            raise _FaultError(_("文件类型不对，请换一种格式"))
    return files


READERS: dict[FactType, Callable[[Fact, Any], Any]] = {
    FactType.TEXT: _text,
    FactType.LONG: _text,
    FactType.INTEGER: _number,
    FactType.DECIMAL: _number,
    FactType.DATE: _date,
    FactType.CHOICE: _choice,
    FactType.BOOLEAN: _boolean,
    FactType.UNIT: _unit,
    FactType.PERSON: _person,
    FactType.LIST: _list,
}


def _read(
    facts: Mapping[str, Fact], needs: Iterable[str], known: Iterable[str], raw: Mapping[str, Any]
) -> tuple[dict[str, str], Given]:
    faults: dict[str, str] = {}
    given = Given()
    allowed = set(known)
    for key, value in raw.items():
        if key not in allowed:
            faults[key] = _("这一步没有这一项")
        elif value not in EMPTY:
            try:
                _keep(given, facts[key], value)
            except _FaultError as fault:
                faults[key] = str(fault)
    for key in needs:
        if key not in given.all() and key not in faults:
            faults[key] = _("没有填写")
    return faults, given


def _keep(given: Given, fact: Fact, value: Any) -> None:
    if fact.type in KINDS:
        given.uploads[fact.id] = _uploads(fact, value)
    else:
        given.values[fact.id] = READERS[fact.type](fact, value)


def read_facts(
    plan: MatterPlan,
    needs: Iterable[str],
    offers: Iterable[str],
    raw: Mapping[str, Any],
    *,
    past: bool = False,
) -> Given:
    """Return the facts of a step, or raise `FactsError` naming every fault.

    Numbers, dates and choices may come as typed or as text. Units come by code, persons by public
    id, files as `Received` uploads, lists as rows of a mapping each. `past`: an old ledger, whose
    dates are not measured by today.
    """
    required = tuple(needs)
    facts = plan.ageless if past else plan.facts
    faults, given = _read(facts, required, (*required, *offers), raw)
    if not past:
        faults |= _date_faults(plan, given)
    if faults:
        raise FactsError(faults, {key: str(fact.label) for key, fact in plan.facts.items()})
    return given


def _date_faults(plan: MatterPlan, given: Given) -> dict[str, str]:
    """Return what is wrong with dates that set a deadline: too soon, too far."""
    faults = {}
    today = timezone.localdate()
    for row in plan.deadlines:
        if row.field not in given.values:
            continue
        days = (date.fromisoformat(given.values[row.field]) - today).days
        if not row.minimum <= days <= row.maximum:
            words = {"label": row.label, "least": row.minimum, "most": row.maximum}
            faults[row.field] = _("%(label)s应在今天之后 %(least)s 至 %(most)s 天") % words
    return faults


def personal_parted(plan: MatterPlan, values: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """Split facts into what the proof log may show, and what names somebody."""
    hidden = {key: value for key, value in values.items() if plan.facts[key].names_somebody}
    shown = {key: value for key, value in values.items() if key not in hidden}
    return shown, hidden
