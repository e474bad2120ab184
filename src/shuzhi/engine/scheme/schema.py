"""The JSON Schema of the scheme language, and what it says about a place."""

from functools import cache
from typing import Any

from shuzhi.engine.scheme.models import Scheme


@cache
def json_schema() -> dict[str, Any]:
    """The published schema (draft 2020-12); editors complete and check by it."""
    schema = Scheme.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def keys_at(location: tuple[str | int, ...]) -> list[str]:
    """The keys that the models know at a location; empty when it cannot be told."""
    schema = json_schema()
    here = [schema]
    for step in location:
        here = [inner for part in here for inner in _step(_open(part), step)]
    keys = [key for part in here for option in _open(part) for key in option.get("properties", {})]
    return list(dict.fromkeys(keys))


def _open(part: dict[str, Any]) -> list[dict[str, Any]]:
    """A schema with references and alternatives followed."""
    if "$ref" in part:
        return _open(json_schema()["$defs"][part["$ref"].rsplit("/", 1)[-1]])
    options = part.get("anyOf") or part.get("oneOf")
    return [inner for option in options for inner in _open(option)] if options else [part]


def _step(options: list[dict[str, Any]], step: str | int) -> list[dict[str, Any]]:
    if isinstance(step, int):
        return [option["items"] for option in options if "items" in option]
    inner = [
        option["properties"][step] for option in options if step in option.get("properties", {})
    ]
    tagged = [o for o in options if o.get("properties", {}).get("kind", {}).get("const") == step]
    many = [o for o in options if step in o.get("properties", {}).get("kind", {}).get("enum", [])]
    return inner or tagged or many
