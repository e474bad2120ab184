"""Where meetings stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Permission
from shuzhi.kernel.navigation import Entry, Section

ENTRIES = (
    Entry(_("会议"), "gatherings:list", Permission.GATHERING_VIEW, Section.MEETINGS, order=20),
)
