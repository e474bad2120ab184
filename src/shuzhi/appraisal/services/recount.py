"""Hand out what a recount needs."""

from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.models import Review
from shuzhi.appraisal.policy import SCORED, require_state
from shuzhi.appraisal.queries.results import current_run
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError, StateError
from shuzhi.kernel.files import read_bytes
from shuzhi.kernel.writes import verb


@verb
def export_recount(review: Review, *, actor: Actor) -> bytes:
    """Return the stored archive of the current run (scheme, data, results, hashes, README).

    It holds each mark by category: refused while the breakdown by category is withheld.
    """
    require(actor, Permission.REVIEW_RESULT, review)
    require_state(review, *SCORED)
    run = current_run(review)
    if run is None:
        raise StateError(_("还没有计分结果。"))
    if why := run.why_withheld:
        raise RefusedError(why)
    record("review.recount", review, actor=actor, after={"archive": run.archive.sha256})
    return read_bytes(run.archive)
