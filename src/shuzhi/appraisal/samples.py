"""The templates from which a review is prepared: the catalogue's packs, read once a use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from shuzhi.ballots.services import PollForm
from shuzhi.catalogue import queries as catalogue
from shuzhi.kernel.errors import RefusedError

if TYPE_CHECKING:
    from shuzhi.catalogue.packs import Pack

SCHEME = "town-review"
POLL = "secretary-review-ballot"
GATHERING = "secretary-review-meeting"


@dataclass(frozen=True)
class Templates:
    """What a review starts from; `references` says which versions of which packs these are."""

    scheme_text: str
    form: PollForm
    topics: Sequence[Mapping[str, str]]
    meeting: Mapping[str, Any] = field(default_factory=dict)
    references: Mapping[str, Any] = field(default_factory=dict)


def _pack(name: str) -> "Pack":
    found = catalogue.mechanism(name)
    if found is None:
        raise RefusedError(_("制度库里没有“%(name)s”，不能建立评议。") % {"name": name})
    return found


def templates() -> Templates:
    """Return the latest kept versions of the three packs.

    The form's items are the topics that a written report must cover.
    """
    scheme, poll, gathering = map(_pack, (SCHEME, POLL, GATHERING))
    form = PollForm.model_validate(poll.body)
    body = gathering.body
    return Templates(
        scheme_text=scheme.body_text,
        form=form,
        topics=[{"id": item.id, "title": item.title, "hint": ""} for item in form.items],
        meeting={
            "agenda": body["agenda"],
            "quorum_percent": body["quorum_percent"],
            "speech_minutes": body["speech"]["minutes"],
            "warn_seconds": body["speech"]["warn_seconds"],
        },
        references={
            "scheme": scheme.reference,
            "poll": poll.reference,
            "gathering": gathering.reference,
        },
    )
