"""What the engine answered, stored once: the run, results, nodes and derivations."""

from typing import ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.archive import DATA
from shuzhi.appraisal.enums import Exemption, ResultStatus
from shuzhi.kernel.fields import OrderedJSONField
from shuzhi.kernel.language import clauses

from .entrant import Entrant
from .review import Review

MARKS_WITHHELD = _(
    "有的类别测评票少于规定的最少票数，逐票数据会让人看出个人打的分，不提供复核数据。"
)


class ScoreRun(models.Model):
    """One computation: everything that went in and came out, in one archive, with hashes."""

    access_path: ClassVar[str] = "review__unit__path"
    access_person: ClassVar[str] = ""

    review = models.ForeignKey(Review, models.CASCADE, related_name="runs")
    number = models.PositiveSmallIntegerField()
    archive = models.ForeignKey("kernel.StoredFile", models.PROTECT, related_name="+")
    engine_version = models.CharField(max_length=20)
    manifest = OrderedJSONField()  # name in the archive → SHA-256
    agreement = OrderedJSONField(default=list)
    shows_breakdown = models.BooleanField(default=False)  # every category of raters large enough
    current = models.BooleanField(default=True)
    computed_at = models.DateTimeField(auto_now_add=True)
    computed_by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("计分")
        ordering = ("review", "-number")
        constraints = (
            models.UniqueConstraint(fields=("review", "number"), name="appraisal_run_number"),
            models.UniqueConstraint(
                fields=("review",),
                condition=models.Q(current=True),
                name="appraisal_one_current_run",
            ),
        )

    def __str__(self) -> str:
        return f"{self.review} {self.number}"

    @property
    def withholds_marks(self) -> bool:
        """Tell whether its marks stay hidden by category: some category has fewer than it must."""
        return not self.shows_breakdown and f"{DATA}/ratings.csv" in self.manifest

    @property
    def why_withheld(self) -> str | Promise:
        """Say why nobody gets the data for a recount; nothing where it is handed out."""
        return MARKS_WITHHELD if self.withholds_marks else ""


class Result(models.Model):
    """An entrant's score and rank, the grade computed and the grade decided."""

    access_path: ClassVar[str] = "entrant__unit__path"
    access_person: ClassVar[str] = "entrant__person_id"

    run = models.ForeignKey(ScoreRun, models.CASCADE, related_name="results")
    entrant = models.ForeignKey(Entrant, models.CASCADE, related_name="results")
    total = models.DecimalField(_("总分"), max_digits=10, decimal_places=4, null=True, blank=True)
    shown_total = models.CharField(_("总分"), max_length=20, blank=True)  # as the engine prints it
    bonus = models.DecimalField(_("加减分"), max_digits=10, decimal_places=4, null=True, blank=True)
    rank = models.PositiveIntegerField(_("名次"), null=True, blank=True)
    status = models.CharField(max_length=12, choices=ResultStatus, default=ResultStatus.RANKED)
    computed_grade = models.CharField(_("计算等次"), max_length=20, blank=True)
    decided_grade = models.CharField(_("研究等次"), max_length=20, blank=True)
    reason = models.CharField(_("调整理由"), max_length=300, blank=True)
    vetoes = OrderedJSONField(default=list)  # ids of the scheme's vetoes that apply
    # the best and the worst rank that the spread of the marks leaves possible (95 %)
    rank_low = models.PositiveIntegerField(null=True, blank=True)
    rank_high = models.PositiveIntegerField(null=True, blank=True)
    spread = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    marks = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("考核结果")
        ordering = (models.F("rank").asc(nulls_last=True), "entrant__position")
        constraints = (
            models.UniqueConstraint(fields=("run", "entrant"), name="appraisal_result_once"),
        )

    def __str__(self) -> str:
        return f"{self.entrant} {self.total}"

    @property
    def remark(self) -> str:
        """Say what a reader of the list must know: exemption, reason of another grade."""
        spared = Exemption(self.entrant.exemption)
        parts = [] if spared is Exemption.NONE else [str(spared.label)]
        parts += [str(_("一票否决"))] if self.vetoes else []
        return clauses([*parts, self.entrant.exemption_reason, self.reason])


class Node(models.Model):
    """One indicator of one unit: rate, points earned, points possible."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="nodes")
    indicator = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()  # the tree's order
    rate = models.DecimalField(max_digits=12, decimal_places=9, null=True, blank=True)
    points = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    of = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    status = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("result", "position")
        constraints = (
            models.UniqueConstraint(fields=("result", "indicator"), name="appraisal_node_once"),
        )

    def __str__(self) -> str:
        return f"{self.result} {self.indicator}"


class Derivation(models.Model):
    """How a result came about, as the engine explained it when it was computed."""

    access_path: ClassVar[str] = "result__entrant__unit__path"
    access_person: ClassVar[str] = "result__entrant__person_id"

    result = models.OneToOneField(Result, models.CASCADE, related_name="derivation")
    tree = OrderedJSONField()

    def __str__(self) -> str:
        return str(self.result)
