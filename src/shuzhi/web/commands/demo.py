"""`shuzhi demo`: build the demo county without serving."""

import argparse
import sys
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from shuzhi.kernel.errors import RefusedError
from shuzhi.web.demo.build import build_demo, holds_data, is_demo
from shuzhi.web.demo.people import PASSWORD, account_lines

from .prepare import prepare


def notice() -> str:
    """Return the demo accounts as they are printed."""
    head = _("示范账号(密码都是 %(password)s):") % {"password": PASSWORD}
    return "\n".join([head, *(f"  {name:<28}{post}" for name, post in account_lines())])


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("shuzhi demo", description=_("在空的数据库里建立示范县"))
    parser.add_argument(
        "--if-empty", action="store_true", help=_("已有数据时不做任何事，也不算错误")
    )
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Build the demo; 1 when the database holds other data."""
    options = _arguments(arguments)
    prepare()
    if is_demo():
        sys.stdout.write(_("示范县已经建好。") + "\n" + notice() + "\n")
        return 0
    if options.if_empty and holds_data():
        return 0
    try:
        build_demo(timezone.localdate())
    except RefusedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(_("示范县已建好。") + "\n" + notice() + "\n")
    return 0
