"""`shuzhi catalogue`: list the mechanisms, check packs; exit 0 good, 1 faults, 2 wrong usage."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from .faults import PackError
from .packs import FOLDER, Pack, read_packs

GOOD, FAULTY = 0, 1


def _facts(pack: Pack) -> dict[str, object]:
    envelope = pack.envelope
    return {
        "id": envelope.id,
        "version": envelope.version,
        "kind": envelope.kind,
        "theme": pack.theme,
        "title": str(envelope.title),
        "from": envelope.carries,
        "sha256": pack.sha256,
    }


def _print_packs(packs: list[Pack], *, as_json: bool) -> None:
    if as_json:
        facts = [_facts(pack) for pack in packs]
        sys.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2) + "\n")
        return
    for pack in packs:
        envelope = pack.envelope
        sys.stdout.write(f"{pack.reference:36} {envelope.kind_label}  {envelope.title}\n")


def _print_faults(error: PackError, *, as_json: bool) -> None:
    if as_json:
        facts = [vars(fault) for fault in error.faults]
        sys.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2) + "\n")
        return
    for fault in error.faults:
        sys.stderr.write(f"{fault}\n")


def main(arguments: Sequence[str]) -> int:
    """List or check the packs of a folder (the product's own unless one is named)."""
    parser = argparse.ArgumentParser("shuzhi catalogue", description=_("列出和检查制度"))
    parser.add_argument("do", nargs="?", choices=("list", "check"), default="list")
    parser.add_argument("--folder", type=Path, default=FOLDER, help=_("制度文件所在的文件夹"))
    parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))
    options = parser.parse_args(arguments)
    try:
        packs = read_packs(options.folder)
    except PackError as error:
        _print_faults(error, as_json=options.json)
        return FAULTY
    if options.do == "list" or options.json:
        _print_packs(packs, as_json=options.json)
    else:
        sys.stdout.write(_("%(n)d 项制度，没有错误。") % {"n": len(packs)} + "\n")
    return GOOD
