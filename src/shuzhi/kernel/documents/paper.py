"""What an official paper consists of, whatever it is written to: Word or PDF."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from shuzhi.kernel.typed import fit

TITLE_WIDTH: Final = 20  # characters of 二号 in a line
TITLE_WORDS: Final = re.compile("述职|评议|考核|测评|工作|情况|问题|会议|开展|进一步|落实|整改")
NUMERALS: Final = "零一二三四五六七八九"


def plain(text: str) -> str:
    """Return `text` without the control characters that no document format can hold."""
    return fit(text).replace("\r", "")


@dataclass(frozen=True)
class Heading:
    """A heading of level 1–4; its number (一、 (一) 1. (1)) follows from its place."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    """A paragraph; `lead` opens it in 楷体 (a topic sentence); without `indent` flush left."""

    text: str
    lead: str = ""
    indent: bool = True


@dataclass(frozen=True)
class Table:
    """A table whose header row repeats and whose rows never break.

    `widths` are relative; `align` holds a letter a column: l, c or r.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    align: str = ""
    caption: str = ""

    def alignment(self, column: int) -> str:
        return self.align[column] if column < len(self.align) else "c"


@dataclass(frozen=True)
class Picture:
    """A picture as PNG for Word and SVG for PDF; `alt` says in words what it shows."""

    png: bytes
    svg: str
    alt: str
    caption: str = ""
    width_mm: float = 150


Block = Heading | Text | Table | Picture


@dataclass(frozen=True)
class Annex:
    """附件: stands on a page of its own behind the signature."""

    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Imprint:
    """版记: who receives copies, who printed it and when."""

    printer: str
    printed: date
    copies: Sequence[str] = ()


@dataclass(frozen=True)
class Paper:
    """An official document; without `mark` it has no red head (minutes, enclosures).

    A long title may say by a line break where its words part.
    """

    title: str
    blocks: Sequence[Block]
    issuer: str
    dated: date | None
    mark: str = ""  # 发文机关标志, as "……委员会文件"
    number: str = ""  # 发文字号
    signer: str = ""  # 签发人, on papers that go upwards
    copy_number: str = ""  # 份号
    secrecy: str = ""  # 密级和保密期限
    urgency: str = ""  # 紧急程度
    addressee: str = ""  # 主送机关, without the colon
    annexes: Sequence[Annex] = ()
    imprint: Imprint | None = None
    proof: Sequence[str] = ()  # lines in small type above the imprint
    signature: bool = True  # 署名 and 成文日期 behind the text


def title_text(title: str) -> str:
    """Return a title with line breaks between words, so that no word parts and no line is short.

    A break that the title has itself stays. Where no word of the usual ones begins near the
    middle, the program that shows it breaks as it can.
    """
    if "\n" in title or width_in_characters(title) <= TITLE_WIDTH:
        return title
    middle = len(title) / 2 + 1  # the first line rather the longer one
    starts = [found.start() for found in TITLE_WORDS.finditer(title)]
    near = [at for at in starts if abs(at - middle) <= len(title) / 4]
    if not near:
        return title
    at = min(near, key=lambda start: abs(start - middle))
    return f"{title[:at]}\n{title[at:]}"


def grouped(code: str, size: int = 8) -> str:
    """Return a digest or signature in groups that an eye can compare and a line can break."""
    return " ".join(code[at : at + size] for at in range(0, len(code), size))


def chinese_number(value: int) -> str:
    """Return 1–99 in Chinese numerals: 十, 二十一."""
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{NUMERALS[tens]}十"
    return head + (NUMERALS[ones] if ones or not tens else "")


def chinese_date(day: date | None) -> str:
    """Return 成文日期 in Arabic figures without leading zeros; blanks to fill in without a day."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "    年  月  日"


def heading_number(level: int, number: int) -> str:
    """Return the number of a heading by 7.3.3: 一、 (一) 1. (1)."""
    return {
        1: f"{chinese_number(number)}、",
        2: f"（{chinese_number(number)}）",
        3: f"{number}.",
        4: f"（{number}）",
    }[level]


def numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with each heading's number before its words; deeper levels start anew."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
            continue
        at = block.level - 1
        counts[at] += 1
        counts[at + 1 :] = [0] * (3 - at)
        yield Heading(heading_number(block.level, counts[at]) + block.text, block.level)


def width_in_characters(text: str) -> float:
    """Return the width of `text` in full-width characters; ASCII counts half."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def signature_indents(issuer: str, day: str, free: float) -> tuple[float, float]:
    """Return the right indents, in characters, of 署名 and 成文日期 (7.3.5.1).

    The date leaves `free` characters, and the name is centred over it; where the name is the
    longer one, it leaves two characters and the date moves in under its middle.
    """
    name, dated = width_in_characters(issuer), width_in_characters(day)
    centred = free + dated / 2 - name / 2
    return (centred, free) if centred >= 0 else (2.0, 2.0 + name / 2 - dated / 2)
