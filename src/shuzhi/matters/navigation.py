"""Where matters stand in the navigation."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuzhi.kernel.access import Permission
from shuzhi.kernel.navigation import Entry, Section

ENTRIES = (
    Entry(
        pgettext_lazy("导航", "事项"),
        "matters:list",
        Permission.MATTER_VIEW,
        Section.MATTERS,
        order=10,
    ),
    Entry(_("督办一览"), "matters:county", Permission.MATTER_VIEW, Section.MATTERS, order=20),
    Entry(_("新立事项"), "matters:new", Permission.MATTER_OPEN, Section.MATTERS, order=30),
)
