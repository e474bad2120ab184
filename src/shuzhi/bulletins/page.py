"""What the page of a bulletin shows: the document, who did what, files, proof, next steps."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.queries.results import offers_recount
from shuzhi.kernel.access import Actor, Permission, allows
from shuzhi.kernel.documents.paper import Block, Table, numbered
from shuzhi.kernel.tables import Badge
from shuzhi.kernel.workflow import Transition, available

from .collecting import review_facts
from .content import Content, draft_content, frozen_content, number_of
from .enums import BulletinState, FileKind
from .models import Bulletin
from .papers.notice import blocks, problems_table, rank_bands
from .tables import state_of
from .workflow import BULLETIN

if TYPE_CHECKING:
    from shuzhi.kernel.models import StoredFile

STEPS = (
    (_("拟稿"), "drafted"),
    (_("审核"), "checked"),
    (_("签发"), "issued"),
)


@dataclass(frozen=True)
class Stage:
    """One of the three hands that a bulletin passes through."""

    label: str | Promise
    name: str
    at: datetime | None


def _shown(block: Block) -> Any:
    """Return a block for the template; each cell of a table knows its side."""
    if not isinstance(block, Table):
        return block
    sides = [block.alignment(at) for at in range(len(block.header))]
    rows = [list(zip(row, sides, strict=True)) for row in block.rows]
    return {"caption": block.caption, "header": block.header, "rows": rows}


@dataclass(frozen=True)
class BulletinPage:
    """One bulletin before one reader."""

    bulletin: Bulletin
    actor: Actor
    content: Content

    @property
    def number(self) -> str:
        return number_of(self.bulletin)

    @property
    def state(self) -> Badge:
        return state_of(self.bulletin)

    @property
    def is_draft(self) -> bool:
        return self.bulletin.content is None

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The body; the chart follows the table of results."""
        found: list[dict[str, Any]] = [
            {"kind": type(block).__name__.lower(), "block": _shown(block)}
            for block in numbered(blocks(self.content.facts, self.content.text))
        ]
        if rank_bands(list(self.content.facts.outcomes)):
            at = next(i for i, part in enumerate(found) if part["kind"] == "table")
            found.insert(at + 1, {"kind": "chart", "block": None})
        return found

    @property
    def problems(self) -> Any:
        return _shown(problems_table(self.content.facts)) if self.content.facts.problems else None

    @property
    def stages(self) -> list[Stage]:
        return [
            Stage(
                label,
                str(getattr(self.bulletin, f"{name}_by") or ""),
                getattr(self.bulletin, f"{name}_at"),
            )
            for label, name in STEPS
        ]

    @cached_property
    def steps(self) -> list[Transition]:
        """Steps that may be taken here now; the guards still speak for themselves."""
        hands = {self.bulletin.drafted_by_id, self.bulletin.checked_by_id}
        return [
            step
            for step in available(BULLETIN, self.bulletin, self.actor)
            if not (step.name in {"check", "issue"} and self._own_hand(step.name, hands))
        ]

    def _own_hand(self, step: str, hands: set[int | None]) -> bool:
        mine = self.actor.account_id
        return mine is not None and (
            mine == self.bulletin.drafted_by_id if step == "check" else mine in hands
        )

    @property
    def main_step(self) -> Transition | None:
        """The one button in the fixed place."""
        names = ("offer", "check", "issue")
        return next((step for step in self.steps if step.name in names), None)

    @property
    def other_steps(self) -> list[Transition]:
        return [step for step in self.steps if step != self.main_step]

    @property
    def may_edit(self) -> bool:
        return self.bulletin.state == BulletinState.WRITING and self._may_draft

    @property
    def may_seal(self) -> bool:
        return self.bulletin.state == BulletinState.ISSUED and self._may_draft

    @property
    def may_recount(self) -> bool:
        return not self.is_draft and sees_figures(self.bulletin, self.actor)

    @property
    def offers_recount(self) -> bool:
        return self.may_recount and offers_recount(self.bulletin.review)

    @property
    def _may_draft(self) -> bool:
        return allows(self.actor, Permission.BULLETIN_DRAFT, self.bulletin)

    @property
    def files(self) -> "list[tuple[FileKind, StoredFile | None]]":
        """The files to take away, the sealed one first; drafts have Word and PDF that say so."""
        kinds = [FileKind.SEALED] if self.bulletin.sealed_id else []
        kinds += [FileKind.WORD, FileKind.PDF]
        kinds += [FileKind.EXCEL] if self.may_recount else []
        return [(kind, getattr(self.bulletin, kind.value)) for kind in kinds]


def sees_figures(bulletin: Bulletin, actor: Actor) -> bool:
    """Tell whether the actor may take all units' figures, which say more than the bulletin."""
    return allows(actor, Permission.REVIEW_RESULT, bulletin)


def content_of(bulletin: Bulletin) -> Content:
    """Return what the bulletin says: frozen, or as it would say it now."""
    return frozen_content(bulletin) or draft_content(bulletin, review_facts(bulletin.review))


def page_of(bulletin: Bulletin, actor: Actor) -> BulletinPage:
    """Return the page of a bulletin for a reader."""
    return BulletinPage(bulletin, actor, content_of(bulletin))
