"""Grants: for the security administrator alone."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.kernel.access import Permission, visible
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, act_on_form
from shuzhi.kernel.tables import render_list
from shuzhi.kernel.views.guards import needs
from shuzhi.registry import services
from shuzhi.registry.forms import GrantForm
from shuzhi.registry.models import RoleGrant
from shuzhi.registry.tables import GRANTS

from .loading import load_grant, load_post

GRANT = Permission.GRANT_MANAGE


@needs(GRANT)
def grant_list(request: ActorRequest) -> HttpResponse:
    """List who may act in which role, and since when."""
    rows = RoleGrant.objects.filter(visible(request.actor, GRANT, RoleGrant))
    rows = rows.select_related("appointment__person", "appointment__unit")
    return render_list(request, GRANTS, rows)


def grant_new(request: ActorRequest, post: int) -> HttpResponse:
    """Give a role to the holder of a post."""
    found = load_post(request, post, GRANT)
    back = reverse("registry:person", args=[found.person.public_id])
    return act_on_form(
        request,
        GrantForm(request.POST or None),
        lambda data: services.grant_role(actor=request.actor, appointment=found, **data),
        template="registry/form.html",
        done=lambda made: (
            _("%(name)s 现在可以以“%(role)s”的角色工作。")
            % {"name": found.person.name, "role": made.get_role_display()}
        ),
        to=back,
        title=_("授予角色"),
        back=back,
        subject=f"{found.person.name} · {found.unit.name}{found.post}",
    )


@require_POST
def grant_revoke(request: ActorRequest, grant: int) -> HttpResponse:
    """Take a role away from now on."""
    found = load_grant(request, grant)
    return act(
        request,
        lambda: services.revoke_role(actor=request.actor, grant=found),
        done=_("角色已收回，立即生效。"),
        to=reverse("registry:person", args=[found.appointment.person.public_id]),
    )
