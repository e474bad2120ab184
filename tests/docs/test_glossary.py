"""The glossary stays true: every model stands in it, every identifier and every word exists."""

import pkgutil
from pathlib import Path
from typing import NamedTuple

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "shuzhi"
NONE = "—"


class Row(NamedTuple):
    """One line of the table."""

    term: str
    identifier: str
    words: str
    meaning: str


def rows() -> list[Row]:
    lines = (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("|")
    ]
    return [Row(*cell) for cell in cells[2:]]


def models() -> set[str]:
    return {
        f"{model._meta.app_label}.{model.__name__}"
        for model in apps.get_models()
        if model.__module__.startswith("shuzhi.")
    }


@pytest.fixture(scope="module")
def source() -> str:
    files = [p for p in SOURCE.rglob("*") if p.suffix in {".py", ".html", ".yaml"}]
    return "\n".join(p.read_text("utf-8") for p in files if "migrations" not in p.parts)


def test_every_model_stands_in_the_glossary_once() -> None:
    named = [row.identifier.strip("`") for row in rows()]
    assert sorted(models()) == sorted(name for name in named if name in models())


def test_every_identifier_exists() -> None:
    unknown = {row.identifier.strip("`") for row in rows()} - models()
    assert not {name for name in unknown if not _imports(name)}


def _imports(name: str) -> bool:
    """Tell whether `room.module` or `room.module.Name` is in the package."""
    try:
        pkgutil.resolve_name(f"shuzhi.{name}")
    except (ImportError, AttributeError):
        return False
    return True


def test_every_word_is_on_a_page(source: str) -> None:
    missing = [row.words for row in rows() if row.words not in source and row.words != NONE]
    assert not missing
