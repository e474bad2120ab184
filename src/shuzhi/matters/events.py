"""News from matters to higher rooms, and the words of what is recorded."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.audit import EventKind

if TYPE_CHECKING:
    from .models import Matter


@dataclass(frozen=True)
class MatterOpened:
    """A matter stands; `matter` is as it stood when it was opened."""

    matter: "Matter"


@dataclass(frozen=True)
class MatterStepTaken:
    """A step has been taken; the matter stands where it led."""

    matter: "Matter"
    step: str


@dataclass(frozen=True)
class MatterClosed:
    """A matter has come to an end, done or dropped."""

    matter: "Matter"


_PERSONAL = frozenset({"personal"})
AUDIT = (
    EventKind("matter.opened", _("事项立项"), _PERSONAL),
    EventKind("matter.step", _("办理事项"), _PERSONAL),
    EventKind("matter.extension_asked", _("申请延期")),
    EventKind("matter.extension_decided", _("答复延期申请")),
    EventKind("matter.split", _("事项分办")),
    EventKind("matter.party", _("调整事项当事方")),
    EventKind("matter.escalated", _("逾期事项报上级")),
    EventKind("matter.urged", _("催办事项")),
    EventKind("matter.carried", _("事项转入下一年度")),
    EventKind("matter.imported", _("导入事项台账")),
    EventKind("matter.terms_recounted", _("按工作日历重算期限")),
)
