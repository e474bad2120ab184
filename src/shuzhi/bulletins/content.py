"""What a bulletin says: live while it is written, frozen with its digest once it is issued."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.audit.log import Head
from shuzhi.kernel.audit.payload import canonical
from shuzhi.kernel.content import Frozen
from shuzhi.kernel.documents.gbt9704 import number_text
from shuzhi.kernel.documents.paper import Paper

from .facts import ProofFacts, ReviewFacts
from .papers.notice import NoticeFrame, NoticeText, notice

if TYPE_CHECKING:
    from .models import Bulletin

TEXTS = tuple(NoticeText.model_fields)
PARTS = {"text": _("正文"), "number": _("文号"), "content": _("内容"), "files": _("文件")}
FRAME = ("issuer", "code_word", "copies", "printer", "scope")


class Content(Frozen):
    """All that an issued bulletin consists of; its files are printed from nothing else."""

    facts: ReviewFacts
    text: NoticeText
    frame: NoticeFrame

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON."""
        return digest_of(self.model_dump(mode="json"))

    def paper(self) -> Paper:
        """Return the official paper; once there is a proof it bears the digest too."""
        digest = self.digest if self.frame.proof else ""
        return notice(self.facts, self.text, self.frame.model_copy(update={"digest": digest}))


def digest_of(value: Any) -> str:
    """Return the SHA-256 of a value's canonical JSON (RFC 8785)."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def proof_facts(head: Head) -> ProofFacts:
    """Return a signed head as papers print it."""
    return ProofFacts(
        log=head.name,
        algorithm=head.algorithm,
        size=head.size,
        root=head.root_hex,
        signed_at=head.signed_at,
        key_id=head.key_id,
        signature=head.signature,
    )


def copies_of(bulletin: "Bulletin") -> tuple[str, ...]:
    """Return who receives copies; any common separator will do."""
    words = bulletin.copies.replace("，", "、").replace(",", "、").replace(";", "、")
    return tuple(word.strip() for word in words.split("、") if word.strip())


def text_of(bulletin: "Bulletin") -> NoticeText:
    """Return the words that people wrote."""
    return NoticeText(**{name: getattr(bulletin, name) for name in TEXTS})


def checked_digest(bulletin: "Bulletin", facts: ReviewFacts) -> str:
    """Return the digest of what a checker answers for: words, frame and figures."""
    frame = {name: getattr(bulletin, name) for name in FRAME}
    words = text_of(bulletin).model_dump()
    return digest_of({"text": words, "frame": frame, "facts": facts.model_dump(mode="json")})


def draft_content(bulletin: "Bulletin", facts: ReviewFacts) -> Content:
    """Return what the bulletin would say now: no number, no day, no proof."""
    frame = NoticeFrame(
        issuer=bulletin.issuer, copies=copies_of(bulletin), printer=bulletin.printer
    )
    return Content(facts=facts, text=text_of(bulletin), frame=frame)


def final_content(
    bulletin: "Bulletin", facts: ReviewFacts, number: int, issued_at: datetime, proof: ProofFacts
) -> Content:
    """Return what the bulletin says for good."""
    day = timezone.localtime(issued_at).date()
    frame = NoticeFrame(
        issuer=bulletin.issuer,
        number=number_text(bulletin.code_word, day.year, number),
        dated=day,
        copies=copies_of(bulletin),
        printer=bulletin.printer,
        proof=proof,
    )
    return Content(facts=facts, text=text_of(bulletin), frame=frame)


def frozen_content(bulletin: "Bulletin") -> Content | None:
    """Return the content of an issued bulletin."""
    return None if bulletin.content is None else Content.model_validate(bulletin.content)


def number_of(bulletin: "Bulletin") -> str:
    """Return 发文字号 as people cite it; empty before issue."""
    if bulletin.number is None or bulletin.year is None:
        return ""
    return number_text(bulletin.code_word, bulletin.year, bulletin.number)


def witnessed(bulletin: "Bulletin") -> dict[str, Any]:
    """Return what the proof log witnesses of a bulletin."""
    files = {name: getattr(bulletin, name) for name in ("word", "pdf", "excel", "sealed")}
    return {
        "text": text_of(bulletin).model_dump(),
        "number": number_of(bulletin),
        "content": bulletin.content,
        "files": {name: file.sha256 for name, file in files.items() if file},
    }
