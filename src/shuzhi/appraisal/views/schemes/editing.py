"""The editor: the tree with its points, the form of one part, and every change."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.appraisal.forms.scheme import ItemForm, points_field
from shuzhi.appraisal.forms.scheme_parts import GeneralForm, GradesForm, VetoesForm
from shuzhi.appraisal.models import SchemeDraft
from shuzhi.appraisal.policy import SCORED
from shuzhi.appraisal.queries.schemes import basis_of, used_by
from shuzhi.appraisal.schemes import changes
from shuzhi.appraisal.schemes.document import Document, Outline, Steps, steps_of
from shuzhi.appraisal.schemes.tree import Tree, title_of, tree_of
from shuzhi.appraisal.services import schemes as verbs
from shuzhi.kernel.errors import ForbiddenError, RefusedError, StateError
from shuzhi.kernel.language import language
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import refusal
from shuzhi.kernel.typed import whole

from .loading import MANAGE, is_part, load_scheme, rights, url

CHANGED = "scheme-changed"  # what the trial beside the tree waits for
WORK, STATUS, SUM = (f"appraisal/schemes/_{part}.html" for part in ("work", "status", "sum"))
PARTS: Mapping[str, type[forms.Form]] = {
    "general": GeneralForm,
    "grades": GradesForm,
    "vetoes": VetoesForm,
}


def form_of(request: ActorRequest, document: Outline, item: str) -> forms.Form:
    """Return the form of the chosen part."""
    data = request.POST if request.method == "POST" and "save" in request.POST else None
    if item in PARTS:
        return PARTS[item](data, document=document)  # type: ignore[call-arg]  # all three take it
    node = document.spot(steps_of(item)).node
    form = ItemForm(data, node=node, kind=(data or request.GET).get("kind", ""))
    typed = {name: request.GET[name] for name in form.fields if name in request.GET}
    form.initial.update(typed if data is None else {})
    return form


def context_of(
    request: ActorRequest, draft: SchemeDraft, item: str, form: forms.Form | None = None
) -> dict[str, Any]:
    """Return what the tree and the open form show; an item that has gone is open no more."""
    document = Outline(draft.text)
    tree = tree_of(document, language())
    item = _located(request, document, item)
    if item and form is None:
        form = form_of(request, document, item)
    return {
        "tree": tree,
        "item": item,
        "chosen": _chosen(tree, item),
        "form": form,
        "last_edit": draft.revisions.first(),
        **rights(request, draft),
    }


def _located(request: ActorRequest, document: Outline, item: str) -> str:
    """Return where the open item stands now; "" once it has gone.

    A form names its item: somebody else may have moved it, and its address is another's since.
    """
    spots = {spot.address: spot.id for spot in document.spots()}
    own = request.POST.get("own", spots.get(item))
    if item in PARTS or (item in spots and spots[item] == own):
        return item
    return next((address for address, name in spots.items() if own and name == own), "")


def _chosen(tree: Tree, item: str) -> dict[str, Any] | None:
    """Return what the open indicator's place allows; None where a part or nothing is open."""
    row = next((row for row in tree.rows if row.spot.address == item), None)
    if row is None:
        return None
    return {"id": row.spot.id, "is_branch": row.is_branch, "goals": tree.goals(row)}


def scheme_editor(request: ActorRequest, scheme: str) -> HttpResponse:
    """Show a scheme as a tree; a text that only a person can edit leads to its text."""
    found = load_scheme(request, scheme)
    try:
        context = context_of(request, found, request.GET.get("item", "")) | _use(found)
    except RefusedError as error:
        if is_part(request):
            return HttpResponse(headers={"HX-Redirect": url(found)})
        context = {"refused": error.message, "text": found.text, **rights(request, found)}
        return render(request, "appraisal/schemes/text.html", context)
    return render(request, WORK if is_part(request) else "appraisal/schemes/editor.html", context)


def _use(draft: SchemeDraft) -> dict[str, Any]:
    """Return what a scheme began with, the reviews scored by it, whether one has scores."""
    used = used_by(draft)
    frozen = any(review.state in SCORED for review in used)
    return {"basis": basis_of(draft), "used": used, "frozen": frozen}


def _answer(
    request: ActorRequest, draft: SchemeDraft, edit: Callable[[], SchemeDraft], item: str
) -> HttpResponse:
    """Run an edit; send the changed piece, or lead back to the editor without htmx."""
    try:
        changed = edit()
    except ForbiddenError as error:
        return refusal(request, error)
    except RefusedError as error:
        if not is_part(request):
            return refusal(request, error)
        return _refused(request, draft, error, item)
    if not is_part(request):
        return redirect(f"{url(draft)}?item={item}")
    template = STATUS if _is_slight(request) else WORK
    response = render(request, template, context_of(request, changed, item))
    response["HX-Trigger"] = CHANGED
    return response


def _is_slight(request: ActorRequest) -> bool:
    """Tell whether points were typed in the tree: what is typed there stays."""
    return request.headers.get("HX-Target") == "sc-status"


def _refused(
    request: ActorRequest, draft: SchemeDraft, error: RefusedError, item: str
) -> HttpResponse:
    """Say why beside the sum; whoever was overtaken by somebody else gets the new tree."""
    draft.refresh_from_db()
    context = context_of(request, draft, item) | {"refused": error.message}
    if _is_slight(request) and not isinstance(error, StateError):
        return render(request, SUM, context, status=422)
    response = render(request, WORK, context, status=422)
    response["HX-Retarget"] = "#sc-work"
    return response


def _base(request: ActorRequest) -> int:
    base = whole(request.POST.get("revision", ""))
    return -1 if base is None else base


@require_POST
def scheme_item(request: ActorRequest, scheme: str) -> HttpResponse:
    """Save the form of an item, of the whole, of grades or of vetoes."""
    found = load_scheme(request, scheme, MANAGE)
    try:
        outline = Outline(found.text)
        item = _located(request, outline, request.POST.get("item", ""))
        if not item:
            raise StateError(_("这一项刚被删去，刚才填写的没有保存。"))
        form = form_of(request, outline, item)
    except RefusedError as error:
        if is_part(request) and isinstance(error, StateError):
            return _refused(request, found, error, "")
        return refusal(request, error)
    if not form.is_valid():
        context = context_of(request, found, item, form)
        template = WORK if is_part(request) else "appraisal/schemes/editor.html"
        return render(request, template, context, status=422)
    return _answer(
        request,
        found,
        lambda: verbs.edit_scheme(found, _base(request), _change(item, form), actor=request.actor),
        item,
    )


def _change(item: str, form: forms.Form) -> Callable[[Document], str]:
    if isinstance(form, GradesForm):
        return lambda document: changes.put_rows(document, "grades", form.rows(), "grade")
    if isinstance(form, VetoesForm):
        return lambda document: changes.put_rows(document, "vetoes", form.rows(), "id")
    if isinstance(form, ItemForm):
        return lambda document: changes.put_item(document, steps_of(item), form.item())
    return lambda document: changes.put_general(document, form.cleaned_data)


@require_POST
def scheme_tree(request: ActorRequest, scheme: str) -> HttpResponse:
    """Change the tree: points of an item, a new one, one less, up or down, or take an edit back."""
    found = load_scheme(request, scheme, MANAGE)
    item, do = request.POST.get("item", ""), request.POST.get("do", "")
    if do == "undo":
        return _answer(
            request,
            found,
            lambda: verbs.undo_edit(found, _base(request), actor=request.actor),
            "",
        )

    def edit() -> SchemeDraft:
        change = _tree_change(request, do, item)
        return verbs.edit_scheme(found, _base(request), change, actor=request.actor)

    return _answer(request, found, edit, _next_item(request, found, do, item))


def _next_item(request: ActorRequest, draft: SchemeDraft, do: str, item: str) -> str:
    """Return the part whose form stands open after a change."""
    if do == "points":
        return request.POST.get("open", "")
    try:
        if do == "into":
            return _moved(Document(draft.text), item, request.POST.get("into", ""))
        standing = Outline(draft.text).addresses()
    except RefusedError:  # the edit itself says why
        return item
    head, dot, last = item.rpartition(".")
    if do in {"up", "down"} and (place := whole(last)) is not None:
        moved = f"{head}{dot}{max(place + (1 if do == 'down' else -1), 0)}"
        return moved if moved in standing else item
    if do in {"leaf", "branch", "bonus"}:
        below = f"{item}." if item else ""
        return next(new for n in count() if (new := f"{below}{n}") not in standing)
    return ""


def _moved(document: Document, item: str, goal: str) -> str:
    """Return where an indicator stands once it has moved to another branch."""
    node = document.spot(steps_of(item)).node
    changes.into_branch(document, steps_of(item), steps_of(goal) if goal else ())
    return next(spot.address for spot in document.spots() if spot.node is node)


def _tree_change(request: ActorRequest, do: str, item: str) -> Callable[[Document], str]:
    steps = steps_of(item) if item else ()
    if do == "points":  # read only once it is known that the page is not an old one
        return lambda document: changes.set_points(
            document, steps, _points(request, document, steps)
        )
    if do == "remove":
        return lambda document: changes.remove_item(document, steps)
    if do in {"up", "down"}:
        return lambda document: changes.move_item(document, steps, 1 if do == "down" else -1)
    if do == "into":
        goal = request.POST.get("into", "")
        return lambda document: changes.into_branch(document, steps, steps_of(goal) if goal else ())
    return lambda document: changes.add_item(document, steps, do)


def _points(request: ActorRequest, document: Document, steps: Steps) -> Any:
    try:
        return points_field(min_value=0).clean(request.POST.get("points", "").strip())
    except forms.ValidationError as error:
        title = title_of(document.spot(steps).node, language())
        words = _("“%(title)s”的分值没有保存：%(wrong)s")
        wrong = " ".join(error.messages)
        raise RefusedError(words % {"title": title, "wrong": wrong}) from error
