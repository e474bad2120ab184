"""`shuzhi check`: what the product needs to run, and what to do where something is missing."""

import argparse
import json
import sys
from collections.abc import Sequence

from django.utils.translation import gettext as _

from shuzhi.web.health import Finding, findings


def _line(found: Finding) -> str:
    mark = "✓" if found.good else "✗"
    return f"{mark} {found.title}  {found.advice}".rstrip()


def main(arguments: Sequence[str]) -> int:
    """Print the findings; 1 when something is not in order."""
    parser = argparse.ArgumentParser("shuzhi check", description=_("检查运行条件"))
    parser.add_argument("--json", action="store_true", help="JSON")
    options = parser.parse_args(arguments)
    found = list(findings())
    if options.json:
        facts = [{"name": f.name, "good": f.good, "advice": str(f.advice)} for f in found]
        sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\n".join(map(_line, found)) + "\n")
    return 0 if all(f.good for f in found) else 1
