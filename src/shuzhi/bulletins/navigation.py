"""Where bulletins and the meeting's papers stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Permission
from shuzhi.kernel.navigation import Entry, Section

ENTRIES = (
    Entry(_("通报"), "bulletins:list", Permission.BULLETIN_VIEW, Section.BULLETINS, order=10),
    Entry(
        _("会议材料"), "bulletins:meetings", Permission.GATHERING_VIEW, Section.BULLETINS, order=20
    ),
)
