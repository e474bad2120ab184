"""The paper that hands a matter over, for Word and WPS."""

from django.http import Http404, HttpResponse

from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import attachment
from shuzhi.kernel.uploads import MEDIA_TYPES, FileKind
from shuzhi.matters.exports import order_word, paper_name

from .loading import load_matter


def paper(request: ActorRequest, matter: str) -> HttpResponse:
    """Hand out the order or notice, where something is handed over."""
    found = load_matter(request, matter)
    word = order_word(found)
    if word is None:
        raise Http404
    return attachment(word, paper_name(found), MEDIA_TYPES[FileKind.WORD])
