"""What would spoil a poll, said before it opens."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from shuzhi.ballots.models import Poll

from .progress import CategoryProgress, progress

WHOLE = Decimal(100)


@dataclass(frozen=True)
class Fault:
    """One thing that is not right yet; `blocking` ones keep the poll from opening."""

    message: Any
    blocking: bool = True


def _of_category(row: CategoryProgress, fewest: int) -> Iterator[Fault]:
    handed_out = row.unused + row.used + row.paper_issued
    words = {"title": row.title, "count": handed_out, "fewest": fewest}
    if not handed_out:
        yield Fault(_("类别“%(title)s”还没有印发测评票") % words)
    elif handed_out < fewest:
        yield Fault(
            _(
                "类别“%(title)s”只有 %(count)d 张票，少于 %(fewest)d 张时整个分类结果都不显示，"
                "建议并入其他类别"
            )
            % words,
            blocking=False,
        )


def readiness(poll: Poll) -> list[Fault]:
    """Return what is wrong with a poll in preparation; empty when it may open."""
    form = poll.parsed_form
    faults = []
    total = sum((row.weight for row in form.categories), Decimal(0))
    if total != WHOLE:
        faults.append(Fault(_("各类别权重合计是 %(total)s，应为 100") % {"total": total}))
    if not poll.cards.exists():
        faults.append(Fault(_("还没有述职人员名单；年度述职评议的名单在“定稿并开会”时自动带入")))
    for row in progress(poll):
        faults += _of_category(row, form.min_marks)
    return faults


def blocking(poll: Poll) -> list[str]:
    """Return the faults that keep the poll from opening, as sentences."""
    return [str(fault.message) for fault in readiness(poll) if fault.blocking]
