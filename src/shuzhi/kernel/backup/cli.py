"""`shuzhi backup`: write a backup, without keys."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from shuzhi.kernel.errors import RefusedError

from .creating import create_backup


def _default_name(now: datetime) -> Path:
    return Path(f"shuzhi-{now:%Y%m%d-%H%M%S}.backup")


def main(argv: Sequence[str]) -> int:
    """Write the backup; 0 done, 2 refused."""
    parser = argparse.ArgumentParser("shuzhi backup", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=_default_name(timezone.localtime()))
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(list(argv))
    try:
        head = create_backup(options.file.resolve())
    except (RefusedError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if options.json:
        facts = {"file": str(options.file), "head": head, "size": options.file.stat().st_size}
        sys.stdout.write(json.dumps(facts) + "\n")
    else:
        words = _("已备份到 %(file)s（不含密钥）。存证树头：%(head)s")
        sys.stdout.write(words % {"file": options.file, "head": head} + "\n")
    return 0
