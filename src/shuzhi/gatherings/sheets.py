"""The roll as a sheet: the same columns go out to the clerk and come in again."""

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.errors import FaultsError, RowFault
from shuzhi.kernel.language import listed
from shuzhi.kernel.responses import attachment
from shuzhi.kernel.sheets import Column, Sheet, read_sheet, records, write_workbook
from shuzhi.kernel.uploads import MEDIA_TYPES, FileKind, Received

from .models import Gathering

BLANK_ROWS = 100


def columns(gathering: Gathering) -> tuple[Column, ...]:
    """Return the sheet's columns; the category is chosen from the meeting's own words."""
    titles = [str(entry["title"]) for entry in gathering.categories]
    return (
        Column("category", _("类别"), required=True, choices=titles),
        Column("name", _("姓名"), required=True),
        Column("unit_name", _("单位"), width=30),
        Column("post", _("职务"), width=20),
    )


def roll_response(gathering: Gathering) -> HttpResponse:
    """Return the roll as a workbook to fill in."""
    rows = (
        (gathering.category_title(a.category), a.name, a.unit_name, a.post)
        for a in gathering.attendees.all()
    )
    book = write_workbook([Sheet(_("参会名单"), columns(gathering), rows, BLANK_ROWS)])
    name = gettext("参会名单") + ".xlsx"
    return attachment(book, name, MEDIA_TYPES[FileKind.EXCEL])


def read_roll(gathering: Gathering, upload: Received) -> list[dict[str, str]]:
    """Return the people of a filled sheet as `call_attendees` takes them."""
    ids = {str(entry["title"]): str(entry["id"]) for entry in gathering.categories}
    found = records(read_sheet(upload.data), columns(gathering))
    unknown = [r for r in found if r["category"] not in ids]
    if unknown:
        wanted = listed(ids)
        raise FaultsError(
            RowFault(
                r.row,
                gettext("类别"),
                gettext("没有“%(c)s”这一类，可填：%(w)s。") % {"c": r["category"], "w": wanted},
            )
            for r in unknown
        )
    return [
        {
            "category": ids[r["category"]],
            "name": r["name"],
            "unit_name": r["unit_name"] or "",
            "post": r["post"] or "",
            "row": str(r.row),
        }
        for r in found
    ]
