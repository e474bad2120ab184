"""What the paper forms still lack before the box can be sealed."""

from django.utils.translation import gettext_lazy as _

from shuzhi.ballots.models import Poll


def paper_faults(poll: Poll) -> list[str]:
    """Return what is not reconciled, as sentences; empty when sealing may go on."""
    return [
        str(_("类别 %(id)s 的纸质票还没有录完") % {"id": row.category})
        for row in poll.paper.filter(issued__gt=0)
    ]
