"""`shuzhi check`: what the product needs to run, and what to do where something is missing."""

import argparse
import json
import sys
from collections.abc import Sequence

from django.utils.translation import gettext as _

from shuzhi.web.health import everything


def main(arguments: Sequence[str]) -> int:
    """Print what was looked at; 1 when something is not in order."""
    parser = argparse.ArgumentParser("shuzhi check", description=_("检查运行条件"))
    parser.add_argument("--json", action="store_true", help="JSON")
    options = parser.parse_args(arguments)
    found = list(everything())
    if options.json:
        facts = [{"name": str(c.name), "well": c.well, "words": c.words} for c in found]
        sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")
    else:
        lines = (f"{'✓' if c.well else '✗'} {c.name}  {c.words}\n" for c in found)
        sys.stdout.write("".join(lines))
    return 0 if all(c.well for c in found) else 1
