"""What kinds of rules there are and what each asks: read from the published JSON Schema."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from shuzhi.engine.scheme.schema import json_schema

NUMBER, WHOLE, CHOICE, SWITCH, TEXT = "number", "whole", "choice", "switch", "text"
PAIRS, WEIGHTS, MIDDLE, AVOIDED = "pairs", "weights", "middle", "avoided"
KIND = "kind"
Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Parameter:
    """One thing that a rule asks: `shape` says which control it needs."""

    name: str
    shape: str
    required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()


def _definition(name: str) -> Schema:
    found: Schema = json_schema()["$defs"][name]
    return found


def _alternatives(schema: Schema) -> list[Schema]:
    """Return what a value may be, `null` apart."""
    options = schema.get("anyOf", [schema])
    return [option for option in options if option.get("type") != "null"]


def _of_option(option: Schema) -> str:
    if "enum" in option or "const" in option:
        return CHOICE
    shapes = {"number": NUMBER, "integer": WHOLE, "boolean": SWITCH, "string": TEXT}
    if option.get("type") == "object" and "additionalProperties" in option:
        return WEIGHTS
    if option.get("type") == "array" and "prefixItems" in option.get("items", {}):
        return PAIRS
    return shapes.get(str(option.get("type")), "")


def _shape(options: Sequence[Schema]) -> str:
    """Return the control for a parameter; "" where only the text can say it."""
    if len(options) == 1:
        return _of_option(options[0])
    if any("$ref" in option for option in options):
        return MIDDLE
    if {option.get("type") for option in options} == {"boolean", "array"}:
        return AVOIDED
    return ""


def _choices(options: Sequence[Schema]) -> tuple[str, ...]:
    named = [option.get("enum", [option.get("const")]) for option in options if "type" in option]
    listed = [option["enum"] for option in options if "enum" in option and "type" not in option]
    return tuple(
        str(value) for values in [*named, *listed] for value in values if value is not None
    )


def _default(value: Any, shape: str) -> Any:
    """Return a default as the text would hold it: the schema writes decimals as text."""
    return Decimal(value) if shape == NUMBER and isinstance(value, str) else value


def _parameter(name: str, schema: Schema, required: Sequence[str]) -> Parameter:
    options = _alternatives(schema)
    shape = _shape(options)
    return Parameter(
        name,
        shape,
        name in required,
        _default(schema.get("default"), shape),
        _choices(options) if shape in {CHOICE, MIDDLE} else (),
    )


@cache
def kinds() -> Mapping[str, tuple[Parameter, ...]]:
    """Return every kind of rule with what it asks, in the schema's order."""
    rule = _alternatives(_definition("Indicator")["properties"]["rule"])[0]
    mapping: Mapping[str, str] = rule["discriminator"]["mapping"]
    order = [option["$ref"] for option in rule["oneOf"]]
    listed = sorted(mapping, key=lambda kind: order.index(mapping[kind]))
    return {kind: _parameters(mapping[kind].rsplit("/", 1)[-1]) for kind in listed}


def _parameters(name: str) -> tuple[Parameter, ...]:
    model = _definition(name)
    required = model.get("required", ())
    return tuple(
        _parameter(key, schema, required)
        for key, schema in model["properties"].items()
        if key != KIND
    )


@cache
def options_of(model: str, key: str) -> tuple[str, ...]:
    """Return the values that a key may take ("Indicator", "na" → rescale, full, zero)."""
    owner = json_schema() if model == "Scheme" else _definition(model)
    return _choices(_alternatives(owner["properties"][key]))
