"""`shuzhi restore`: restore a backup into an empty place and verify its proof log."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from shuzhi.kernel.errors import RefusedError

from .restoring import restore_backup


def main(argv: Sequence[str]) -> int:
    """Restore; 0 done and sound, 1 restored but the log does not verify, 2 refused."""
    parser = argparse.ArgumentParser("shuzhi restore", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--force", action="store_true", help=_("覆盖已有数据"))
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(list(argv))
    Path(settings.VAR).mkdir(parents=True, exist_ok=True)
    try:
        report = restore_backup(options.file, force=options.force)
    except (RefusedError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if options.json:
        sys.stdout.write(json.dumps(report.as_json(), ensure_ascii=False) + "\n")
    else:
        for problem in report.problems:
            sys.stdout.write(f"✗ {problem.message}\n")
        words = _("已恢复，存证核验：%(count)d 条记录，%(problems)d 处问题。")
        counts = {"count": report.size, "problems": len(report.problems)}
        sys.stdout.write(words % counts + "\n")
    return 0 if report.sound else 1
