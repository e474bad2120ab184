"""What is kept of a reporter already: nobody who has any of it is taken out of the review."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.language import clauses, listed

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from shuzhi.appraisal.models import Entrant

_SILENT = Q(comment__good="", comment__lacking="", comment__direction="")
HELD = (
    (_("述职报告"), Q(report__sections__length__gt=0) | Q(report__upload__isnull=False)),
    (_("平时考核数据"), Q(figures__isnull=False)),
    (_("加减分事项"), Q(happenings__isnull=False)),
    (_("一票否决"), Q(vetoes__isnull=False)),
    (_("点评"), Q(comment__isnull=False) & ~_SILENT),
    (_("整改问题"), Q(problems__isnull=False)),
    (_("测评票"), Q(review__poll__opened_at__isnull=False)),
)


def held_words(entrants: "QuerySet[Entrant]") -> str:
    """Say of each of the reporters what is kept of it; empty where there is nothing."""
    found: dict[str, list[object]] = {}
    for title, holds in HELD:
        rows = entrants.filter(holds).order_by("position", "pk").distinct()
        for name in rows.values_list("unit__short_name", flat=True):
            found.setdefault(name, []).append(title)
    return clauses(
        _("%(unit)s：%(what)s") % {"unit": name, "what": listed(titles)}
        for name, titles in found.items()
    )
