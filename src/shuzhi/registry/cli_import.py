"""`shuzhi import FILE --as NAME`: read a workbook, say what it would do, write it when asked."""

import argparse
import json
import sys
from collections.abc import Sequence

from django.utils.translation import gettext as _

from shuzhi.kernel.access import Actor
from shuzhi.kernel.errors import FaultsError, RefusedError
from shuzhi.kernel.uploads import FileKind, check_upload

from . import services
from .cli import DONE, REFUSED, acting, parser
from .exchange import Plan, plan_of, read_upload


def _counts(plan: Plan) -> dict[str, dict[str, int]]:
    return {
        key: {str(change): n for change, n in part.counts.items()}
        for key, part in plan.parts.items()
    }


def _import(options: argparse.Namespace, actor: Actor) -> Plan:
    upload = check_upload(
        options.file.name, options.file.read_bytes(), FileKind.EXCEL, FileKind.CSV
    )
    rows = read_upload(upload)
    if options.dry_run:
        return plan_of(rows, actor)
    draft = services.keep_draft(actor=actor, name=upload.name, rows=rows)
    return services.apply_draft(actor=actor, draft=draft)


def _say(plan: Plan, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(_counts(plan), indent=2) + "\n")
        return
    for part in plan.parts.values():
        counts = ", ".join(f"{change} {n}" for change, n in part.counts.items())
        sys.stdout.write(f"{part.spec.title}: {counts}\n")


def main(arguments: Sequence[str]) -> int:
    """Import a workbook, whole or not at all; exit 1 tells every fault by sheet, row, column."""
    made = parser("shuzhi import", _("导入组织、人员和任职"))
    made.add_argument("--dry-run", action="store_true", help=_("只预览，不写入"))
    made.add_argument("--json", action="store_true", help=_("以 JSON 输出"))
    options = made.parse_args(arguments)
    try:
        plan = _import(options, acting(options.username))
    except FaultsError as error:
        sys.stderr.write("".join(f"{fault}\n" for fault in error.faults))
        return REFUSED
    except (RefusedError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    _say(plan, as_json=options.json)
    return REFUSED if plan.faults else DONE
