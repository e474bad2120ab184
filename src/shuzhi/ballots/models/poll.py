"""A poll with its frozen form, and the cards that raters see."""

from functools import cached_property
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.ballots.enums import PaperMode, PollState
from shuzhi.ballots.schema import CardSpec, PollForm
from shuzhi.kernel.fields import OrderedJSONField, PublicIdField


class Poll(models.Model):
    """One secret rating: draft → open → closed → sealed, or annulled before sealing."""

    access_path: ClassVar[str] = "unit__path"
    access_person: ClassVar[str] = ""

    public_id = PublicIdField()
    title = models.CharField(_("名称"), max_length=120)
    unit = models.ForeignKey(
        "registry.Unit", models.PROTECT, related_name="+", verbose_name=_("组织单位")
    )
    form = OrderedJSONField(_("测评表"))
    paper_mode = models.CharField(
        _("纸质票录入方式"), max_length=10, choices=PaperMode, default=PaperMode.TALLIES
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=PollState, default=PollState.DRAFT, editable=False
    )
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    sealed_at = models.DateTimeField(null=True, editable=False)
    annulled_for = models.CharField(_("作废原因"), max_length=200, blank=True, editable=False)
    cards_digest = models.CharField(max_length=64, blank=True, editable=False)
    box_digest = models.CharField(max_length=64, blank=True, editable=False)
    statistics = OrderedJSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("测评")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=PollState.values), name="ballots_poll_state"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @cached_property
    def parsed_form(self) -> PollForm:
        """The form as a typed model."""
        return PollForm.model_validate(self.form)


class Card(models.Model):
    """A reporter as raters see them: frozen when the poll opens."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="cards")
    position = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    unit_title = models.CharField(max_length=60)
    lines = OrderedJSONField(default=list)
    figures = OrderedJSONField(default=list)
    report = models.TextField(blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("poll", "subject"), name="ballots_card_subject"),
        )

    def __str__(self) -> str:
        return f"{self.unit_title} {self.name}"

    def spec(self) -> CardSpec:
        """Return the card as the typed value it was made from."""
        return CardSpec.model_validate(
            {name: getattr(self, name) for name in CardSpec.model_fields}
        )
