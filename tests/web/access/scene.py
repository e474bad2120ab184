"""One thing of every kind in TOWN, for addresses that name one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from shuzhi.appraisal import services as appraisal
from shuzhi.appraisal.models import FigureDraft, Happening, Objection, Review, Veto
from shuzhi.appraisal.services import schemes
from shuzhi.appraisal.services.figures import add_veto
from shuzhi.bulletins import services as bulletins
from shuzhi.catalogue.services import offer, sync_packs
from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.files import store_bytes
from shuzhi.kernel.jobs import start_job
from shuzhi.kernel.models import AuditEvent
from shuzhi.kernel.uploads import FileKind, Received
from shuzhi.matters.models import Matter
from shuzhi.matters.services import open_matter, take_step
from shuzhi.registry import services as registry
from shuzhi.registry.models import Appointment, RoleGrant
from tests.appraisal import story
from tests.appraisal.conftest import PLAN
from tests.appraisal.sample import TEMPLATES
from tests.cast import YEAR, Cast, build_cast


@dataclass(frozen=True)
class Scene:
    """The cast, and a value for every parameter that an address may have."""

    cast: Cast
    values: Mapping[str, object]


def _review(cast: Cast) -> Review:
    """Hold, score, comment on and publish a review; issue its bulletin."""
    commissioner, leader = cast.actor("commissioner"), cast.actor("leader")
    review = appraisal.prepare_review(
        actor=commissioner, unit=cast.town, year=YEAR, plan=PLAN, source=TEMPLATES
    )
    appraisal.invite_reports(review, actor=commissioner)
    first = review.entrants.select_related("unit", "review__unit", "person").get(
        unit__code="TOWN-01"
    )
    appraisal.add_happening(first, "extra", Decimal(1), "表彰", actor=commissioner)
    add_veto(first, "discipline", "镇纪委〔2026〕3号", actor=commissioner)
    story.score(cast, review)
    parts = {"good": "实", "lacking": "慢", "direction": "快"}
    appraisal.finish_comment(first, parts, actor=leader, problems=["进度慢"])
    review.refresh_from_db()
    appraisal.decide_grades(review, {}, actor=commissioner)
    return appraisal.publish_review(review, actor=leader)


def _matter(cast: Cast) -> Matter:
    """Hand an order over to TOWN-01, which answers it with a photograph."""
    offer(actor=SYSTEM, mechanism="handover-order", unit=cast.county)
    due = timezone.localdate() + timedelta(days=20)
    found = open_matter(
        actor=cast.actor("commissioner"),
        mechanism="handover-order",
        unit=cast.communities[0],
        title="公开栏没有更新",
        facts={"source": "inspection", "requirement": "更新", "due_on": due},
    )
    owner = cast.actor("secretary1")
    take_step(actor=owner, matter=found, step="sign")
    photo = Received("现场.png", b"\x89PNG\r\n\x1a\n", FileKind.PNG)
    facts = {"result": "已经更新，并定了制度。", "evidence": [photo]}
    return take_step(actor=owner, matter=found, step="report", facts=facts)


def build_scene() -> Scene:
    """Build it all; takes seconds, so once a module."""
    cast = build_cast()
    sync_packs()
    offering = offer(actor=SYSTEM, mechanism="town-review", unit=cast.town)
    review = _review(cast)
    bulletin = bulletins.begin_bulletin(review, actor=cast.actor("commissioner"))
    entrant = review.entrants.get(unit__code="TOWN-01")
    matter = _matter(cast)
    objection = Objection.objects.create(
        entrant=entrant,
        indicator="study",
        text="少算一次",
        evidence=store_bytes(b"%PDF-1", "x.pdf", "application/pdf", actor=SYSTEM),
    )
    person = cast.people["secretary1"]
    post = Appointment.objects.get(person=person)
    draft = registry.keep_draft(actor=cast.actor("commissioner"), name="x.xlsx", rows={})
    clerk = cast.actor("commissioner").account_id
    sheet = FigureDraft.objects.create(review=review, account_id=clerk, name="x.xlsx")
    source = schemes.Source(TEMPLATES.scheme_text)
    scheme = schemes.begin_scheme(cast.town, source, "考核方案", actor=cast.actor("commissioner"))
    job = start_job("log.verify", "核验", actor=cast.actor("audit"))
    assert review.poll is not None
    assert review.gathering is not None
    attendee, turn = review.gathering.attendees.first(), review.gathering.turns.first()
    event = AuditEvent.objects.first()
    assert attendee
    assert turn
    assert event
    return Scene(
        cast,
        {
            "review": review.public_id,
            "entrant": entrant.public_id,
            "problem": entrant.problems.get().public_id,
            "happening": Happening.objects.get().pk,
            "veto": Veto.objects.get().pk,
            "public_id": review.poll.public_id,
            "digest": review.poll.cards_digest,
            "category": "A",
            "item": "overall",
            "number": 1,
            "gathering": review.gathering.public_id,
            "attendee": attendee.public_id,
            "turn": turn.public_id,
            "bulletin": bulletin.public_id,
            "scheme": scheme.public_id,
            "objection": objection.public_id,
            "paper": "summary",
            "kind": "word",
            "matter": matter.public_id,
            "file": matter.files.get().pk,
            "deadline": "finish",
            "party": "owner",
            "of": "units",
            "saved": "none",
            "unit": cast.communities[0].public_id,
            "person": person.public_id,
            "post": post.pk,
            "grant": RoleGrant.objects.get(appointment=post).pk,
            "draft": draft.public_id,
            "upload": sheet.public_id,
            "offering": offering.pk,
            "mechanism": "town-review",
            "version": 1,
            "content": "all",
            "year": YEAR,
            "event": event.public_id,
            "job": job.public_id,
            "day": timezone.localdate() + timedelta(days=1),
            "since": date(2020, 1, 1),
        },
    )
