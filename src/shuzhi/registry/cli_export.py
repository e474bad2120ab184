"""`shuzhi export FILE --as NAME`: units, people and posts within that account's reach."""

import sys
from collections.abc import Sequence

from django.utils.translation import gettext as _

from shuzhi.kernel.errors import RefusedError

from .cli import DONE, REFUSED, acting, parser
from .exchange import workbook


def main(arguments: Sequence[str]) -> int:
    """Write the workbook, filled or as an empty template."""
    made = parser("shuzhi export", _("导出组织、人员和任职"))
    made.add_argument("--template", action="store_true", help=_("只要空白模板"))
    options = made.parse_args(arguments)
    try:
        data = workbook(acting(options.username), filled=not options.template)
    except RefusedError as error:
        sys.stderr.write(f"{error.message}\n")
        return REFUSED
    options.file.write_bytes(data)
    sys.stdout.write(_("已写入 %(file)s。") % {"file": options.file} + "\n")
    return DONE
