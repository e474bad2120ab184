"""Where the registry stands in the navigation."""

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Permission
from shuzhi.kernel.navigation import Entry, Section

ENTRIES = (
    Entry(_("组织"), "registry:units", Permission.REGISTRY_VIEW, Section.REGISTRY, 1),
    Entry(_("人员"), "registry:people", Permission.REGISTRY_VIEW, Section.REGISTRY, 2),
    Entry(_("授权"), "registry:grants", Permission.GRANT_MANAGE, Section.REGISTRY, 3),
    Entry(_("年度"), "registry:periods", Permission.PERIOD_MANAGE, Section.REGISTRY, 4),
    Entry(_("Excel 导入导出"), "registry:import", Permission.REGISTRY_MANAGE, Section.REGISTRY, 5),
)
