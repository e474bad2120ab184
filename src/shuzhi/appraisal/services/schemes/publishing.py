"""Publish a draft as a version that never changes, and take a version out of use."""

import hashlib

from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.models import SchemeDraft
from shuzhi.appraisal.schemes.document import Document
from shuzhi.appraisal.schemes.faults import in_words
from shuzhi.appraisal.schemes.packing import pack_text
from shuzhi.appraisal.workflow import SCHEME
from shuzhi.catalogue import queries as catalogue
from shuzhi.catalogue import services as keeping
from shuzhi.engine.scheme import Faults, parse_scheme
from shuzhi.engine.scheme.places import read_yaml
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.workflow import perform
from shuzhi.kernel.writes import verb


def _named(text: str, name: str, version: int) -> str:
    """Return the text under its own name and number; one that refers to itself stays as it is."""
    try:
        document = Document(text)
    except RefusedError:
        return text
    document.root["scheme"], document.root["version"] = name, version
    return document.text()


@verb
def publish_scheme(draft: SchemeDraft, *, actor: Actor) -> SchemeDraft:
    """Publish: the catalogue keeps the version with its SHA-256; refused while faults are left."""
    require(actor, Permission.CATALOGUE_MANAGE, draft)
    draft = (
        SchemeDraft.objects.select_for_update(of=("self",)).select_related("unit").get(pk=draft.pk)
    )
    newest = catalogue.versions_of(draft.mechanism).first()
    version = newest.version + 1 if newest else 1
    text = _named(draft.text, draft.mechanism, version)
    try:
        parse_scheme(text)
    except Faults as error:
        said = "\n".join(in_words(fault) for fault in error.faults)
        raise RefusedError(_("方案还有错，不能发布：%(faults)s") % {"faults": said}) from error
    body = read_yaml(text, "scheme.yaml").value
    reference = f"{draft.mechanism}@{version}"
    whole = pack_text(draft.envelope, body, text, title=draft.title, reference=reference)
    keeping.keep_version(actor=actor, unit=draft.unit, mechanism=draft.mechanism, text=whole)
    if text != draft.text:
        draft.text = text
        draft.save(update_fields=["text"])
    return perform(
        SCHEME,
        draft,
        "publish",
        actor=actor,
        mechanism=draft.mechanism,
        version=version,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


@verb
def withdraw_scheme(draft: SchemeDraft, reason: str, *, actor: Actor) -> SchemeDraft:
    """Take a version out of use; reviews that began with it go on with it."""
    done = perform(SCHEME, draft, "withdraw", actor=actor, reason=reason.strip())
    keeping.withdraw_version(
        actor=actor, unit=done.unit, mechanism=done.mechanism, version=done.version or 0
    )
    return done
