"""Chinese reaches the screen through gettext alone, so that an English reader meets none."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.structure.rooms import PACKAGE, shown, sources

WORD = re.compile(r"[\u3400-\u9fff]")
MARK = re.compile(r"[\u3000-\u303f\uff01-\uff60]")  # full-width punctuation
TRANSLATED = re.compile(
    r"{%\s*translate\b.*?%}|{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}"
    r"|{#.*?#}|{%\s*comment\b.*?endcomment\s*%}|_\(\"[^\"]*\"\)",
    re.DOTALL,
)
GETTEXT = re.compile(r"_|n?gettext(_lazy|_noop)?|n?pgettext(_lazy)?")
PAIRS = {"in_theirs", "_say"}  # both languages side by side: the Chinese, then the English
# Whoever adds a line here says why an English reader is not left alone with Chinese.
ALLOWED = {
    # Both languages, each in its place.
    "engine/": "speaks by tables of its own, without Django",
    "web/cli.py": "one table of commands in both languages",
    "appraisal/archive.py": "one page of instructions in both languages",
    "web/templates/web/_reading.html": "the name of a language in that language",
    "web/settings.py": "the name of a language in that language",
    # Official papers, which are Chinese whoever prints them.
    "kernel/documents/": "GB/T 9704",
    "bulletins/papers/": "notice, minutes, summary, feedback",
    "bulletins/collecting/review.py": "facts as the notice words them",
    "bulletins/services/drafting.py": "who issues, as the notice words it",
    "bulletins/templates/bulletins/_document.html": "the notice on screen",
    "bulletins/templates/bulletins/_table.html": "a table of the notice",
    "matters/exports.py": "the order or notice that hands a matter over",
    "kernel/access/actor.py": "the system's name as a story keeps it",
    "matters/opening.py": "the number of such a paper, 〔2026〕12号",
    # What people type, name or have written down: data, which is in their language.
    "web/demo/": "the invented county",
    "ballots/forms.py": "a usual form to start from",
    "ballots/schema.py": "a usual form to start from",
    "appraisal/services/schemes/starting.py": "an empty scheme to start from",
    "appraisal/queries/pulling.py": "a source as it is kept",
    "appraisal/services/objections.py": "a reason as it is kept",
    "appraisal/services/rectifying.py": "a basis as it is kept",
    "appraisal/figures.py": "yes and no as people write them",
    "appraisal/schemes/figures.py": "yes and no as people write them",
    "appraisal/word.py": "headings as people number them",
    "kernel/sheets/records.py": "dates, yes and no as people write them",
    "kernel/calendar/": "names of holidays",
    "matters/facts.py": "yes and no as people write them",
    "matters/sheets/writing.py": "several names in a cell, read back by the same mark",
    "registry/policy.py": "posts as people write them",
}
MODULES = sources(".py")
TEMPLATES = [path for path in sources(".html") if "templates" in path.parts]
SCRIPTS = [path for path in sources(".js") if path.name != "tally.js"]  # draws 正 stroke by stroke


def allowed(path: Path) -> bool:
    """Say whether Chinese outside gettext is part of what a file is for."""
    return str(path.relative_to(PACKAGE)).startswith(tuple(ALLOWED))


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _spared(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield what is translated, stands beside its English, or is no text at all."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if GETTEXT.fullmatch(_name(node)):
                yield from node.args
            if _name(node) in PAIRS:
                yield node.args[0]
            yield from (one.value for one in node.keywords if one.arg == "zh")
        elif isinstance(node, ast.Dict):
            yield from (
                value
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant) and key.value == "zh"
            )
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _joints(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield literals that stand between words of a sentence: parts of f-strings, and joins."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield from node.values
        elif isinstance(node, ast.Attribute) and node.attr == "join":
            yield node.value


def untranslated(text: str) -> list[str]:
    """Return the Chinese of a module that gettext does not see, with line numbers."""
    tree = ast.parse(text)
    spared = {id(inner) for node in _spared(tree) for inner in ast.walk(node)}
    joints = {id(node) for node in _joints(tree)}
    return [
        f"{node.lineno}: {node.value[:40]}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in spared
        and (WORD.search(node.value) or (id(node) in joints and MARK.search(node.value)))
    ]


def bare(text: str) -> list[str]:
    """Return the Chinese of a template that no tag translates, with line numbers."""
    rest = TRANSLATED.sub(lambda found: "\n" * found.group().count("\n"), text)
    return [
        f"{at}: {line.strip()[:60]}"
        for at, line in enumerate(rest.splitlines(), 1)
        if WORD.search(line) or MARK.search(line)
    ]


@pytest.mark.parametrize(
    "text",
    [
        'x = "未翻译"',
        'x = f"{name}：{text}"',
        'x = "、".join(names)',
        'raise RefusedError("不行")',
        'x = {"scheme": "方案"}',
    ],
)
def test_a_fault_is_found(text: str) -> None:
    assert untranslated(text)


@pytest.mark.parametrize(
    "text",
    [
        'def f():\n    """说明 of the word."""',
        'x = _("译了")',
        'x = gettext("%(a)s：%(b)s") % words',
        'x = ngettext("有 %d 件", "有 %d 件", n)',
        'x = in_theirs("两种", "both")',
        'x = {"zh": "两种", "en": "both"}',
        'x = Words(zh="两种", en="both")',
        'x = _("、").join(names)',
        'x = re.split("[，；]", typed)',
    ],
)
def test_what_is_allowed(text: str) -> None:
    assert untranslated(text) == []


def test_a_fault_in_a_template_is_found() -> None:
    assert bare("<p>未翻译</p>") == ["1: <p>未翻译</p>"]
    assert bare('{{ names|join:"、" }}')
    translated = '{% translate "译了" %}{{ names|join:_("、") }}'
    assert bare(translated + "{% blocktranslate %}译\n了{% endblocktranslate %}{# 注 #}") == []


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_module(path: Path) -> None:
    assert allowed(path) or untranslated(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=shown)
def test_template(path: Path) -> None:
    assert allowed(path) or bare(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=shown)
def test_script(path: Path) -> None:
    text = path.read_text("utf-8")
    assert WORD.findall(text) + MARK.findall(text) == []


@pytest.mark.parametrize("start", ALLOWED)
def test_nothing_is_allowed_that_needs_no_leave(start: str) -> None:
    """An entry goes when its Chinese has gone."""
    files = [*MODULES, *TEMPLATES]
    found = [path for path in files if str(path.relative_to(PACKAGE)).startswith(start)]
    check = {".py": untranslated, ".html": bare}
    assert any(check[path.suffix](path.read_text("utf-8")) for path in found)
