"""Long work as the person who started it sees it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.fields import OrderedJSONField, PublicIdField


class JobState(models.TextChoices):
    WAITING = "waiting", _("排队中")
    RUNNING = "running", _("办理中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未完成")


class Job(models.Model):
    """An import, a scoring, an export under way: how far it is, and what came of it."""

    public_id = PublicIdField()
    kind = models.CharField(max_length=60)
    title = models.CharField(_("事项"), max_length=200)
    owner = models.ForeignKey("kernel.Account", models.CASCADE, null=True, related_name="+")
    facts = OrderedJSONField(default=dict)
    state = models.CharField(_("状态"), max_length=10, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    result = OrderedJSONField(default=dict)
    created_at = models.DateTimeField(_("提交时间"), auto_now_add=True)
    touched_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True)
    seen = models.BooleanField(default=False)  # the owner has read how it ended

    class Meta:
        verbose_name = _("后台任务")
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=("owner", "created_at"), name="kernel_job_owner"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=JobState.values), name="kernel_job_state"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def percent(self) -> int:
        """Return how far it is, 0 to 100; 0 while nobody knows how much there is."""
        if self.state == JobState.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0

    @property
    def ended(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED}

    @property
    def leads_on(self) -> bool:
        """Tell whether its end is a page, with nothing to fetch on the way there."""
        done = self.state == JobState.DONE and not self.result.get("file")
        return done and bool(self.result.get("url"))
