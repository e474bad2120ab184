"""`shuzhi log`: print, verify, prove and export the proof log; exit 0 sound, 1 not, 2 refused."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.models import AuditEvent

from .exporting import export_lines, verify_lines
from .log import current_head, prove_consistency, prove_inclusion
from .payload import moment
from .problems import Report
from .signing import Head
from .verifying import verify_log

SOUND, UNSOUND, REFUSED = 0, 1, 2


def _print(facts: Any, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2) + "\n")
    else:
        for name, value in facts.items():
            sys.stdout.write(f"{name}: {value}\n")


def _head_facts(head: Head) -> dict[str, Any]:
    facts = asdict(head)
    facts["signed_at"] = moment(head.signed_at)
    return {"mark": head.mark} | facts


def _head(options: argparse.Namespace) -> int:
    _print(_head_facts(current_head()), as_json=options.json)
    return SOUND


def _report(report: Report, *, as_json: bool) -> int:
    if as_json:
        _print(report.as_json(), as_json=True)
    else:
        for problem in report.problems:
            sys.stdout.write(f"✗ {problem.message}\n")
        mark = report.last.mark if report.last else "—"
        counts = _("%(size)d 条记录，%(heads)d 个签名树头，最近 %(mark)s") % {
            "size": report.size,
            "heads": report.heads,
            "mark": mark,
        }
        intact = _("存证完好：%(total)s") % {"total": counts}
        found = _("发现 %(count)d 处问题：") % {"count": len(report.problems)} + f"\n{counts}"
        sys.stdout.write(f"{intact if report.sound else found}\n")
        if report.waiting:
            waiting = _("另有 %(count)d 条刚发生，尚未编号") % {"count": report.waiting}
            sys.stdout.write(f"{waiting}\n")
    return SOUND if report.sound else UNSOUND


def _verify(options: argparse.Namespace) -> int:
    if options.file:
        with options.file.open(encoding="utf-8") as lines:
            return _report(verify_lines(lines), as_json=options.json)
    return _report(verify_log(options.head), as_json=options.json)


def _prove(options: argparse.Namespace) -> int:
    if options.event:
        event = AuditEvent.objects.filter(public_id=options.event).first()
        if event is None:
            raise RefusedError(_("没有编号为 %(id)s 的存证记录") % {"id": options.event})
        found: Any = prove_inclusion(event)
        heads = {"head": _head_facts(found.head)}
    elif options.since is None:
        raise RefusedError(_("请给出记录编号，或用 --since 给出较早的条数"))
    else:
        found = prove_consistency(options.since, options.until)
        heads = {"first": _head_facts(found.first), "second": _head_facts(found.second)}
    _print(asdict(found) | heads | {"holds": found.holds()}, as_json=True)
    return SOUND if found.holds() else UNSOUND


def _export(options: argparse.Namespace) -> int:
    current_head()
    with options.file.open("w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in export_lines())
    sys.stdout.write(f"{options.file}\n")
    return SOUND


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="shuzhi log", description=__doc__)
    steps = parser.add_subparsers(required=True, metavar="head|verify|prove|export")

    def step(name: str, run: Callable[[argparse.Namespace], int], words: str) -> Any:
        added = steps.add_parser(name, help=words, description=words)
        added.set_defaults(run=run)
        added.add_argument("--json", action="store_true", help="print JSON")
        return added

    step("head", _head, "number what is committed and print the signed head")
    verify = step("verify", _verify, "recompute everything and point at what was changed")
    verify.add_argument("--head", action="append", default=[], metavar="SIZE:ROOT")
    verify.add_argument("--file", type=Path, help="an exported log instead of the database")
    prove = step("prove", _prove, "prove that an event is in the log, or that it only grew")
    prove.add_argument("event", nargs="?", help="the event's id")
    prove.add_argument("--since", type=int, metavar="SIZE")
    prove.add_argument("--until", type=int, metavar="SIZE")
    export = step("export", _export, "write the log to a file that others can verify")
    export.add_argument("file", type=Path)
    return parser


def main(argv: Sequence[str]) -> int:
    """Run `shuzhi log …`; Django is set up already."""
    options = _parser().parse_args(list(argv))
    try:
        code: int = options.run(options)
    except (RefusedError, OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    return code
