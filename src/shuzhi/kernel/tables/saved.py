"""Ways to look at a list, kept per person: what is asked of the list, never a row of it."""

from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.models import SavedView
from shuzhi.kernel.writes import verb

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from shuzhi.kernel.access import Actor

MOST = 20
LONGEST = {"name": 30, "query": 1000}


def views_of(actor: "Actor", table: str) -> "QuerySet[SavedView]":
    """Return what a person has kept for a list."""
    return SavedView.objects.filter(account=actor.account_id, table=table)


def _question(query: str) -> str:
    """Return the part of a query string that asks the list something: search, order, filters."""
    asked = QueryDict(query.removeprefix("?"), mutable=True)
    for key in list(asked):
        if key not in {"q", "sort"} and not key.startswith("f_"):
            del asked[key]
    return asked.urlencode()


@verb
def save_view(*, actor: "Actor", table: str, name: str, query: str) -> SavedView:
    """Keep a way to look at a list under a name; the same name again replaces it."""
    name, question = name.strip(), _question(query)
    if not name or len(name) > LONGEST["name"]:
        raise RefusedError(_("请给筛选起个名字，不超过 %(n)d 个字。") % {"n": LONGEST["name"]})
    if not question or len(question) > LONGEST["query"]:
        raise RefusedError(_("请先选好筛选条件，再保存。"))
    held = views_of(actor, table)
    if not held.filter(name=name).exists() and held.count() >= MOST:
        raise RefusedError(_("最多保存 %(n)d 个筛选，请先删去不用的。") % {"n": MOST})
    found, _made = SavedView.objects.update_or_create(
        account_id=actor.account_id,  # type: ignore[misc]  # who has logged in has one
        table=table,
        name=name,
        defaults={"query": question},
    )
    return found


@verb
def drop_view(*, actor: "Actor", table: str, public_id: str) -> None:
    """Forget a kept way; one that is not there is forgotten already."""
    views_of(actor, table).filter(public_id=public_id).delete()
