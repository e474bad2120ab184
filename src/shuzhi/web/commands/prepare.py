"""`shuzhi migrate`: bring the database up to date; internal to `serve` as well."""

import argparse
import sys
from collections.abc import Sequence

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _


def prepare() -> None:
    """Make the runtime folder and apply what migrations are missing."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("clearsessions", verbosity=0)


def main(arguments: Sequence[str]) -> int:
    """Apply migrations and say so."""
    argparse.ArgumentParser("shuzhi migrate", description=_("更新数据库")).parse_args(arguments)
    prepare()
    sys.stdout.write(_("数据库已是最新。") + "\n")
    return 0
