"""The log as a file that outsiders verify without the database: a head line, then the leaves."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from shuzhi.engine.merkle import DIGESTS, Frontier, leaf_hash
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.models import AuditEvent, LogHead, LogKey
from shuzhi.kernel.reads import snapshot

from .payload import canonical, moment
from .problems import Problem, Report
from .sequencer import read_state
from .signing import Head, is_signed_by, key_id_of

FORMAT = "shuzhi-log/1"
CHUNK = 2000


def _header() -> dict[str, Any]:
    state = read_state()
    return {
        "format": FORMAT,
        "log": state.name,
        "hash": state.algorithm,
        "keys": list(LogKey.objects.order_by("pk").values_list("public_key", flat=True)),
        "heads": [
            [head.size, head.root, moment(head.signed_at), head.key_id, head.signature]
            for head in LogHead.objects.order_by("size", "pk")
        ],
    }


def export_lines() -> Iterator[str]:
    """Yield the log as text lines: a header with keys and heads, then one payload a line.

    Personal facts are not in it; their salted digests are.
    """
    with snapshot():
        yield canonical(_header())
        rows = AuditEvent.objects.exclude(position=None).order_by("position")
        yield from rows.values_list("payload", flat=True).iterator(chunk_size=CHUNK)


def _read_header(line: str) -> tuple[dict[str, Any], list[Head]]:
    try:
        header = json.loads(line)
        known = header["format"] == FORMAT and header["hash"] in DIGESTS
        heads = [_head(header, values) for values in header["heads"]] if known else []
    except (ValueError, LookupError, TypeError):
        known = False
    if not known:
        raise RefusedError(_("这不是存证导出文件。"))
    return header, heads


def _head(header: dict[str, Any], values: list[Any]) -> Head:
    size, root, at, key_id, signature = values
    signed_at = parse_datetime(at)
    if signed_at is None:
        raise ValueError(at)
    return Head(header["log"], header["hash"], size, root, signed_at, key_id, signature)


def verify_lines(lines: Iterable[str]) -> Report:
    """Verify an exported log: every head's signature, and its root over the leaves."""
    rest = iter(lines)
    header, heads = _read_header(next(rest, ""))
    keys = {key_id_of(key): key for key in header["keys"]}
    problems = [
        Problem.signature(head.size)
        for head in heads
        if head.key_id not in keys or not is_signed_by(head, keys[head.key_id])
    ]
    size, differing = _first_difference(rest, heads, header["hash"])
    problems += differing
    problems += [Problem.cut(size, head.size) for head in heads if head.size > size][-1:]
    return Report(size=size, heads=len(heads), last=heads[-1] if heads else None, problems=problems)


def _first_difference(
    lines: Iterable[str], heads: list[Head], algorithm: str
) -> tuple[int, list[Problem]]:
    digest = DIGESTS[algorithm]
    frontier, stated = Frontier(digest), {head.size: head.root_hex for head in heads}
    good, problems = 0, list[Problem]()
    for line in lines:
        frontier.add(leaf_hash(line.rstrip("\n").encode(), digest))
        root = stated.get(frontier.size)
        if root is None or problems:
            continue
        if frontier.root().hex() == root:
            good = frontier.size
        else:
            problems.append(Problem.between(good, frontier.size))
    return frontier.size, problems
