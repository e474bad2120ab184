"""Verify the whole log: recompute every leaf and head, and point at the record that differs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from shuzhi.engine.merkle import DIGESTS, Frontier
from shuzhi.kernel.models import AuditEvent, LogHead, LogKey, LogState
from shuzhi.kernel.reads import snapshot

from .comparing import Last, compare_rows
from .problems import Fault, Problem, Report
from .rows import Checker, LogRow
from .signing import Head, is_signed_by, signer_if_any

COLUMNS = (
    "position",
    "pk",
    "public_id",
    "kind",
    "subject_type",
    "subject_id",
    "actor_id",
    "at",
    "payload",
    "leaf",
    "seal",
    "aside__salt",
    "aside__facts",
)
CHUNK = 2000


def _rows() -> Iterator[LogRow]:
    """Yield the numbered events in order, then those that wait for a number."""
    numbered = AuditEvent.objects.exclude(position=None).order_by("position")
    waiting = AuditEvent.objects.filter(position=None).order_by("pk")
    for rows in (numbered, waiting):
        for values in rows.values_list(*COLUMNS).iterator(chunk_size=CHUNK):
            yield LogRow(*values)


@dataclass
class _Walk:
    """One pass over the log: the growing root beside the signed heads, and what was last said."""

    heads: dict[int, list[Head]]
    marks: dict[int, str]
    frontier: Frontier
    checker: Checker
    problems: list[Problem] = field(default_factory=list)
    broken: bool = False  # a leaf is missing or moved: later roots cannot be rebuilt
    good: int = 0  # the size of the last head that agreed
    numbered: int = 0
    waiting: int = 0

    def run(self, rows: Iterable[LogRow]) -> None:
        self._compare()
        for row in rows:
            if row.position is None:
                self.waiting += 1
            else:
                self._place(row.position)
            leaf = self.checker.check(row)
            if row.position is not None:
                self.frontier.add(leaf)
                self.numbered += 1
                self._compare()
        self.problems += self.checker.finish()

    def _place(self, position: int) -> None:
        for missing in range(self.frontier.size, position):
            self.problems.append(Problem.missing(missing))
            self.checker.missing.append(missing)
            self.frontier.add(b"")  # keeps the count; the roots are lost from here
            self.broken = True

    def _compare(self) -> None:
        """Hold the root so far against the heads and printed marks of this size."""
        size = self.frontier.size
        stated = {head.root_hex for head in self.heads.get(size, ())}
        printed = self.marks.get(size)
        if not (stated or printed) or self.broken:
            return
        root = self.frontier.root().hex()
        if stated <= {root}:
            self.good = size if stated else self.good
        elif self.checker.has_suspects:
            self.broken = True  # the records are named already
        else:
            self.problems.append(Problem.between(self.good, size))
            self.broken = True
        if printed and printed != root:
            self.problems.append(Problem.mark(size))


def _heads(state: LogState) -> list[Head]:
    return [
        Head(state.name, state.algorithm, *values)
        for values in LogHead.objects.order_by("size", "pk").values_list(
            "size", "root", "signed_at", "key_id", "signature"
        )
    ]


def _check_heads(heads: Sequence[Head], numbered: int, stated: int) -> Iterator[Problem]:
    keys = dict(LogKey.objects.values_list("key_id", "public_key"))
    for head in heads:
        if head.key_id not in keys or not is_signed_by(head, keys[head.key_id]):
            yield Problem.signature(head.size)
    largest = max((head.size for head in heads), default=0)
    if max(largest, stated) > numbered:
        yield Problem.cut(numbered, max(largest, stated))


def _by_size(heads: Sequence[Head]) -> dict[int, list[Head]]:
    found: dict[int, list[Head]] = {}
    for head in heads:
        found.setdefault(head.size, []).append(head)
    return found


def parse_mark(mark: str) -> tuple[int, str]:
    """Read a head as printed, "size:root"; raise `ValueError` if it is none."""
    size, _colon, root = mark.strip().partition(":")
    if not root or set(root.lower()) - set("0123456789abcdef"):
        raise ValueError(_("树头应写成“条数：根值”，照通报上所印填写。"))
    return int(size), root.lower()


def _checker(state: LogState) -> Checker:
    signer = signer_if_any()
    key = LogKey.objects.filter(key_id=signer.key_id).first() if signer else None
    return Checker(DIGESTS[state.algorithm], signer, key.since_size if key else 0)


def verify_log(marks: Iterable[str] = ()) -> Report:
    """Verify the log against its own heads, against printed `marks`, and the rows it witnesses.

    Reads everything at one moment and writes nothing. Cost: some 0.1 ms an event.
    """
    with snapshot():
        state = LogState.objects.filter(pk=1).first() or LogState(algorithm=settings.LOG_HASH)
        return _verify(state, dict(map(parse_mark, marks)))


def _verify(state: LogState, marks: dict[int, str]) -> Report:
    heads, checker, last = _heads(state), _checker(state), Last()
    checker.seen = last
    walk = _Walk(_by_size(heads), marks, Frontier(checker.digest), checker)
    walk.run(_rows())
    problems = [*walk.problems, *_check_heads(heads, walk.frontier.size, state.size)]
    problems += [Problem.unknown_mark(size) for size in marks if size > walk.frontier.size]
    problems += compare_rows(last)
    return Report(
        size=walk.numbered,
        waiting=walk.waiting,
        heads=len(heads),
        last=heads[-1] if heads else None,
        sealed=checker.signer is not None,
        problems=problems,
    )


__all__ = ["Fault", "Problem", "Report", "parse_mark", "verify_log"]
