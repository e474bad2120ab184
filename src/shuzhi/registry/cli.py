"""What `shuzhi import` and `shuzhi export` share: acting as a named account."""

import argparse
from pathlib import Path

from django.utils.translation import gettext as _

from shuzhi.kernel.access import Actor, actor_for
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.models import Account

DONE, REFUSED = 0, 1


def parser(name: str, words: str) -> argparse.ArgumentParser:
    """Return a parser for a command that reads or writes one workbook."""
    made = argparse.ArgumentParser(name, description=words)
    made.add_argument("file", type=Path, help=_("Excel 文件"))
    made.add_argument("--as", dest="username", required=True, help=_("以哪个账号的权限办理"))
    return made


def acting(username: str) -> Actor:
    """Return the actor behind an account: the command line may do no more than they."""
    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        raise RefusedError(_("没有账号“%(name)s”。") % {"name": username})
    return actor_for(account)
