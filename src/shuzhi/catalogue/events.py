"""Audit events of the catalogue."""

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.audit import EventKind

EVENTS = (
    EventKind("catalogue.version_kept", _("收录制度版本")),
    EventKind("catalogue.version_withdrawn", _("停用制度版本")),
    EventKind("catalogue.offered", _("启用制度")),
    EventKind("catalogue.withdrawn", _("停用制度")),
)
