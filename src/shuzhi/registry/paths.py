"""Steps of the tree's path: four characters each, so that a prefix is a subtree.

36⁴ gives 1.6 million siblings; the column's 64 characters give 16 levels.
"""

STEP = 4
DEPTH = 16
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def step(number: int) -> str:
    """Return the step of the `number`-th sibling (from 1)."""
    text = ""
    for _position in range(STEP):
        number, digit = divmod(number, len(DIGITS))
        text = DIGITS[digit] + text
    if number:
        raise ValueError("more siblings than a step can count")
    return text


def number_of(path: str) -> int:
    """Return which sibling the last step of `path` is; 0 for no path."""
    return int(path[-STEP:], len(DIGITS)) if path else 0


def parents(path: str) -> list[str]:
    """Return the paths above `path`, the root first."""
    return [path[:end] for end in range(STEP, len(path), STEP)]
