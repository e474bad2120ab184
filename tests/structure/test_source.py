"""Every module says what it is for; none grows past what a reader can hold."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.structure.rooms import shown, sources

LONGEST_FILE = 300
LONGEST_FUNCTION = 60
MODULES = sources(".py")


def functions(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield the name and the number of lines of each function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def complaints(text: str) -> list[str]:
    """Return what is wrong with the text of a module."""
    tree = ast.parse(text)
    found = [] if ast.get_docstring(tree) or not tree.body else ["no docstring"]
    if (length := text.count("\n")) > LONGEST_FILE:
        found.append(f"{length} lines: make it a folder")
    found += [f"{name} has {n} lines" for name, n in functions(tree) if n > LONGEST_FUNCTION]
    return found


def test_faults_are_found() -> None:
    assert complaints("x = 1\n") == ["no docstring"]
    assert complaints('"""Doc."""\n' + "x = 1\n" * 400) == ["401 lines: make it a folder"]
    long = '"""Doc."""\ndef long():\n' + "    x = 1\n" * 70
    assert complaints(long) == ["long has 71 lines"]


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_module(path: Path) -> None:
    assert complaints(path.read_text("utf-8")) == []
