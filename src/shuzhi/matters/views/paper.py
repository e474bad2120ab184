"""The paper that hands a matter over, for Word and WPS."""

from django.http import Http404, HttpResponse

from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import attachment
from shuzhi.kernel.uploads import MEDIA_TYPES, FileKind
from shuzhi.matters.exports import order_word, paper_name
from shuzhi.matters.mechanism import mechanism_of

from .loading import load_matter


def paper(request: ActorRequest, matter: str) -> HttpResponse:
    """Hand out the order or notice; kinds without a number have none."""
    found = load_matter(request, matter)
    if not mechanism_of(found.reference).plan.number:
        raise Http404
    return attachment(order_word(found), paper_name(found), MEDIA_TYPES[FileKind.WORD])
