"""What verifying the log can find, in words that point at a record."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from .signing import Head


class Fault(StrEnum):
    """What is wrong."""

    ALTERED = "altered"  # an event says something else than when it was recorded
    MISSING = "missing"  # an event, or a witnessed row, is gone
    REORDERED = "reordered"  # an event stands elsewhere than it was numbered
    PERSONAL = "personal"  # the personal facts beside an event were changed or removed
    HEAD = "head"  # a signed head does not fit the log, or its signature does not hold
    CONTENT = "content"  # a witnessed row says something else than the log
    STATE = "state"  # a row is in another state than its last step led to
    UNRECORDED = "unrecorded"  # a witnessed row of which the log knows nothing


@dataclass(frozen=True)
class Problem:
    """One finding: the event's place in the log if there is one, the record, and the words."""

    fault: Fault
    message: str
    position: int | None = None
    record: str = ""

    @classmethod
    def missing(cls, position: int) -> "Problem":
        message = _("第 %(n)d 条存证记录缺失。") % {"n": position}
        return cls(Fault.MISSING, message, position)

    @classmethod
    def between(cls, start: int, end: int) -> "Problem":
        """A head disagrees though every record agrees with itself: somebody rewrote both."""
        message = _("第 %(first)d 至第 %(last)d 条记录之间有改动：与当时签名的树头不符。") % {
            "first": start,
            "last": end - 1,
        }
        return cls(Fault.HEAD, message, start)

    @classmethod
    def mark(cls, size: int) -> "Problem":
        message = _("纸面所印的树头(前 %(n)d 条)与现有记录不符。") % {"n": size}
        return cls(Fault.HEAD, message, size)

    @classmethod
    def unknown_mark(cls, size: int) -> "Problem":
        message = _("纸面所印的树头覆盖 %(n)d 条记录，现有记录没有这么多。") % {"n": size}
        return cls(Fault.MISSING, message, size)

    @classmethod
    def signature(cls, size: int) -> "Problem":
        message = _("覆盖前 %(n)d 条记录的树头签名无效。") % {"n": size}
        return cls(Fault.HEAD, message, size)

    @classmethod
    def cut(cls, numbered: int, stated: int) -> "Problem":
        message = _("已编号 %(stated)d 条记录，现只有 %(numbered)d 条：末尾记录被删除。")
        values = {"stated": stated, "numbered": numbered}
        return cls(Fault.MISSING, message % values, numbered)


@dataclass(frozen=True)
class Report:
    """What verifying found: sound if there is no problem."""

    size: int = 0
    waiting: int = 0  # recorded, not numbered yet
    heads: int = 0
    last: Head | None = None
    sealed: bool = False  # this site's key was there to check each leaf's seal
    problems: list[Problem] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        return {
            "sound": self.sound,
            "size": self.size,
            "waiting": self.waiting,
            "heads": self.heads,
            "head": self.last.mark if self.last else None,
            "seals_checked": self.sealed,
            "problems": [
                {
                    "fault": problem.fault.value,
                    "position": problem.position,
                    "record": problem.record,
                    "message": problem.message,
                }
                for problem in self.problems
            ],
        }
