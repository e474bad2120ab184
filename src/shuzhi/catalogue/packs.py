"""Packs: the mechanisms that come with the product, one YAML file each, checked as a whole."""

import hashlib
import re
import textwrap
from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path as File
from typing import Any

from django.utils.translation import gettext
from pydantic import ValidationError

from .envelope import Envelope
from .faults import PackError, PackFault
from .kinds import body_faults, words_of
from .positions import Document, read_yaml

FOLDER = File(__file__).parent / "packs"
_BODY = re.compile(r"^body:[^\n]*\n", re.MULTILINE)


def digest(content: str) -> str:
    """Return what a text is known by."""
    return hashlib.sha256(content.encode()).hexdigest()


@dataclass(frozen=True)
class Pack:
    """A sound mechanism and the text that it was read from."""

    theme: str
    envelope: Envelope
    text: str

    @property
    def sha256(self) -> str:
        return digest(self.text)

    @property
    def reference(self) -> str:
        """Return what a case keeps: "town-review@1"."""
        return f"{self.envelope.id}@{self.envelope.version}"

    @property
    def body(self) -> dict[str, Any]:
        return self.envelope.body

    @cached_property
    def body_text(self) -> str:
        """Return the body as a text of its own, with the comments that explain it."""
        return body_of(self.text)


def body_of(content: str) -> str:
    """Return the indented block below `body:`."""
    found = _BODY.search(content)
    if not found:
        return ""
    lines = content[found.end() :].splitlines(keepends=True)
    block = [*lines]
    for number, line in enumerate(lines):
        if line.strip() and not line[0].isspace() and not line.startswith("#"):
            block = lines[:number]
            break
    return textwrap.dedent("".join(block))


def points_at(body: Any, path: str) -> bool:
    """Tell whether a path of keys and ids ("scale.choices") leads anywhere in a body."""
    for step in path.split("."):
        if isinstance(body, list):
            body = next(
                (row for row in body if isinstance(row, dict) and row.get("id") == step), None
            )
        else:
            body = body.get(step) if isinstance(body, dict) else None
        if body is None:
            return False
    return True


def _envelope(document: Document) -> Envelope:
    if not isinstance(document.value, dict):
        raise PackError([document.fault((), gettext("应以 id、kind、title 等开头"))])
    try:
        return Envelope.model_validate(document.value)
    except ValidationError as error:
        faults = (document.fault(tuple(found["loc"]), words_of(found)) for found in error.errors())
        raise PackError(faults) from error


def _own_faults(document: Document, envelope: Envelope) -> list[PackFault]:
    """Return what only the whole shows: the file's name, defaults that point nowhere."""
    faults = []
    if File(document.file).stem != envelope.id:
        faults.append(document.fault(("id",), gettext("应与文件名相同")))
    for number, default in enumerate(envelope.defaults):
        if not points_at(envelope.body, default.path):
            faults.append(
                document.fault(("defaults", number, "path"), gettext("body 里没有这一处"))
            )
    return faults


@lru_cache(maxsize=500)
def read_pack(content: str, file: str, theme: str = "", *, hosted: bool = True) -> Pack:
    """Read one mechanism; raises `PackError` with every fault's file, line and path.

    Positions make reading slow, so a sound text is read once a process; nobody changes its body.
    `hosted=False` leaves out what the body's host would say: a kept version stays readable when
    its host has moved on.
    """
    document = read_yaml(content, file)
    envelope = _envelope(document)
    faults = _own_faults(document, envelope)
    if hosted:
        found = body_faults(envelope.kind, envelope.body, body_of(content))
        faults += [document.fault(("body", *path), message) for path, message in found]
    if faults:
        raise PackError(faults)
    return Pack(theme, envelope, content)


def read_packs(folder: File = FOLDER, *, known: Container[str] = ()) -> list[Pack]:
    """Read all packs below `folder` but those whose digest is `known`.

    Raises `PackError` with the faults of all of them.
    """
    packs: list[Pack] = []
    faults: list[PackFault] = []
    for file in sorted(folder.glob("*/*.yaml")):
        name = f"{file.parent.name}/{file.name}"
        try:
            content = file.read_text("utf-8")
            if digest(content) not in known:
                packs.append(read_pack(content, name, file.parent.name))
        except PackError as error:
            faults.extend(error.faults)
        except UnicodeDecodeError:
            faults.append(PackFault(name, 1, "", gettext("应为 UTF-8 编码的文字")))
    if faults:
        raise PackError(faults)
    return packs
