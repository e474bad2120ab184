"""Press for a matter: told in its story, at the top of the owner's work list, in the digest."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from shuzhi.kernel.access import Actor
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import ForbiddenError, RefusedError, StateError
from shuzhi.kernel.period import require_open
from shuzhi.kernel.worklist import countdown
from shuzhi.kernel.writes import verb
from shuzhi.matters.enums import StepKind
from shuzhi.matters.models import Matter, MatterStep
from shuzhi.matters.moving import office
from shuzhi.matters.rights import follows
from shuzhi.matters.standing import standing


@verb
def urge(*, actor: Actor, matter: Matter) -> Matter:
    """Press whoever's turn it is; at most once a day a matter. A step answers it.

    Raises `ForbiddenError` for who does not follow it, `RefusedError` where there is nobody else
    to press, `StateError` where it has ended or has been pressed for today.
    """
    held = Matter.objects.select_for_update().get(pk=matter.pk)
    require_open(held.year)
    if not follows(held, actor):
        raise ForbiddenError(_("只有交办的一方和上级可以催办。"))
    _check(held, actor)
    today = timezone.localdate()
    if held.story.filter(kind=StepKind.URGED, at__date=today).exists():
        raise StateError(_("“%(title)s”今天已经催办过了，明天可以再催。") % {"title": held.title})
    held.urged_on = today
    held.save(update_fields=["urged_on"])
    party = min(standing(held, actor).now, default="")
    with override("zh-hans"):  # a story is kept in Chinese, whoever presses
        left = countdown(held.due, today) if held.due else ""
        note = "，".join(filter(None, (str(_("请抓紧办理")), left)))
    MatterStep.objects.create(
        matter=held,
        kind=StepKind.URGED,
        state=held.state_key,
        round=held.round,
        note=note,
        **office(held, actor, party),
    )
    record("matter.urged", held, actor=actor, after={"state": held.state_key})
    matter.refresh_from_db()
    return matter


def _check(matter: Matter, actor: Actor) -> None:
    if matter.ended:
        raise StateError(_("事项已经办结，不用催办。"))
    if matter.split:
        raise RefusedError(_("这件事项已经分办，请分别催办各部分。"))
    turn = matter.state.waits_for
    if not turn or turn in standing(matter, actor).now:
        raise RefusedError(_("现在没有在等别人办理，不用催办。"))
