"""The bulletin on last year's review: drafted, checked and issued by three people."""

from typing import TYPE_CHECKING

from shuzhi.bulletins import services as bulletins

from .crew import Crew

if TYPE_CHECKING:
    from shuzhi.appraisal.models import Review
    from shuzhi.bulletins.models import Bulletin


def issue_bulletin(review: "Review", crew: Crew) -> "Bulletin":
    """Issue the bulletin of a published review; its files are printed when first asked for."""
    bulletin = bulletins.begin_bulletin(review, actor=crew.commissioner)
    words = {
        "strengths": "多数社区把党建责任落到网格和支部，年初承诺的事项基本办结。\n"
        "“三会一课”和主题党日按月开展，群众反映的问题有人接、有人办。",
        "copies": "县委组织部、镇党委委员",
    }
    bulletins.edit_bulletin(bulletin, words, actor=crew.commissioner)
    bulletins.offer_bulletin(bulletin, actor=crew.commissioner)
    bulletins.check_bulletin(bulletin, actor=crew.organiser)
    return bulletins.issue_bulletin(bulletin, actor=crew.leader)
