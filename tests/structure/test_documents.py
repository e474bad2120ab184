"""What the documents tell a reader to type or to open exists."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.structure.rooms import ROOT, shown, sources

PAGES = [
    path
    for path in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))
    if path.stat().st_size
]
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
MAKE = re.compile(r"(?:^|`)make ([a-z][a-z-]*)", re.MULTILINE)
SHUZHI = re.compile(r"(?:^|[`\s]|bin/)shuzhi ([a-z][a-z-]*)", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def commands(pattern: re.Pattern[str], pages: list[Path] = PAGES) -> set[str]:
    """Return the commands that the code pieces of the pages name."""
    texts = (piece for page in pages for piece in CODE.findall(page.read_text("utf-8")))
    return {name for text in texts for name in pattern.findall(text)}


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert {"run", "test"} <= targets
    assert commands(MAKE) <= targets


def test_shuzhi_commands_exist() -> None:
    path = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    for name in sorted(commands(SHUZHI)):
        command = [sys.executable, "-m", "shuzhi.web.cli", name, "--help"]
        done = subprocess.run(  # noqa: S603 -- our own command
            command, env=path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-500:]


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_setting_is_documented() -> None:
    read = re.compile(r"""environ(?:\.get\(|\[)["']([A-Z_]+)["']""")
    names = {name for path in sources(".py") for name in read.findall(path.read_text("utf-8"))}
    ours = {name for name in names if name.startswith("SHUZHI_") or name == "DATABASE_URL"}
    text = (ROOT / "docs/operations.md").read_text("utf-8")
    assert "SHUZHI_VAR" in ours
    assert {name for name in ours if f"`{name}`" not in text} == set()
