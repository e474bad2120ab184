"""Posts: appoint, from a unit's or a person's page, and relieve."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from shuzhi.kernel.access import visible
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act_on_form
from shuzhi.registry import services
from shuzhi.registry.forms import AppointForm, RelieveForm
from shuzhi.registry.models import Appointment, Person

from .loading import MANAGE, VIEW, load_person, load_post, load_unit


def _appointed(made: Appointment) -> str:
    facts = {"name": made.person.name, "unit": made.unit.name, "post": made.post}
    return _("%(name)s 任%(unit)s%(post)s，已登记。") % facts


def _appoint(
    request: ActorRequest, form: AppointForm, fixed: dict[str, Any], back: str
) -> HttpResponse:
    (subject,) = fixed.values()
    return act_on_form(
        request,
        form,
        lambda data: services.appoint(actor=request.actor, **data | fixed),
        template="registry/form.html",
        done=_appointed,
        to=back,
        title=_("任职"),
        back=back,
        subject=subject,
    )


def appoint_in_unit(request: ActorRequest, unit: str) -> HttpResponse:
    """Appoint somebody to a post in this unit."""
    found = load_unit(request, unit, MANAGE)
    form = AppointForm(request.POST or None)
    del form.fields["unit"]
    rows = Person.objects.filter(visible(request.actor, VIEW, Person))
    form.fields["person"].offer(rows)  # type: ignore[attr-defined]
    return _appoint(request, form, {"unit": found}, reverse("registry:unit", args=[unit]))


def appoint_person(request: ActorRequest, person: str) -> HttpResponse:
    """Appoint this person to a post in some unit."""
    found = load_person(request, person, MANAGE)
    form = AppointForm(request.POST or None, initial={"unit": found.home.with_code})
    del form.fields["person"]
    form.fields["unit"].offer(request.actor, MANAGE)  # type: ignore[attr-defined]
    return _appoint(request, form, {"person": found}, reverse("registry:person", args=[person]))


def relieve(request: ActorRequest, post: int) -> HttpResponse:
    """End a post."""
    found = load_post(request, post, MANAGE)
    back = reverse("registry:unit", args=[found.unit.public_id])
    return act_on_form(
        request,
        RelieveForm(request.POST or None),
        lambda data: services.relieve(actor=request.actor, appointment=found, **data),
        template="registry/form.html",
        done=_("已登记 %(name)s 免职。") % {"name": found.person.name},
        to=back,
        title=_("免职"),
        back=back,
        subject=f"{found.person.name} · {found.unit.name}{found.post}",
    )
