"""Merge a small category into another before opening, so that its figures can be shown at all."""

from django.utils.translation import gettext_lazy as _

from shuzhi.ballots.enums import PollState
from shuzhi.ballots.models import PaperCount, Poll
from shuzhi.ballots.schema import PollForm, RaterCategory
from shuzhi.kernel.access import Actor
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.writes import verb

from .polls import locked_poll


def _merged(form: PollForm, source: RaterCategory, into: RaterCategory) -> PollForm:
    """Return the form with one category fewer; weights add up, recusal of either holds."""
    joined = into.model_copy(
        update={"weight": into.weight + source.weight, "recuse": into.recuse or source.recuse}
    )
    rows = [joined if row == into else row for row in form.categories if row != source]
    return form.model_copy(update={"categories": tuple(rows)})


def _move_paper(poll: Poll, source: str, into: str) -> None:
    moved = sum(poll.paper.filter(category=source).values_list("issued", flat=True))
    if moved:
        kept, _created = PaperCount.objects.get_or_create(poll=poll, category=into)
        kept.issued += moved
        kept.save(update_fields=["issued"])
    poll.paper.filter(category=source).delete()


@verb
def merge_categories(*, actor: Actor, poll: Poll, source: str, into: str) -> None:
    """Merge category `source` into `into`: slips stay valid, weights add up."""
    locked = locked_poll(poll, actor, PollState.DRAFT)
    form = locked.parsed_form
    one, other = form.category(source), form.category(into)
    if one is None or other is None or one == other:
        raise RefusedError(_("请选择两个不同的类别。"))
    locked.form = _merged(form, one, other).stored()
    locked.save(update_fields=["form"])
    locked.slips.filter(category=source).update(category=into)
    _move_paper(locked, source, into)
    facts = {"source": source, "into": into}
    record("poll.merged", locked, actor=actor, after=facts)
