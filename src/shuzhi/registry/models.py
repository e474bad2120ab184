"""Units, people, appointments, role grants and periods."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.fields import BinaryCharField, OrderedJSONField, PublicIdField

from .enums import PeriodState, Role, UnitKind
from .strokes import stroke_key


class Unit(models.Model):
    """An organisation in the tree; `path` holds the steps from the root, four characters each."""

    access_path: ClassVar[str] = "path"
    access_person: ClassVar[str] = ""

    public_id = PublicIdField()
    code = models.CharField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=40)
    kind = models.CharField(_("类型"), max_length=20, choices=UnitKind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级"),
    )
    guide = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("业务指导")
    )
    path = BinaryCharField(max_length=64, unique=True, editable=False)
    position = models.PositiveIntegerField(_("次序"), default=0)
    since = models.DateField(_("成立日期"), null=True, blank=True)
    until = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("组织")
        ordering = ("path",)

    def __str__(self) -> str:
        return self.name

    @property
    def with_code(self) -> str:
        """Return code and name, as forms that ask for a unit offer and read them."""
        return f"{self.code} {self.name}"


class Person(models.Model):
    """Somebody with a post: the name, and what a task needs to reach them."""

    access_path: ClassVar[str] = "home__path"
    access_person: ClassVar[str] = "pk"

    public_id = PublicIdField()
    name = models.CharField(_("姓名"), max_length=60)
    sort_as = models.CharField(_("排序用名"), max_length=60, blank=True)
    sort_key = BinaryCharField(_("笔画序"), max_length=180, blank=True, editable=False)
    home = models.ForeignKey(
        Unit, models.PROTECT, related_name="people", verbose_name=_("所在组织")
    )
    phone = models.CharField(_("手机"), max_length=20, blank=True)
    temporary = models.BooleanField(_("临时"), default=False, editable=False)
    account = models.OneToOneField(
        "kernel.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("人员")
        ordering = ("sort_key", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def with_unit(self) -> str:
        """Return the name with the unit behind it, as people of one name are told apart."""
        return gettext("%(name)s（%(unit)s）") % {"name": self.name, "unit": self.home.name}

    def place_by_strokes(self) -> None:
        """Compute the stored order; `sort_as` settles a dispute about the name's own strokes."""
        self.sort_key = stroke_key(self.sort_as or self.name)


class Appointment(models.Model):
    """A dated post of a person in a unit."""

    access_path: ClassVar[str] = "unit__path"
    access_person: ClassVar[str] = "person_id"

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments")
    post = models.CharField(_("职务"), max_length=60)
    leads = models.BooleanField(_("书记"), default=False, editable=False)
    since = models.DateField(_("任职日期"))
    until = models.DateField(_("免职日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("任职")
        ordering = ("unit__path", "-leads", "since", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="registry_post_dates"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.post}"


class RoleGrant(models.Model):
    """A role given to an appointment for a time; it ends with the appointment at the latest."""

    access_path: ClassVar[str] = "appointment__unit__path"
    access_person: ClassVar[str] = "appointment__person_id"

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="grants")
    role = models.CharField(_("角色"), max_length=30, choices=Role)
    since = models.DateField(_("自"))
    until = models.DateField(_("至"), null=True, blank=True)

    class Meta:
        verbose_name = _("授权")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.appointment}: {self.get_role_display()}"


class Period(models.Model):
    """A year of work; a closed one refuses writes. It has no place: only grants on all reach it."""

    access_path: ClassVar[str] = ""
    access_person: ClassVar[str] = ""

    year = models.PositiveSmallIntegerField(_("年度"), unique=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=PeriodState, default=PeriodState.OPEN
    )

    class Meta:
        verbose_name = _("年度")
        ordering = ("-year",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=PeriodState.values), name="registry_period_state"
            ),
        )

    def __str__(self) -> str:
        return str(self.year)


class ImportDraft(models.Model):
    """An upload between preview and confirmation; its rows are dropped when it is applied."""

    public_id = PublicIdField()
    account = models.ForeignKey("kernel.Account", models.CASCADE, related_name="+")
    name = models.CharField(_("文件名"), max_length=200)
    rows = OrderedJSONField(default=dict)  # {sheet: [[row, [cell, …]], …]}
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("导入草稿")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name
