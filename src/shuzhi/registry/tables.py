"""Lists of the registry."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.tables import Badge, Column, Empty, Filter, Table, Tone

from .enums import Role, UnitKind
from .models import Appointment, Person, RoleGrant, Unit
from .paths import STEP
from .policy import alive, holds

NOW, GONE = "now", "gone"
POSTED, FREE = "posted", "free"
STATES = ((NOW, _("现有")), (GONE, _("已撤销")))


def units_listed(rows: QuerySet[Unit]) -> QuerySet[Unit]:
    """Add what the list of units shows: parent, secretary, how many stand directly below."""
    secretary = Appointment.objects.filter(holds(), unit=OuterRef("pk"), leads=True)
    below = Unit.objects.filter(alive(), parent=OuterRef("pk")).order_by().values("parent")
    return rows.select_related("parent").annotate(
        secretary=Subquery(secretary.values("person__name")[:1]),
        below=Coalesce(Subquery(below.annotate(n=Count("pk")).values("n")), 0),
    )


def people_listed(rows: QuerySet[Person]) -> QuerySet[Person]:
    """Add the posts that people hold today, as one text."""
    first = Appointment.objects.filter(holds(), person=OuterRef("pk")).order_by("-leads", "since")
    return rows.select_related("home").annotate(
        post=Subquery(first.values("post")[:1]), post_unit=Subquery(first.values("unit__name")[:1])
    )


def masked(phone: str) -> str:
    """Return a telephone number as lists show it: enough to recognise, too little to call."""
    shown = 3 if len(phone) > 7 else 0  # noqa: PLR2004 (a mobile number has eleven digits)
    hidden = len(phone) - 4 - shown
    return phone[:shown] + "*" * hidden + phone[-4:] if hidden > 0 else phone


def _state(row: Unit) -> Badge | None:
    if row.until and row.until <= timezone.localdate():
        return Badge(_("已撤销"), Tone.WARN)
    return None


def _indented(row: Unit) -> str:
    return "　" * (len(row.path) // STEP - 1) + row.name


def _by_state(rows: QuerySet[Unit], value: str) -> QuerySet[Unit]:
    return rows.exclude(alive()) if value == GONE else rows.filter(alive())


def _by_post(rows: QuerySet[Person], value: str) -> QuerySet[Person]:
    posted = Appointment.objects.filter(holds()).values("person")
    return rows.filter(pk__in=posted) if value == POSTED else rows.exclude(pk__in=posted)


def _grant_state(row: RoleGrant) -> Badge:
    today = timezone.localdate()
    post = row.appointment
    if max(row.since, post.since) > today:
        return Badge(_("未开始"), Tone.WAITING)
    over = any(end and end < today for end in (row.until, post.until))
    return Badge(_("已结束"), Tone.PLAIN) if over else Badge(_("有效"), Tone.DONE)


def _grants_by_state(rows: QuerySet[RoleGrant], value: str) -> QuerySet[RoleGrant]:
    now = Q(holds(), holds(prefix="appointment__"))
    return rows.filter(now) if value == NOW else rows.exclude(now)


def _unit_url(unit: Unit) -> str:
    return reverse("registry:unit", args=[unit.public_id])


UNITS = Table(
    name="units",
    title=_("组织"),
    columns=(
        Column("name", _("名称"), value=_indented, sort="path", link=_unit_url),
        Column("code", _("代码"), sort="code"),
        Column("kind", _("类型"), value="get_kind_display", sort="kind"),
        Column("parent", _("上级"), value="parent.short_name"),
        Column("secretary", _("书记"), sort="secretary"),
        Column("below", _("下级（个）"), sort="below", numeric=True),
        Column("state", _("状态"), value=lambda row: row.until or "", badge=_state),
    ),
    search=("name", "short_name", "code"),
    filters=(
        Filter("kind", _("类型"), UnitKind.choices),
        Filter("state", _("状态"), STATES, lookup=_by_state),
    ),
    default_sort="name",
    empty=Empty(
        _("这里列出您管理范围内的党组织。可以下载 Excel 模板，填好后一次导入。"),
        _("从 Excel 导入"),
        lambda: reverse("registry:import"),
    ),
)

PEOPLE = Table(
    name="people",
    title=_("人员"),
    columns=(
        Column(
            "name",
            _("姓名"),
            sort="sort_key",
            link=lambda row: reverse("registry:person", args=[row.public_id]),
        ),
        Column("home", _("所在组织"), value="home.name", sort="home__path"),
        Column("post", _("现任职务"), sort="post"),
        Column("post_unit", _("任职组织"), sort="post_unit"),
        Column("phone", _("手机"), value=lambda row: masked(row.phone)),
    ),
    search=("name", "home__name"),
    filters=(
        Filter(
            "post",
            _("职务"),
            ((POSTED, _("现任职务")), (FREE, _("没有职务"))),
            lookup=_by_post,
        ),
    ),
    default_sort="name",
    empty=Empty(
        _("这里按姓氏笔画列出人员。可以在组织页面登记，也可以从 Excel 导入。"),
        _("从 Excel 导入"),
        lambda: reverse("registry:import"),
    ),
)

GRANTS = Table(
    name="grants",
    title=_("授权"),
    columns=(
        Column(
            "person",
            _("姓名"),
            value="appointment.person.name",
            sort="appointment__person__sort_key",
            link=lambda row: reverse("registry:person", args=[row.appointment.person.public_id]),
        ),
        Column("unit", _("组织"), value="appointment.unit.name", sort="appointment__unit__path"),
        Column("post", _("职务"), value="appointment.post"),
        Column("role", _("角色"), value="get_role_display", sort="role"),
        Column("since", _("自"), sort="since"),
        Column("until", _("至"), sort="until"),
        Column(
            "state", _("状态"), value=lambda row: str(_grant_state(row).word), badge=_grant_state
        ),
    ),
    search=("appointment__person__name", "appointment__unit__name"),
    filters=(
        Filter("role", _("角色"), Role.choices),
        Filter(
            "state",
            _("状态"),
            ((NOW, _("有效")), (GONE, _("未开始或已结束"))),
            lookup=_grants_by_state,
        ),
    ),
    default_sort="unit",
    empty=Empty(_("还没有授权。请在人员页面，对其职务授予角色。")),
)
