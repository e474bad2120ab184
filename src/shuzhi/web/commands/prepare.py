"""`shuzhi migrate`: bring the database up to date; internal to `serve` as well."""

import argparse
import sys
from collections.abc import Sequence

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _

from shuzhi.catalogue.services import sync_packs


def prepare() -> None:
    """Make the runtime folder, apply what migrations are missing, take in new mechanisms."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("clearsessions", verbosity=0)
    for reference in sync_packs().changed:
        sys.stderr.write(_("%s 的内容有改动而版本号未变，仍用已收录的文本。") % reference + "\n")


def main(arguments: Sequence[str]) -> int:
    """Apply migrations and say so."""
    argparse.ArgumentParser("shuzhi migrate", description=_("更新数据库")).parse_args(arguments)
    prepare()
    sys.stdout.write(_("数据库已是最新。") + "\n")
    return 0
