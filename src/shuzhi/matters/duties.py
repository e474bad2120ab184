"""What matters ask of a person today, over all kinds: five queries, however many there are."""

from collections.abc import Iterator

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from shuzhi.kernel.access import Actor, Permission
from shuzhi.kernel.worklist import Duty

from .enums import ExtensionState
from .mechanism import mechanism_of
from .models import Extension, Matter, MatterParty
from .queries.beside import story_url
from .queries.listing import View, acting, is_mine, passed_on, seen
from .tables import list_address

SHOWN = 20  # home names the nearest; the list has the rest
MINUTES = 10
URGED_FIRST = F("urged_on").desc(nulls_last=True)


def _mine(actor: Actor) -> Iterator[Duty]:
    rows = Matter.objects.filter(is_mine(actor), closed_on=None).select_related("state")
    nearest = list(rows.order_by(URGED_FIRST, "due", "pk")[: SHOWN + 1])
    for row in nearest[:SHOWN]:
        words = mechanism_of(row.reference).plan.words
        hint = f"{words} {row.number} · {row.state}" if row.number else f"{words} · {row.state}"
        urged = row.urged_on is not None
        yield Duty(row.title, story_url(row), hint=hint, due=row.due, minutes=MINUTES, urged=urged)
    if len(nearest) > SHOWN:
        left = rows.count() - SHOWN
        yield Duty(_("还有 %(n)d 件事项轮到您办理") % {"n": left}, list_address(view=View.MINE))


def _extensions(actor: Actor) -> Iterator[Duty]:
    mine = MatterParty.objects.filter(acting(actor)).values("matter")
    rows = Extension.objects.filter(state=ExtensionState.ASKED, deadline__matter__in=mine).exclude(
        asked_by=actor.account_id
    )
    rows = rows.select_related("deadline__matter").prefetch_related(
        "deadline__matter__parties__unit"
    )
    for row in rows[:SHOWN]:
        matter = row.deadline.matter
        rule = mechanism_of(matter.reference).plan.by_deadline[row.deadline.key].extension
        if rule and _acts(actor, matter, rule.approved_by):
            title = _("答复延期申请：%(title)s") % {"title": matter.title}
            yield Duty(title, story_url(matter), due=row.deadline.due_on, minutes=MINUTES)


def _acts(actor: Actor, matter: Matter, parties: tuple[str, ...]) -> bool:
    from .standing import acts_for

    return any(row.party in parties and acts_for(actor, row) for row in matter.parties.all())


def _came_up(actor: Actor) -> list[Matter]:
    """Return what others let pass beyond its grace, so that it came to the actor's unit."""
    if not (actor.home_path and actor.has(Permission.MATTER_ACT)):
        return []
    late = passed_on(Q(escalated_to__path=actor.home_path, due_on__lt=timezone.localdate()))
    rows = seen(actor).filter(pk__in=late.values("matter"), split=False).exclude(is_mine(actor))
    return list(rows.select_related("unit").order_by("due", "pk")[:SHOWN])


def _awaited(actor: Actor) -> Iterator[Duty]:
    """What others owe and have let pass: passed on one by one, else where the actor has a part."""
    passed = _came_up(actor)
    for one in passed:
        hint = _("超过宽限期没有办，已报给您")
        yield Duty(one.title, story_url(one), hint=hint, due=one.due, owed_by=one.unit.short_name)
    mine = MatterParty.objects.filter(acting(actor)).values("matter")
    late = Matter.objects.filter(due__lt=timezone.localdate(), pk__in=mine).exclude(is_mine(actor))
    late = late.exclude(pk__in=[one.pk for one in passed])
    grouped = late.order_by().values("reference").annotate(n=Count("pk")).order_by("reference")
    for row in grouped:
        words = {"n": row["n"], "what": mechanism_of(row["reference"]).plan.words}
        url = list_address(view=View.OVERDUE)
        yield Duty(_("%(n)d 件%(what)s已经逾期") % words, url, owed_by=_("承办的单位和个人"))


def matter_duties(actor: Actor) -> list[Duty]:
    """Return the duties of whoever acts for a unit or is a person in the tree."""
    if actor.person_id is None:
        return []
    return [*_mine(actor), *_extensions(actor), *_awaited(actor)]
