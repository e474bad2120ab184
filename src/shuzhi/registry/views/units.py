"""Units: the list, one unit, and what is done to it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shuzhi.kernel.access import Permission, allows, visible
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act_on_form
from shuzhi.kernel.tables import render_list
from shuzhi.kernel.views.guards import needs
from shuzhi.registry import queries, services
from shuzhi.registry.forms import AbolishForm, MoveForm, NewUnitForm, UnitNameForm
from shuzhi.registry.models import Unit
from shuzhi.registry.policy import holds
from shuzhi.registry.tables import UNITS, units_listed

from .loading import MANAGE, VIEW, load_unit

MOST_PEOPLE = 100  # named on a unit's own page; the list of people shows the rest


def _page(unit: Unit) -> str:
    return reverse("registry:unit", args=[unit.public_id])


@needs(VIEW)
def unit_list(request: ActorRequest) -> HttpResponse:
    """List the units within reach, as the tree orders them."""
    rows = Unit.objects.filter(visible(request.actor, VIEW, Unit))
    may_manage = request.actor.has(MANAGE)
    return render_list(
        request, UNITS, units_listed(rows), "registry/units.html", may_manage=may_manage
    )


def unit_page(request: ActorRequest, unit: str) -> HttpResponse:
    """Show one unit: who is in post, what stands below it, where it stands."""
    found = load_unit(request, unit)
    posts, above = queries.posts_in(found), queries.ancestors(found)
    below, within = queries.children(found), visible(request.actor, VIEW, Unit)
    context = {
        "unit": found,
        "above": above,
        "reachable": {*above.filter(within), *below.filter(within)},
        "below": units_listed(below),
        "posts": posts.filter(holds()),
        "former": posts.exclude(holds()),
        "people": queries.people_at(found)[:MOST_PEOPLE],
        "may_manage": allows(request.actor, MANAGE, found),
        "may_prepare": allows(request.actor, Permission.GATHERING_PREPARE, found),
    }
    return render(request, "registry/unit.html", context)


def unit_new(request: ActorRequest, unit: str) -> HttpResponse:
    """Create a unit below another."""
    parent = load_unit(request, unit, MANAGE)
    return act_on_form(
        request,
        NewUnitForm(request.POST or None),
        lambda data: services.create_unit(actor=request.actor, parent=parent, **data),
        template="registry/form.html",
        done=lambda made: (
            _("已在%(parent)s下新设“%(unit)s”。") % {"parent": parent.name, "unit": made.name}
        ),
        to=_page,
        title=_("新设下级组织"),
        back=_page(parent),
        subject=parent,
    )


def unit_edit(request: ActorRequest, unit: str) -> HttpResponse:
    """Rename a unit."""
    found = load_unit(request, unit, MANAGE)
    now = {"name": found.name, "short_name": found.short_name}
    return act_on_form(
        request,
        UnitNameForm(request.POST or None, initial=now),
        lambda data: services.rename_unit(actor=request.actor, unit=found, **data),
        template="registry/form.html",
        done=_("名称已更新，此前印发的文件仍用原名。"),
        to=_page,
        title=_("修改名称"),
        back=_page(found),
        subject=found,
    )


def unit_move(request: ActorRequest, unit: str) -> HttpResponse:
    """Put a unit under another parent."""
    found = load_unit(request, unit, MANAGE)
    form = MoveForm(request.POST or None)
    form.fields["parent"].offer(request.actor, MANAGE)  # type: ignore[attr-defined]
    return act_on_form(
        request,
        form,
        lambda data: services.move_unit(actor=request.actor, unit=found, **data),
        template="registry/form.html",
        done=lambda moved: (
            _("“%(unit)s”及其下级已调整到%(parent)s。")
            % {"unit": moved.name, "parent": moved.parent}
        ),
        to=_page,
        title=_("调整隶属关系"),
        back=_page(found),
        subject=found,
    )


def unit_abolish(request: ActorRequest, unit: str) -> HttpResponse:
    """End a unit."""
    found = load_unit(request, unit, MANAGE)
    return act_on_form(
        request,
        AbolishForm(request.POST or None),
        lambda data: services.abolish_unit(actor=request.actor, unit=found, **data),
        template="registry/form.html",
        done=_("已登记撤销，以往的记录照旧保留。"),
        to=_page,
        title=_("撤销组织"),
        warning=_("撤销后不能再任职、不再参加考核。以往的记录不受影响。"),
        back=_page(found),
        subject=found,
    )
