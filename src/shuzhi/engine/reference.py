"""Writes the reference of the scheme language: `python -m shuzhi.engine.reference [DIRECTORY]`."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from shuzhi.engine.examples import EXAMPLES, Example
from shuzhi.engine.prose import AFTER_RULES, BEFORE_RULES
from shuzhi.engine.scheme import models, rules
from shuzhi.engine.scheme.schema import json_schema

PARTS: list[type[BaseModel]] = [
    models.Scheme,
    models.Rounding,
    models.Ranking,
    models.Indicator,
    models.Bonus,
    models.Veto,
    models.Effect,
    models.Grade,
    models.Quota,
    models.Requirement,
]
RULES: dict[str, type[BaseModel]] = {
    "ratio": rules.Ratio,
    "linear": rules.Linear,
    "bands": rules.Bands,
    "flag": rules.Flag,
    "shortfall": rules.Shortfall,
    "excess": rules.Excess,
    "manual": rules.Manual,
    "ratings": rules.Ratings,
    "events": rules.Events,
    "minmax": rules.Relative,
    "rank": rules.Relative,
    "percentile": rules.Relative,
    "zscore": rules.Relative,
}


def page() -> str:
    """The reference page, in Markdown."""
    parts = [line for model in PARTS for line in _table(model)]
    ruled = [line for kind, model in RULES.items() for line in _rule(kind, model)]
    return "\n".join([BEFORE_RULES, *parts, "## Rules of a leaf\n", *ruled, AFTER_RULES])


def _table(model: type[BaseModel]) -> Iterator[str]:
    yield f"### {model.__name__}\n\n{_first(model)}\n"
    yield from _keys(model)


def _first(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip().splitlines()[0]


def _keys(model: type[BaseModel]) -> Iterator[str]:
    """The keys of a model with their form and default, as its schema says."""
    whole = model.model_json_schema()
    schema = whole if "properties" in whole else whole["$defs"][model.__name__]
    needed = set(schema.get("required", []))
    yield "| key | form | default |\n|---|---|---|"
    for name, field in schema["properties"].items():
        default = "needed" if name in needed else _default(field.get("default"))
        yield f"| `{name}` | {_form(field)} | {default} |"
    yield ""


def _default(value: object) -> str:
    return "" if value is None or value == {} else f"`{json.dumps(value, ensure_ascii=False)}`"


def _form(field: dict[str, Any]) -> str:
    """A field's form in a word or two."""
    if "$ref" in field:
        return f"{field['$ref'].rsplit('/', 1)[-1]}"
    if options := field.get("anyOf") or field.get("oneOf"):
        return " or ".join(
            dict.fromkeys(_form(one) for one in options if one.get("type") != "null")
        )
    if "const" in field:
        return f"`{json.dumps(field['const'])}`".replace('"', "")
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    kind = field.get("type", "value")
    if kind == "array":
        return f"list of {_form(field['items'])}" if "items" in field else "list"
    return (
        "text"
        if isinstance(kind, list)
        else {"string": "text", "object": "mapping"}.get(kind, str(kind))
    )


def _rule(kind: str, model: type[BaseModel]) -> Iterator[str]:
    yield f"### {kind}\n\n{_first(model)}\n"
    yield from _keys(model)
    for example in EXAMPLES:
        if example.kind == kind:
            yield from _example(example)


def _example(example: Example) -> Iterator[str]:
    yield f"{example.says}\n\n```yaml\nrule: {example.rule}   # {example.points} points\n```\n"
    yield f"| {example.reads} | rate | points |\n|---|---|---|"
    for figure, rate in example.figures:
        yield f"| {figure} | {rate} | {round(float(rate) * example.points, 6):g} |"
    yield ""


def write(directory: Path) -> None:
    """Write the page and the JSON Schema."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "scheme.md").write_text(page(), encoding="utf-8")
    schema = json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
    (directory / "scheme.schema.json").write_text(schema, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference"))
