"""Edit a draft: one change at a time, each with its way back."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import SchemeState
from shuzhi.appraisal.models import SchemeDraft, SchemeRevision
from shuzhi.appraisal.schemes.document import Document
from shuzhi.appraisal.schemes.tree import title_of
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError, StateError
from shuzhi.kernel.writes import verb

Change = Callable[[Document], str]
LONGEST = 200_000  # characters of a scheme's text
KEPT = 100  # edits that can be taken back


def _locked(draft: SchemeDraft, base: int, actor: Actor) -> SchemeDraft:
    locked = (
        SchemeDraft.objects.select_for_update(of=("self",))
        .select_related("unit", "last")
        .get(pk=draft.pk)
    )
    require(actor, Permission.REVIEW_MANAGE, locked)
    if locked.state != SchemeState.DRAFT:
        raise StateError(_("方案已经发布，不能再改。要改，请另起新版本。"))
    if locked.revision != base:
        raise StateError(_("这份方案刚在别处改过，页面已更新，请核对后再改。"))
    return locked


def _keep(draft: SchemeDraft, text: str, did: str, actor: Actor) -> SchemeDraft:
    if text == draft.text:
        return draft
    SchemeRevision.objects.create(
        draft=draft, number=draft.revision, text=draft.text, did=did[:200], by_id=actor.account_id
    )
    old = draft.revisions.filter(number__lte=draft.revision - KEPT)
    old.delete()
    draft.text, draft.revision = text, draft.revision + 1
    draft.changed_by_id = actor.account_id
    draft.save(update_fields=["text", "title", "revision", "changed_by", "changed_at"])
    record("scheme.edit", draft, actor=actor, after={"revision": draft.revision, "did": did})
    return draft


@verb
def edit_scheme(draft: SchemeDraft, base: int, change: Change, *, actor: Actor) -> SchemeDraft:
    """Apply a change to what stood at revision `base`; the text may be faulty meanwhile."""
    locked = _locked(draft, base, actor)
    document = Document(locked.text)
    before = title_of(document.root)
    did = change(document)
    if (title := title_of(document.root)) != before:  # a copy bears the name that it was given
        locked.title = title[:120]
    return _keep(locked, document.text(), did, actor)


@verb
def replace_text(draft: SchemeDraft, base: int, text: str, *, actor: Actor) -> SchemeDraft:
    """Put another text in place as typed."""
    locked = _locked(draft, base, actor)
    if len(text) > LONGEST:
        raise RefusedError(_("方案文本太长。"))
    return _keep(locked, text, str(_("直接修改文本")), actor)


@verb
def undo_edit(draft: SchemeDraft, base: int, *, actor: Actor) -> SchemeDraft:
    """Take the latest edit back."""
    locked = _locked(draft, base, actor)
    last = locked.revisions.first()
    if last is None:
        raise RefusedError(_("没有可以撤回的修改。"))
    locked.text, locked.revision = last.text, last.number
    last.delete()
    locked.save(update_fields=["text", "revision", "changed_at"])
    record("scheme.undo", locked, actor=actor, after={"revision": locked.revision})
    return locked


@verb
def set_mapping(draft: SchemeDraft, mapping: Mapping[str, Any], *, actor: Actor) -> SchemeDraft:
    """Say which item of last year each item continues; "" for none."""
    locked = _locked(draft, draft.revision, actor)
    locked.mapping = {str(new): str(old) for new, old in mapping.items() if new != old}
    locked.save(update_fields=["mapping", "changed_at"])
    record("scheme.edit", locked, actor=actor, after={"mapping": locked.mapping})
    return locked
