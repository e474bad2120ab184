"""Chinese sentences carry Chinese punctuation; a half-width comma in one is a typing slip."""

import re

import pytest
from babel.messages.pofile import read_po

from tests.structure.rooms import ROOT

HALF = re.compile(r"[\u4e00-\u9fff”》],[\u4e00-\u9fff“《]|[\u4e00-\u9fff];[\u4e00-\u9fff]")
ON_SCREEN = re.compile(rf"{HALF.pattern}|[,;:][\u4e00-\u9fff“《]")
ENGLISH = ROOT / "src/shuzhi/locale/en/LC_MESSAGES/django.po"


def test_sentences_on_screen() -> None:
    with ENGLISH.open("rb") as file:
        ids = [m.id if isinstance(m.id, str) else m.id[0] for m in read_po(file, locale="en")]
    assert [text for text in ids if ON_SCREEN.search(text)] == []


@pytest.mark.parametrize("pack", sorted((ROOT / "src/shuzhi/catalogue/packs").rglob("*.yaml")))
def test_sentences_of_packs(pack: object) -> None:
    from pathlib import Path

    assert HALF.findall(Path(str(pack)).read_text("utf-8")) == []
