"""Order of names by the strokes of surname and given name (按姓氏笔画为序).

Rule: GF 3003-1999 《GB13000.1字符集汉字字序（笔画序）规范》: fewer strokes first, then stroke by
stroke 横竖撇点折; a shorter name before a longer one that begins alike. The stored key keeps the
order when a library changes its mind; `Person.sort_as` settles what people still dispute.
"""

from functools import cache
from importlib.resources import files

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
WIDTH = 3  # 36³ = 46,656 places
UNKNOWN = "z" * WIDTH
IGNORED = frozenset("·•‧ 　")  # between the parts of a name; never decides the order


def _place(number: int) -> str:
    digits = ""
    for _position in range(WIDTH):
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits


@cache
def _places() -> dict[str, str]:
    text = files("shuzhi.registry").joinpath("strokes.txt").read_text("utf-8")
    lines = (line.split(" ", 1)[1] for line in text.splitlines() if not line.startswith("#"))
    return {character: _place(number) for number, character in enumerate("".join(lines))}


def stroke_key(name: str) -> str:
    """Return the key by which `name` sorts: three characters for each of its own.

    Characters outside the table (rare extensions, letters) come last, in no promised order.
    """
    places = _places()
    return "".join(places.get(character, UNKNOWN) for character in name if character not in IGNORED)
