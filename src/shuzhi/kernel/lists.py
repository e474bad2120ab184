"""Lists of the kernel: audit events, signed heads, one's own jobs."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from .audit.kinds import CONTENT, kind_text, known_kinds, subject_words
from .models import AuditEvent, JobState, LogHead, LogKey
from .tables import Column, Empty, Filter, Table, Tone, badge_of, state_column

TONES = {
    JobState.WAITING: Tone.WAITING,
    JobState.RUNNING: Tone.GOING,
    JobState.DONE: Tone.DONE,
    JobState.FAILED: Tone.WARN,
}
job_badge = badge_of(TONES)


def _kinds() -> list[tuple[str, str]]:
    """Return the kinds to choose from, those of one name together."""
    return [(kind.name, str(kind.text)) for kind in known_kinds()]


def _keys() -> list[tuple[str, str]]:
    """Return the keys to choose from: a log that has gone over to a new key has several."""
    return [(key, key) for key in LogKey.objects.values_list("key_id", flat=True)]


def audited(rows: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
    """Leave out the digests that accompany events; add who acted."""
    return rows.exclude(kind=CONTENT.name).select_related("actor")


AUDIT = Table(
    name="audit",
    title=_("审计日志"),
    columns=(
        Column("at", _("时间"), value=lambda row: localtime(row.at), sort="at"),
        Column(
            "kind",
            _("做了什么"),
            value=lambda row: kind_text(row.kind),
            sort="kind",
            link=lambda row: reverse("kernel:event", args=[row.public_id]),
        ),
        Column(
            "actor",
            _("办理人"),
            value=lambda row: row.actor.name if row.actor else _("系统"),
            sort="actor__name",
        ),
        Column(
            "subject", _("对象"), value=lambda row: subject_words(row.subject_type, row.subject_id)
        ),
        Column("position", _("存证序号"), sort="position", numeric=True),
    ),
    search=("actor__name", "subject_type", "subject_id", "public_id"),
    filters=(Filter("kind", _("做了什么"), _kinds),),
    default_sort="-at",
    empty=Empty(_("这里按时间列出每一次办理：谁、何时、对什么做了什么。")),
)

HEADS = Table(
    name="heads",
    title=_("签名树头"),
    columns=(
        Column("size", _("记录数"), sort="size", numeric=True),
        Column("root", _("根值")),
        Column("at", _("签名时间"), value=lambda row: localtime(row.signed_at), sort="signed_at"),
        Column("key", _("密钥"), value="key_id"),
    ),
    search=("root",),
    filters=(Filter("key_id", _("密钥"), _keys),),
    default_sort="-size",
    empty=Empty(_("还没有签名树头。有人办理事项之后，系统会自动编号并签名。")),
)

JOBS = Table(
    name="jobs",
    title=_("我的后台任务"),
    columns=(
        Column(
            "title",
            _("事项"),
            sort="title",
            link=lambda row: reverse("kernel:job", args=[row.public_id]),
        ),
        Column("at", _("提交时间"), value=lambda row: localtime(row.created_at), sort="created_at"),
        state_column(TONES),
    ),
    search=("title",),
    filters=(Filter("state", _("状态"), JobState.choices),),
    default_sort="-at",
    empty=Empty(_("导入、计分、导出等较久的工作在后台办理，进度和结果都在这里。")),
)


def heads() -> QuerySet[LogHead]:
    """Return the signed heads."""
    return LogHead.objects.all()
