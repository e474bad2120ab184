"""Verify the log from its page: a job, since a county's log takes a while."""

from typing import Any

from django.utils.translation import gettext as _

from shuzhi.kernel.audit.log import verify_log

from .kinds import Outcome, Progress, job

KIND = "log.verify"
SHOWN = 50


@job(KIND, heavy=False)
def verify(_progress: Progress, **_owner: Any) -> Outcome:
    """Verify everything, and say in words what was found."""
    report = verify_log()
    counts = {"size": report.size, "heads": report.heads}
    total = _("%(size)d 条记录，%(heads)d 个签名树头。") % counts
    if report.sound:
        return Outcome(_("存证完好：%(total)s") % {"total": total})
    found = _("发现 %(count)d 处问题：") % {"count": len(report.problems)}
    lines = [problem.message for problem in report.problems[:SHOWN]]
    return Outcome("\n".join([found, *lines, total]))
