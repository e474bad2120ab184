"""A scheme file read, checked and reported on: all its faults at once, each with its line."""

import hashlib
from difflib import get_close_matches
from pathlib import Path as File
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from shuzhi.engine.faults import Fault, Faults
from shuzhi.engine.say import Said, listed, quoted, said_of, say
from shuzhi.engine.scheme.checks import check
from shuzhi.engine.scheme.models import Scheme
from shuzhi.engine.scheme.places import Document, Path, read_yaml
from shuzhi.engine.text import decode

MOST_REPAIRS = 50
STAND_IN = {"kind": "flag"}
HARMLESS = {"sum", "order", "unknown"}  # a scheme with such faults still says what data may hold
BESIDE = {
    "title",
    "period",
    "full",
    "rounding",
    "rank_on",
    "ranking",
    "grades",
}  # so do these parts
MOST_TEXT = 2 << 20


def load_scheme(path: File | str) -> Scheme:
    """The scheme in a file. Raises Faults."""
    file = File(path)
    try:
        content = file.read_bytes()
    except OSError as error:
        what = say("cannot be read ({error})", error=quoted(str(error.strerror)))
        raise Faults([Fault(str(path), what, say("name a scheme file"), "file")]) from error
    if len(content) > MOST_TEXT:
        what = say("is larger than {most} MB", most=MOST_TEXT >> 20)
        raise Faults([Fault(file.name, what, say("name a scheme file"), "file")])
    return _parsed(decode(content, file.name), file.name, content)


def parse_scheme(text: str, name: str = "scheme.yaml") -> Scheme:
    """The scheme in a text; `name` is what messages call it. Raises Faults."""
    return _parsed(text, name, text.encode())


def _parsed(text: str, name: str, content: bytes) -> Scheme:
    document = read_yaml(text, name)
    if not document.faults and not isinstance(document.value, dict):
        document.fault((), say("is not a scheme"), say("begin with `scheme: NAME`"), "yaml")
    scheme = _validated(document) if isinstance(document.value, dict) else None
    if document.faults or scheme is None:
        usable = all(f.code in HARMLESS or {*f.path[:1]} & BESIDE for f in document.faults)
        raise Faults(document.faults, scheme if usable else None)
    scheme._digest = hashlib.sha256(content).hexdigest()
    return scheme


def _validated(document: Document) -> Scheme | None:
    """The scheme, or what is left of it once its faulty parts are taken out; faults are noted."""
    value, broken = document.value, set[Path]()
    for _ in range(MOST_REPAIRS):
        try:
            scheme = Scheme.model_validate(value)
        except ValidationError as error:
            paths = [_note(document, value, detail, broken) for detail in error.errors()]
            broken.update(paths)
            if not any([_prune(value, path) for path in paths]):  # noqa: C419 - prune them all
                return None
        else:
            _note_contradictions(document, scheme, broken)
            return scheme
    return None


def _note_contradictions(document: Document, scheme: Scheme, broken: set[Path]) -> None:
    """Contradictions, but for those that a part which was taken out may have caused."""
    for path, what, right, code in check(scheme):
        if not any(_caused(path, code, place) for place in broken):
            document.fault(path, what, right, code)


SUMMED = {"points", "full", "children", "bonus", "aggregate", "indicators"}
NAMED = {"id", "grade", "children", "indicators", "grades"}


def _caused(path: Path, code: str, broken: Path) -> bool:
    last = broken[-1] if broken else ""
    if code in {"sum", "digits"}:
        return last in SUMMED
    if code == "unknown" and last in NAMED:
        return True
    return broken[: len(path)] == path or path[: len(broken)] == broken


def _note(document: Document, value: Any, detail: ErrorDetails, broken: set[Path]) -> Path:
    """Note a fault, unless a part that was taken out below it may have caused it."""
    path = _existing(value, detail["loc"])
    caused = any(place[: len(path)] == path for place in broken)
    if not caused:
        what, right = _told(detail)
        document.fault(path, what, right, detail["type"])
    return path


def _existing(value: Any, location: Path) -> Path:
    """The location without the tags that a union adds to it."""
    path: Path = ()
    for step in location:
        if isinstance(value, dict) and step in value:
            value, path = value[str(step)], (*path, step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value, path = value[step], (*path, step)
    return path


def _told(detail: ErrorDetails) -> tuple[Said, Said]:
    kind, last = detail["type"], str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "missing":
        return say("{key} is missing", key=last), say("add `{key}:`", key=last)
    if kind == "extra_forbidden":
        return say("{key} is no key of this place", key=last), _suggest(last, _siblings(detail))
    context = detail.get("ctx", {})
    if kind == "union_tag_invalid":
        kinds = listed(str(context.get("expected_tags")).split(", "))
        what = say("{kind} is no kind of rule", kind=context.get("tag"))
        return what, say("use one of {names}", names=kinds)
    if kind == "union_tag_not_found":
        return say("the rule has no kind"), say("add `{key}:`", key="kind")
    return _unfit(detail["input"]), said_of(detail)


def _unfit(value: object) -> Said:
    if isinstance(value, dict | list):
        return say("this does not fit")
    text = {"None": "null", "True": "true", "False": "false"}.get(repr(value), str(value))
    shown = text if len(text) < 60 else text[:57] + "…"  # noqa: PLR2004
    return say("{value} does not fit", value=shown)


def _siblings(detail: ErrorDetails) -> list[str]:
    """The keys that would be right where an unknown one stands, as the models say."""
    from shuzhi.engine.scheme.schema import keys_at

    return keys_at(detail["loc"][:-1])


def _suggest(word: str, known: list[str]) -> Said:
    close = get_close_matches(word, known, 1, 0.6)
    if close:
        return say("did you mean `{name}`?", name=close[0])
    return say("known here: {names}", names=listed(known)) if known else say("leave it out")


def _prune(value: Any, path: Path) -> bool:
    """Take the part at a path out of the tree, so that the rest can be checked; a rule is replaced.

    Whether that changed anything: what stood in a part that is gone already does not.
    """
    if not path:
        return False
    *above, last = path
    if isinstance(last, int):
        return _prune(value, path[:-1])
    holder = value
    for step in above:
        if not (step in holder if isinstance(holder, dict) else isinstance(step, int)):
            return False
        holder = holder[step]
    if not isinstance(holder, dict) or last not in holder:
        return False
    if last != "rule":
        del holder[last]
        return True
    changed = holder[last] != STAND_IN
    holder[last] = dict(STAND_IN)
    return bool(changed)
