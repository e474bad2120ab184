"""Render this room's sheets: the typst templates beside it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from shuzhi.bulletins.facts import ProofFacts
from shuzhi.kernel.documents import pdf

from .words import proof_lines

TEMPLATES: Final = Path(__file__).parent.parent / "typst"


def sheet(template: str, proof: ProofFacts | None, data: Mapping[str, Any]) -> bytes:
    """Return a sheet as PDF; it bears the proof in its foot, dated by the proof's signature."""
    at = proof.signed_at if proof else pdf.EPOCH
    lines: Sequence[str] = proof_lines(proof) if proof else ()
    return pdf.render(TEMPLATES / f"{template}.typ", {"proof": lines, **data}, at=at)
