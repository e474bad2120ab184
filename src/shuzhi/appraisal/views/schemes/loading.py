"""How the scheme pages fetch a scheme, and what every one of them may offer."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from shuzhi.appraisal.enums import SchemeState
from shuzhi.appraisal.models import SchemeDraft
from shuzhi.appraisal.queries.schemes import SEE
from shuzhi.kernel.access import Permission, allows, load
from shuzhi.kernel.middleware import ActorRequest

MANAGE = Permission.REVIEW_MANAGE
PUBLISH = Permission.CATALOGUE_MANAGE


def load_scheme(request: ActorRequest, public_id: str, do: Permission | None = None) -> SchemeDraft:
    """Return the scheme within reach (404), on which `do` is permitted (403)."""
    rows = SchemeDraft.objects.select_related("unit", "last")
    return load(rows, request.actor, SEE, do, public_id=public_id)


def url(draft: SchemeDraft, page: str = "scheme-editor") -> str:
    """Return a page of a scheme."""
    return reverse(f"appraisal:{page}", args=[draft.public_id])


def is_part(request: HttpRequest) -> bool:
    """Tell whether a piece of the page is asked for."""
    return request.headers.get("HX-Request") == "true"


def rights(request: ActorRequest, draft: SchemeDraft) -> dict[str, Any]:
    """Return what the page may offer."""
    manages = allows(request.actor, MANAGE, draft)
    return {
        "scheme": draft,
        "may_manage": manages,
        "editable": manages and draft.state == SchemeState.DRAFT,
        "may_publish": allows(request.actor, PUBLISH, draft),
    }
