"""A scheme as the catalogue keeps it: what it says of itself, then the text as it was written."""

import textwrap
from collections.abc import Mapping
from io import StringIO
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from shuzhi.catalogue.services import points_at
from shuzhi.kernel.fields import random_id

if TYPE_CHECKING:
    from shuzhi.catalogue.packs import Pack

CARRIES = [10]  # the row of the mechanisms' list that every yearly scheme carries
PURPOSE = {
    "zh": "由本单位在网页上编制的考核方案，每一分都能展开到算式和原始记录。",
    "en": "A scheme written in the browser; every point opens into its arithmetic and records.",
}


def envelope_of(pack: "Pack | None") -> dict[str, Any]:
    """Return what a copy keeps of the mechanism that it was copied from."""
    if pack is None:
        return {"purpose": PURPOSE, "from": CARRIES, "measures": []}
    kept = pack.envelope.model_dump(mode="json", by_alias=True)
    return {key: kept[key] for key in ("purpose", "from", "rules", "defaults", "measures")}


def own_name(basis: str) -> str:
    """Return a name of its own for a unit's copy of a mechanism."""
    return f"{basis[:50].rstrip('-')}-{random_id(6).lower()}"


def pack_text(
    envelope: Mapping[str, Any], body: Mapping[str, Any], text: str, *, title: str, reference: str
) -> str:
    """Return the mechanism's whole text; `text` stands in it as it was written.

    `title` is what the unit calls it, `reference` its name and version ("town-review@2").
    """
    name, _at, version = reference.partition("@")
    said = body.get("title")
    english = said.get("en") if isinstance(said, Mapping) else None
    head = {
        "id": name,
        "kind": "scheme",
        "version": int(version),
        "title": {"zh": title, "en": str(english or title)},
        **envelope,
        "defaults": [d for d in envelope.get("defaults", ()) if points_at(body, d["path"])],
    }
    stream = StringIO()
    yaml = YAML()
    yaml.width = 4096
    yaml.dump({key: value for key, value in head.items() if value != []}, stream)
    return f"{stream.getvalue()}body:\n{textwrap.indent(text, '  ')}"
