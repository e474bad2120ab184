"""Fixed words of the yearly review."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewState(models.TextChoices):
    PREPARING = "preparing", _("筹备中")
    REPORTING = "reporting", _("撰写述职报告")
    OPEN = "open", _("会议进行中")
    CLOSED = "closed", _("会议已结束，待计分")
    SCORED = "scored", _("已计分，待研究")
    DECIDED = "decided", _("已研究，待公布")
    PUBLISHED = "published", _("已公布")


class Exemption(models.TextChoices):
    """What a reporter is spared, such as a secretary new in post."""

    NONE = "none", _("参加评议和排名")
    RANK = "rank", _("参加评议，不排名不定等次")
    RATING = "rating", _("只作书面述职，不评议不排名")


class FormShape(models.TextChoices):
    """What a rater marks for each reporter."""

    OVERALL = "overall", _("总体评价一项")
    TOPICS = "topics", _("按述职内容逐项评价")


class RatingScale(models.TextChoices):
    """How a rater marks."""

    GRADES = "grades", _("按等次")
    NUMBERS = "numbers", _("0–100 分")


class ReportState(models.TextChoices):
    DRAFT = "draft", _("撰写中")
    SUBMITTED = "submitted", _("已提交")
    FROZEN = "frozen", _("已定稿")


class CommentState(models.TextChoices):
    DRAFT = "draft", _("准备中")
    READY = "ready", _("待领导审定")
    APPROVED = "approved", _("领导已审定")


class ProblemSource(models.TextChoices):
    COMMENT = "comment", _("领导点评")
    LOWEST = "lowest", _("得分最低的内容")
    MANUAL = "manual", _("另行列入")


class ProblemState(models.TextChoices):
    """Whether a problem is on the list; how it is put right is its notice's to tell."""

    PROPOSED = "proposed", _("待确认")
    LISTED = "listed", _("已列入清单")
    DROPPED = "dropped", _("不列入")


class ResultStatus(models.TextChoices):
    """How a unit stands in the ranking, in the engine's words."""

    RANKED = "ranked", _("参加排名")
    EXEMPT = "exempt", _("不参加排名")
    UNRANKED = "unranked", _("不排名")


class SchemeState(models.TextChoices):
    """A scheme's life; a published one never changes again."""

    DRAFT = "draft", _("起草中")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已停用")


class ObjectionState(models.TextChoices):
    LODGED = "lodged", _("待答复")
    UPHELD = "upheld", _("成立，已更正")
    REJECTED = "rejected", _("不成立")
    TAKEN_BACK = "taken-back", _("已撤回")


class FigureChange(models.TextChoices):
    """What a sheet would do to a cell of the figures, in the order in which a person looks."""

    EMPTIED = "emptied", _("清空")
    CHANGED = "changed", _("更改")
    NEW = "new", _("新填")
    SAME = "same", _("不变")
