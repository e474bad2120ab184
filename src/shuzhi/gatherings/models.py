"""A meeting, those called to it, and the turns of those who report."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.fields import OrderedJSONField, PublicIdField
from shuzhi.kernel.seen import digest_of

from .enums import GatheringState, Presence, TurnState

ARRANGED = (
    "title",
    "starts_at",
    "place",
    "host",
    "recorder",
    "agenda",
    "categories",
    "quorum_percent",
    "speech_minutes",
    "warn_seconds",
)


def _one_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": choices.values}), name=name)


class Gathering(models.Model):
    """One meeting of a unit; `poll` is the vote that it carries, if any."""

    access_path: ClassVar[str] = "unit__path"
    access_person: ClassVar[str] = ""

    public_id = PublicIdField()
    title = models.CharField(_("会议名称"), max_length=120)
    unit = models.ForeignKey("registry.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    starts_at = models.DateTimeField(_("开会时间"))
    place = models.CharField(_("地点"), max_length=120)
    host = models.CharField(_("主持人"), max_length=60)
    recorder = models.CharField(_("记录人"), max_length=60, blank=True)
    agenda = OrderedJSONField(_("议程"), default=list)
    categories = OrderedJSONField(_("参会类别"), default=list)  # [{"id": …, "title": …}]
    poll = models.OneToOneField("ballots.Poll", models.PROTECT, null=True, related_name="+")
    quorum_percent = models.PositiveSmallIntegerField(
        _("法定到会比例"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    speech_minutes = models.PositiveSmallIntegerField(
        _("每人述职时间"), default=5, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    warn_seconds = models.PositiveSmallIntegerField(_("提前提醒"), default=60)
    state = models.CharField(
        _("状态"), max_length=12, choices=GatheringState, default=GatheringState.PREPARING
    )
    opened_at = models.DateTimeField(_("开会"), null=True, blank=True)
    closed_at = models.DateTimeField(_("散会"), null=True, blank=True)
    record = models.TextField(_("会议记录"), blank=True, max_length=20_000)

    class Meta:
        verbose_name = _("会议")
        ordering = ("-starts_at", "pk")
        constraints = (_one_of("state", GatheringState, "gatherings_gathering_state"),)

    def __str__(self) -> str:
        return self.title

    @property
    def record_digest(self) -> str:
        """A short word for the record; a page tells by it what its reader saw."""
        return digest_of(self.record)

    @property
    def arrangements_digest(self) -> str:
        """The same for what is arranged beforehand."""
        return digest_of(*(getattr(self, name) for name in ARRANGED))

    def category_title(self, category: str) -> str:
        """Return the words of a category of those called; its id where none are given."""
        titles = {entry["id"]: entry["title"] for entry in self.categories}
        return str(titles.get(category, category))


class Attendee(models.Model):
    """Somebody called to a meeting, and whether they came. Says nothing of any ballot."""

    access_path: ClassVar[str] = "gathering__unit__path"
    access_person: ClassVar[str] = ""

    public_id = PublicIdField()
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="attendees")
    category = models.CharField(_("类别"), max_length=40)
    name = models.CharField(_("姓名"), max_length=60)
    unit_name = models.CharField(_("单位"), max_length=120, blank=True)
    post = models.CharField(_("职务"), max_length=60, blank=True)
    presence = models.CharField(
        _("到会情况"), max_length=12, choices=Presence, default=Presence.EXPECTED
    )
    substitute = models.CharField(_("替会人"), max_length=60, blank=True)
    position = models.PositiveIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = _("参会人员")
        ordering = ("category", "position", "pk")
        constraints = (
            _one_of("presence", Presence, "gatherings_attendee_presence"),
            models.UniqueConstraint(
                fields=("gathering", "category", "name", "unit_name"),
                name="gatherings_attendee_once",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Turn(models.Model):
    """The turn of one reporter; `spent` counts seconds up to `running_since`, which then runs."""

    access_path: ClassVar[str] = "gathering__unit__path"
    access_person: ClassVar[str] = ""

    public_id = PublicIdField()
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="turns")
    subject = models.CharField(_("单位代码"), max_length=40)
    unit_name = models.CharField(_("单位"), max_length=120)
    name = models.CharField(_("述职人"), max_length=60)
    position = models.PositiveIntegerField(_("次序"))
    state = models.CharField(_("状态"), max_length=12, choices=TurnState, default=TurnState.WAITING)
    spent = models.PositiveIntegerField(_("述职用时"), default=0)
    asked = models.PositiveIntegerField(_("提问用时"), default=0)
    running_since = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("述职次序")
        ordering = ("position", "pk")
        constraints = (
            _one_of("state", TurnState, "gatherings_turn_state"),
            models.UniqueConstraint(fields=("gathering", "subject"), name="gatherings_turn_once"),
        )

    def __str__(self) -> str:
        return f"{self.position} {self.name}"

    @property
    def spent_clock(self) -> str:
        """Return the time reported so far as minutes:seconds."""
        return f"{self.spent // 60}:{self.spent % 60:02d}"
