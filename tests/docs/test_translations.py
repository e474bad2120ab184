"""Every sentence on screen has its English, and no English outlives its sentence."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.infra.needs import absent

SOURCE = Path(__file__).resolve().parents[2] / "src" / "shuzhi"
ENGLISH = Path("locale/en/LC_MESSAGES/django.po")


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="en")


def sentences(found: Catalog) -> set[str]:
    return {m.id if isinstance(m.id, str) else m.id[0] for m in found if m.id}


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What the code says today, collected as `make messages` does, in a folder apart."""
    if not shutil.which("xgettext"):
        absent("gettext")
    copy = tmp_path_factory.mktemp("messages") / "shuzhi"
    ignored = shutil.ignore_patterns("vendor", "locale", "__pycache__", "migrations")
    shutil.copytree(SOURCE, copy, ignore=ignored)
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "en", "--no-location"]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)  # noqa: S603
    return catalogue(copy / ENGLISH)


def test_every_sentence_has_its_english(extracted: Catalog) -> None:
    translated = {
        m.id if isinstance(m.id, str) else m.id[0]
        for m in catalogue(SOURCE / ENGLISH)
        if m.id and not m.fuzzy and all([m.string] if isinstance(m.string, str) else m.string)
    }
    assert sorted(sentences(extracted) - translated) == []


def test_no_english_is_left_over(extracted: Catalog) -> None:
    assert sorted(sentences(catalogue(SOURCE / ENGLISH)) - sentences(extracted)) == []


def test_no_sentence_hides_behind_another_name() -> None:
    """Sentences are collected where they stand in `gettext`, its kin, or `_`; in no alias."""
    alias = re.compile(r"gettext(?:_lazy)? as (?!_\b)\w+")
    files = (path for path in SOURCE.rglob("*.py") if "vendor" not in path.parts)
    assert [path.name for path in files if alias.search(path.read_text("utf-8"))] == []


def test_no_sentence_hides_in_an_f_string() -> None:
    """Before Python 3.12 an f-string is one token: what is called inside it is not collected."""
    names = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in SOURCE.rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names
    ]
    assert hidden == []
