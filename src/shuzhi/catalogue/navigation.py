"""Where the catalogue stands in the navigation."""

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Permission
from shuzhi.kernel.navigation import Entry, Section

ENTRIES = (Entry(_("制度库"), "catalogue:list", Permission.CATALOGUE_VIEW, Section.CATALOGUE),)
