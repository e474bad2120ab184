"""The list of mechanisms."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.tables import Badge, Column, Empty, Filter, Table, Tone

from .enums import Kind
from .models import MechanismVersion


def _offered(row: MechanismVersion) -> Badge:
    offered = getattr(row, "offered", False)
    return Badge(_("本单位已启用"), Tone.DONE) if offered else Badge(_("未启用"), Tone.WAITING)


MECHANISMS = Table(
    name="mechanisms",
    title=_("制度库"),
    columns=(
        Column(
            "title",
            _("名称"),
            value="called",
            sort="title",
            link=lambda row: reverse("catalogue:mechanism", args=[row.mechanism]),
        ),
        Column("kind", _("种类"), value="get_kind_display", sort="kind"),
        Column("version", _("版本"), sort="version", numeric=True),
        Column("offered", _("启用"), value=lambda row: str(_offered(row).word), badge=_offered),
        Column("kept_at", _("收录时间"), sort="kept_at"),
    ),
    search=("title", "title_en", "mechanism"),
    filters=(Filter("kind", _("种类"), Kind.choices),),
    default_sort="title",
    empty=Empty(_("制度库还是空的。启动服务时会自动收录随产品提供的制度。")),
)
