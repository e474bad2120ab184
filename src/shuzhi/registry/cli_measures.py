"""`shuzhi measures CODE YEAR`: what is counted of a unit and all below it in a year."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from shuzhi.kernel.measures import Value, known, measures, shown

from .queries import unit_by_code


def as_json(found: Mapping[str, Value]) -> str:
    """Return a JSON object of numbers; shares keep two places (93.10), as a float would not."""
    lines = [f"  {json.dumps(name)}: {shown(value)}" for name, value in found.items()]
    return "{\n" + ",\n".join(lines) + "\n}"


def as_text(found: Mapping[str, Value]) -> str:
    """Return one line a measure: name, value, words."""
    words = known()
    width = max(map(len, found), default=0)
    lines = []
    for name, value in found.items():
        measure = words.get(name)
        unit = "%" if measure and measure.percent and value is not None else ""
        text = "—" if value is None else shown(value) + unit
        lines.append(f"{name:<{width}}  {text:>10}  {measure or ''}")
    return "\n".join(lines)


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "shuzhi measures", description=_("查看一个组织及其下级某一年度的指标")
    )
    parser.add_argument("code", help=_("组织的代码"))
    parser.add_argument("year", type=int, help=_("年度，如 2026"))
    parser.add_argument("--json", action="store_true", help=_("输出 JSON，比率保留两位小数"))
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Print the measures; 1 when there is no such unit."""
    options = _arguments(arguments)
    unit = unit_by_code(options.code)
    if unit is None:
        sys.stderr.write(_("没有代码为“%(code)s”的组织") % {"code": options.code} + "\n")
        return 1
    table = measures(options.year, [unit])
    found = {name: values[unit.code] for name, values in table.items()}
    sys.stdout.write((as_json(found) if options.json else as_text(found)) + "\n")
    return 0
