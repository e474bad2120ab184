"""Begin, edit and offer a draft."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from shuzhi.bulletins.collecting import review_facts
from shuzhi.bulletins.enums import DRAFTS, BulletinState
from shuzhi.bulletins.models import CARRIED, EDITABLE, Bulletin
from shuzhi.bulletins.papers.notice import first_words
from shuzhi.bulletins.policy import require_draftable
from shuzhi.bulletins.workflow import BULLETIN
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import StateError
from shuzhi.kernel.language import listed
from shuzhi.kernel.period import require_open
from shuzhi.kernel.seen import require_seen
from shuzhi.kernel.workflow import perform
from shuzhi.kernel.writes import verb

if TYPE_CHECKING:
    from shuzhi.appraisal.models import Review
    from shuzhi.registry.models import Unit


def _own_name(unit: "Unit") -> str:
    """Return the issuing body's full name as it is usually written; the drafter corrects it."""
    place = unit.name.removesuffix("委员会").removesuffix("党委").removeprefix("中共")
    return f"中共{place}委员会"


def _first_frame(unit: "Unit") -> dict[str, str]:
    """Return issuing body, code word and so on as last time, else by the unit's name."""
    last = Bulletin.objects.filter(unit=unit).exclude(state=BulletinState.DISCARDED).last()
    if last is not None:
        return {name: getattr(last, name) for name in CARRIED if name != "addressee"}
    short = unit.short_name.removesuffix("党委").removesuffix("镇").removesuffix("乡")
    return {
        "issuer": _own_name(unit),
        "code_word": f"{short}发",
        "printer": f"{unit.short_name.removesuffix('党委')}党政办公室",
    }


def _refuse_second(review: "Review") -> None:
    live = Bulletin.objects.filter(review=review, state__in=(*DRAFTS, BulletinState.ISSUED)).first()
    if live is None:
        return
    if live.state == BulletinState.ISSUED:
        raise StateError(_("通报已经印发。需要更正的，请在原通报上办理“更正重发”。"))
    raise StateError(_("这次评议已有一份正在办理的通报。"))


@verb
def begin_bulletin(review: "Review", *, actor: Actor) -> Bulletin:
    """Begin the bulletin of a review, with words made of what is known."""
    bulletin = Bulletin(review=review, unit=review.unit, **_first_frame(review.unit))
    require(actor, Permission.BULLETIN_DRAFT, bulletin)
    require_open(review.year)
    require_draftable(review)
    _refuse_second(review)
    for name, words in first_words(review_facts(review)).model_dump().items():
        setattr(bulletin, name, words)
    bulletin.drafted_by_id = actor.account_id
    bulletin.save()
    record("bulletin.begin", bulletin, actor=actor, after={"review": review.public_id})
    return bulletin


@verb
def replace_bulletin(old: Bulletin, *, actor: Actor) -> Bulletin:
    """Begin another bulletin with the same words; once issued it takes the old one's place."""
    require(actor, Permission.BULLETIN_DRAFT, old)
    require_open(old.review.year)
    if old.state != BulletinState.ISSUED:
        raise StateError(_("只有已印发的通报才能更正重发。"))
    if old.replacements.exclude(state=BulletinState.DISCARDED).exists():
        raise StateError(_("更正重发的通报已经在办理。"))
    words = {name: getattr(old, name) for name in EDITABLE}
    new = Bulletin.objects.create(
        review=old.review, unit=old.unit, replaces=old, drafted_by_id=actor.account_id, **words
    )
    record("bulletin.begin", new, actor=actor, after={"replaces": old.public_id})
    return new


def _changed_draft(stored: Bulletin, changed: Sequence[str]) -> str:
    """Say what stands where the page would put something else."""
    labels = {field.name: field.verbose_name for field in Bulletin._meta.fields}
    now = listed(f"{labels[name]}“{getattr(stored, name)}”" for name in changed)
    words = _("通报在您打开以后有人改过，现在是：%(now)s。您填的还在下面，再保存就以您填的为准。")
    return words % {"now": now}


@verb
def edit_bulletin(
    bulletin: Bulletin, changes: Mapping[str, Any], *, actor: Actor, seen: str | None = None
) -> Bulletin:
    """Change words or frame of a draft that is not under way to somebody else.

    `seen` is the digest of the words that were open: refused when they changed since.
    """
    require(actor, Permission.BULLETIN_DRAFT, bulletin)
    locked = Bulletin.objects.select_for_update().get(pk=bulletin.pk)
    if locked.state != BulletinState.WRITING:
        raise StateError(_("通报已送审，不能修改。需要修改的，请审核人退回。"))
    changed = [name for name in EDITABLE if name in changes]
    if changed:
        require_seen(seen, locked.words_digest, _changed_draft(locked, changed))
    for name in changed:
        setattr(locked, name, changes[name])
    locked.clean_fields(exclude=[f.name for f in Bulletin._meta.fields if f.name not in changed])
    locked.save(update_fields=changed)
    record("bulletin.edit", locked, actor=actor, after={"parts": changed})
    return locked


def offer_bulletin(bulletin: Bulletin, *, actor: Actor) -> Bulletin:
    """Hand the draft to whoever checks; from now on the drafter cannot check or issue it."""
    require_open(bulletin.review.year)
    return perform(BULLETIN, bulletin, "offer", actor=actor)
