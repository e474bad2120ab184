"""People: the list, one person, adding and changing."""

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
from shuzhi.registry.forms import PersonForm
from shuzhi.registry.models import Person
from shuzhi.registry.tables import PEOPLE, masked, people_listed

from .loading import MANAGE, VIEW, load_person, load_unit


def _page(person: Person) -> str:
    return reverse("registry:person", args=[person.public_id])


@needs(VIEW)
def people_list(request: ActorRequest) -> HttpResponse:
    """List the people within reach by the strokes of their names."""
    rows = Person.objects.filter(visible(request.actor, VIEW, Person), temporary=False)
    return render_list(request, PEOPLE, people_listed(rows))


def person_page(request: ActorRequest, person: str) -> HttpResponse:
    """Show one person: posts, and for administrators account and roles."""
    found, actor = load_person(request, person), request.actor
    may_manage = allows(actor, MANAGE, found)
    may_grant = allows(actor, Permission.GRANT_MANAGE, found)
    context = {
        "person": found,
        "phone": found.phone if may_manage else masked(found.phone),
        "posts": queries.posts_of(found),
        "grants": queries.grants_held(found) if may_grant else (),
        "may_manage": may_manage,
        "may_grant": may_grant,
        "may_account": allows(actor, Permission.ACCOUNT_MANAGE, found),
        "is_self": found.pk == actor.person_id,
    }
    return render(request, "registry/person.html", context)


def person_new(request: ActorRequest, unit: str) -> HttpResponse:
    """Register somebody in a unit."""
    home = load_unit(request, unit, MANAGE)
    form = PersonForm(request.POST or None, initial={"home": home.with_code})
    form.fields["home"].offer(request.actor, MANAGE)  # type: ignore[attr-defined]
    return act_on_form(
        request,
        form,
        lambda data: services.add_person(actor=request.actor, **data),
        template="registry/form.html",
        done=lambda made: _("已登记 %(name)s。接着可以任职。") % {"name": made.name},
        to=_page,
        title=_("登记人员"),
        back=reverse("registry:unit", args=[unit]),
        subject=home,
    )


def person_edit(request: ActorRequest, person: str) -> HttpResponse:
    """Correct what is known of a person."""
    found = load_person(request, person, MANAGE)
    now = {"name": found.name, "home": found.home.with_code, "phone": found.phone}
    form = PersonForm(request.POST or None, initial=now | {"sort_as": found.sort_as})
    form.fields["home"].offer(request.actor, MANAGE)  # type: ignore[attr-defined]
    return act_on_form(
        request,
        form,
        lambda data: services.change_person(actor=request.actor, person=found, **data),
        template="registry/form.html",
        done=_("人员信息已更新。"),
        to=_page,
        title=_("修改人员信息"),
        back=_page(found),
        subject=found,
    )
