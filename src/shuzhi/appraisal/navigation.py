"""The review's places in the navigation."""

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Permission
from shuzhi.kernel.navigation import Entry, Section

ENTRIES = (
    Entry(_("年度述职评议"), "appraisal:list", Permission.REVIEW_VIEW, Section.MEETINGS, 1),
    Entry(_("考核方案"), "appraisal:schemes", Permission.REVIEW_RESULT, Section.RESULTS, 2),
    Entry(_("考核结果"), "appraisal:results-index", Permission.REPORT_VIEW, Section.RESULTS, 1),
)
