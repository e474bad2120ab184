"""PDF by typst: fixed templates that read their data as JSON, so that all text stays text."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import typst
from django.conf import settings

from . import gbt9704 as gb
from .fonts import families, fonts
from .paper import (
    Block,
    Heading,
    Paper,
    Picture,
    Table,
    Text,
    chinese_date,
    numbered,
    plain,
    signature_indents,
    title_text,
)

OFFICIAL: Final = Path(__file__).parent / "typst" / "official.typ"
EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)


def _clean(value: Any) -> Any:
    match value:
        case str():
            return plain(value)
        case Mapping():
            return {key: _clean(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_clean(inner) for inner in value]
        case _:
            return value


def render(template: Path, data: Mapping[str, Any], *, at: datetime = EPOCH) -> bytes:
    """Return the PDF of a template inside the package, filled with JSON-able `data`.

    The template reads `json(bytes(sys.inputs.data))`; `data.fonts` names the typefaces. The same
    data, fonts and `at` (the moment written into the file) give the same bytes.
    """
    inputs = {"data": json.dumps(_clean({**data, "fonts": families()}), ensure_ascii=False)}
    compiler = typst.Compiler(str(template), root=str(settings.PACKAGE), font_paths=fonts())
    second = at.astimezone(UTC).replace(microsecond=0)
    made = compiler.compile(format="pdf", sys_inputs=inputs, timestamp=second)
    if not isinstance(made, bytes):
        raise TypeError("typst returned no single file")
    return made


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", **asdict(block)}
        case Text():
            return {"kind": "text", **asdict(block)}
        case Table():
            aligns = [block.alignment(column) for column in range(len(block.header))]
            return {"kind": "table", **asdict(block), "align": aligns}
        case Picture():
            facts = {"svg": block.svg, "alt": block.alt, "caption": block.caption}
            return {"kind": "picture", "width_mm": block.width_mm, **facts}


def _facts(paper: Paper) -> dict[str, Any]:
    dated = chinese_date(paper.dated)
    name_in, date_in = signature_indents(paper.issuer, dated, gb.DATE_RIGHT_SEALED)
    imprint = paper.imprint
    return {
        "title": title_text(paper.title),
        "mark": paper.mark,
        "mark_pt": gb.head_size_pt(paper.mark),
        "number": paper.number,
        "signer": paper.signer,
        "top": [paper.copy_number, paper.secrecy, paper.urgency],
        "addressee": paper.addressee,
        "blocks": [_block(block) for block in numbered(paper.blocks)],
        "annexes": [
            {
                "title": title_text(annex.title),
                "blocks": [_block(block) for block in numbered(annex.blocks)],
            }
            for annex in paper.annexes
        ],
        "issuer": paper.issuer,
        "dated": dated,
        "signature": paper.signature,
        "name_indent": name_in,
        "date_indent": date_in,
        "imprint": imprint
        and {
            "copies": "、".join(imprint.copies),
            "printer": imprint.printer,
            "printed": chinese_date(imprint.printed),
        },
        "proof": list(paper.proof),
    }


def write_pdf(paper: Paper, *, at: datetime = EPOCH) -> bytes:
    """Return an official paper as PDF by GB/T 9704."""
    return render(OFFICIAL, _facts(paper), at=at)
