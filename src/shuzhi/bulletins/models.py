"""Bulletins: written, checked and issued by three people, then frozen."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.fields import OrderedJSONField, PublicIdField
from shuzhi.kernel.seen import digest_of

from .enums import BulletinState, Scope

ACCOUNT = "kernel.Account"
FILE = "kernel.StoredFile"
CARRIED = ("issuer", "code_word", "addressee", "copies", "printer", "scope")
WORDS = ("title", "opening", "overview", "strengths", "shortcomings", "requirements")
EDITABLE = (*CARRIED, *WORDS)


class Bulletin(models.Model):
    """One 通报 on a review. `content` is what it says for good once it is issued."""

    access_path: ClassVar[str] = "unit__path"
    access_person: ClassVar[str] = ""

    public_id = PublicIdField()
    review = models.ForeignKey("appraisal.Review", models.PROTECT, related_name="+")
    unit = models.ForeignKey("registry.Unit", models.PROTECT, related_name="+")
    state = models.CharField(
        _("状态"), max_length=12, choices=BulletinState, default=BulletinState.WRITING
    )
    scope = models.CharField(_("公布范围"), max_length=12, choices=Scope, default=Scope.UNITS)

    title = models.CharField(_("标题"), max_length=120)
    issuer = models.CharField(_("发文机关"), max_length=60)
    code_word = models.CharField(_("发文机关代字"), max_length=20)
    addressee = models.CharField(_("主送机关"), max_length=200)
    copies = models.CharField(_("抄送机关"), max_length=200, blank=True)
    printer = models.CharField(_("印发机关"), max_length=60)
    opening = models.TextField(_("导语"), max_length=2000)
    overview = models.TextField(_("总体情况"), max_length=5000)
    strengths = models.TextField(_("主要成绩"), max_length=5000, blank=True)
    shortcomings = models.TextField(_("存在问题"), max_length=5000, blank=True)
    requirements = models.TextField(_("工作要求"), max_length=5000, blank=True)

    drafted_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    checked_digest = models.CharField(max_length=64, blank=True)  # of what was checked
    issued_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    returned_for = models.CharField(_("退回意见"), max_length=300, blank=True)
    withdrawn_for = models.CharField(_("撤回原因"), max_length=300, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replacements"
    )

    year = models.PositiveSmallIntegerField(null=True)  # of the number
    number = models.PositiveIntegerField(null=True)
    content: Any = OrderedJSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the canonical content
    word = models.ForeignKey(FILE, models.PROTECT, null=True, related_name="+")
    pdf = models.ForeignKey(FILE, models.PROTECT, null=True, related_name="+")
    excel = models.ForeignKey(FILE, models.PROTECT, null=True, related_name="+")
    sealed = models.ForeignKey(FILE, models.PROTECT, null=True, related_name="+")
    sealed_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    sealed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("通报")
        ordering = ("-issued_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=BulletinState.values), name="bulletins_state"
            ),
            models.UniqueConstraint(
                fields=("unit", "code_word", "year", "number"), name="bulletins_number_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("issued", "withdrawn"))
                | models.Q(number__isnull=False, content__isnull=False),
                name="bulletins_issued_is_frozen",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def words_digest(self) -> str:
        """A short word for what drafters write; a page tells by it what its reader saw."""
        return digest_of(*(getattr(self, name) for name in EDITABLE))
