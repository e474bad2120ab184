"""Fixed words of the registry: kinds of unit, roles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    COUNTY = "county", _("县（市、区）")
    DEPARTMENT = "department", _("组织部门")
    TOWN = "town", _("乡镇（街道）党委")
    COMMITTEE = "committee", _("党委（党总支）")
    COMMUNITY = "community", _("村（社区）党组织")
    BRANCH = "branch", _("党支部")


class Role(models.TextChoices):
    """What a grant lets its holder do; the table in `roles.py` says what that is."""

    COUNTY_ORGANISER = "county_organiser", _("县委组织部工作人员")
    TOWN_COMMISSIONER = "town_commissioner", _("组织委员")
    SECRETARY = "secretary", _("书记")
    LEADER = "leader", _("领导")
    DESK = "desk", _("会务")
    TELLER = "teller", _("计票员")
    INSPECTOR = "inspector", _("督查员")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全保密管理员")
    AUDIT_ADMIN = "audit_admin", _("安全审计员")


class PeriodState(models.TextChoices):
    OPEN = "open", _("进行中")
    CLOSED = "closed", _("已封存")
