"""Check one event of the log against its own leaf, seal, columns and personal part."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shuzhi.engine.merkle import Digest, leaf_hash

from .comparing import Last
from .kinds import ERASED, kind_text
from .payload import moment, salted
from .problems import Fault, Problem
from .signing import Signer


class LogRow(NamedTuple):
    """An event as the database holds it now."""

    position: int | None
    pk: int
    public_id: str
    kind: str
    subject_type: str
    subject_id: str
    actor_id: int | None
    at: datetime
    payload: str
    leaf: str
    seal: str
    salt: str | None
    aside: str | None

    @property
    def label(self) -> str:
        """Name the record for a person."""
        when = localtime(self.at).strftime("%Y-%m-%d %H:%M:%S")
        return f"{kind_text(self.kind)} · {self.subject_type} {self.subject_id} · {when}"

    def columns_of(self, facts: dict[str, Any]) -> bool:
        """Tell whether the searchable columns say what the payload says."""
        return {name: facts[name] for name in ("id", "kind", "subject", "actor", "at")} == {
            "id": self.public_id,
            "kind": self.kind,
            "subject": [self.subject_type, self.subject_id],
            "actor": self.actor_id,
            "at": moment(self.at),
        }

    def problem(self, fault: Fault, words: str) -> Problem:
        number = self.position if self.position is not None else "—"
        message = _("第 %(n)s 条(%(label)s)%(words)s") % {
            "n": number,
            "label": self.label,
            "words": words,
        }
        return Problem(fault, message, self.position, f"{self.subject_type} {self.subject_id}")


@dataclass
class Checker:
    """Checks rows one by one; some findings must wait until the whole log has been read."""

    digest: Digest
    signer: Signer | None
    sealed_from: int
    seen: Last = field(default_factory=Last)
    missing: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    suspects: list[LogRow] = field(default_factory=list)  # their seal does not fit their place
    without_aside: list[LogRow] = field(default_factory=list)
    erased: set[str] = field(default_factory=set)

    @property
    def has_suspects(self) -> bool:
        return bool(self.suspects)

    def check(self, row: LogRow) -> bytes:
        """Check a row; return the leaf with which the tree is to be rebuilt."""
        leaf = leaf_hash(row.payload.encode(), self.digest)
        if row.position is None:
            self._check_payload(row)
            return leaf
        stored = bytes.fromhex(row.leaf)
        if not self._is_sealed(row):
            self.suspects.append(row)
        elif stored != leaf:
            self.problems.append(row.problem(Fault.ALTERED, _("内容被改动。")))
        self._check_payload(row)
        return stored

    def _is_sealed(self, row: LogRow) -> bool:
        if self.signer is None or row.position is None or row.position < self.sealed_from:
            return True
        return self.signer.seal(row.position, row.leaf) == row.seal

    def _check_payload(self, row: LogRow) -> None:
        try:
            facts = json.loads(row.payload)
            agrees = row.columns_of(facts)
            self.seen.note(row.position, row.salt, facts)
            if row.kind == ERASED.name:
                self.erased.update(facts["after"]["erased"])
        except (ValueError, LookupError, TypeError, AttributeError):
            self.problems.append(row.problem(Fault.ALTERED, _("内容已损坏。")))
            return
        if not agrees:
            self.problems.append(row.problem(Fault.ALTERED, _("的检索信息与存证内容不符。")))
        self._check_aside(row, facts)

    def _check_aside(self, row: LogRow, facts: dict[str, Any]) -> None:
        if "aside" not in facts and "content" not in facts:
            return
        if row.salt is None:
            self.without_aside.append(row)
        elif "aside" in facts and salted(row.salt, row.aside or "") != facts["aside"]:
            self.problems.append(row.problem(Fault.PERSONAL, _("旁存的个人信息被改动。")))

    def finish(self) -> list[Problem]:
        """Return all findings, now that every erasure and every place is known."""
        unexplained = [row for row in self.without_aside if row.public_id not in self.erased]
        gone = _("旁存的个人信息被删除，且没有依法删除的记录。")
        self.problems += [row.problem(Fault.PERSONAL, gone) for row in unexplained]
        self.problems += map(self._judge, self.suspects)
        return sorted(self.problems, key=lambda p: -1 if p.position is None else p.position)

    def _judge(self, row: LogRow) -> Problem:
        """Tell a record that was moved from one that was rewritten together with its leaf."""
        places = [*self.missing, *(other.position for other in self.suspects)]
        for place in places:
            if self.signer and place is not None and self.signer.seal(place, row.leaf) == row.seal:
                words = _("次序被改动：原为第 %(place)d 条。") % {"place": place}
                return row.problem(Fault.REORDERED, words)
        return row.problem(Fault.ALTERED, _("内容被改动。"))
