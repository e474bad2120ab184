"""News of the registry to higher rooms, and the words of what is recorded."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.audit import EventKind


@dataclass(frozen=True)
class YearTurned:
    """A year of work has been opened, closed, or opened again."""

    year: int


_NAMES = frozenset({"name", "phone", "sort_as", "person"})

EVENTS = (
    EventKind("registry.unit_created", _("新设组织")),
    EventKind("registry.unit_changed", _("修改组织")),
    EventKind("registry.unit_moved", _("调整隶属关系")),
    EventKind("registry.unit_abolished", _("撤销组织")),
    EventKind("registry.person_added", _("登记人员"), _NAMES),
    EventKind("registry.person_changed", _("修改人员"), _NAMES),
    EventKind("registry.appointed", _("任职"), _NAMES),
    EventKind("registry.relieved", _("免职"), _NAMES),
    EventKind("registry.granted", _("授权"), _NAMES),
    EventKind("registry.revoked", _("收回授权"), _NAMES),
    EventKind("registry.account_created", _("开通账号"), _NAMES),
    EventKind("registry.password_reset", _("重置密码"), _NAMES),
    EventKind("registry.account_disabled", _("停用账号"), _NAMES),
    EventKind("registry.temporary_account", _("开通临时账号"), _NAMES),
    EventKind("registry.temporary_ended", _("收回临时账号")),
    EventKind("registry.imported", _("从 Excel 导入组织与人员")),
    EventKind("period.open", _("启用年度")),
    EventKind("period.close", _("封存年度")),
    EventKind("period.reopen", _("重新启用年度")),
)
