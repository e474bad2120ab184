"""Who does what on which day in this year's matters: short forms of the verbs that people use."""

import struct
import zlib
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from shuzhi.kernel.access import Actor
from shuzhi.kernel.uploads import FileKind, Received
from shuzhi.matters import services
from shuzhi.registry.queries import person_of

from .clock import on

if TYPE_CHECKING:
    from shuzhi.matters.models import Matter
    from shuzhi.registry.models import Person, Unit

    from .county import County
    from .crew import Crew

Who = int | str  # a community's number (its secretary), or a part of the crew


def _chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def _picture(width: int = 320, height: int = 200) -> bytes:
    """Draw a plain picture, sky above and road below, as a PNG."""
    sky, road = b"\x00" + b"\xcf\xe3\xf2" * width, b"\x00" + b"\x8c\x93\x99" * width
    rows = sky * (height * 3 // 5) + road * (height - height * 3 // 5)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(rows)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


PHOTO = Received("现场照片.png", _picture(), FileKind.PNG)


class Scene:
    """The county on one day, and how long ago each thing happened."""

    def __init__(self, county: "County", crew: "Crew", today: date) -> None:
        self.county, self.crew, self.today = county, crew, today

    def day(self, ahead: int) -> str:
        """Return the date so many days from today."""
        return (self.today + timedelta(days=ahead)).isoformat()

    def unit(self, number: int) -> "Unit":
        """Return a community by its number, the town as 0, the county as -1."""
        if number < 0:
            return self.county.root
        return self.county.communities[number - 1] if number else self.county.town

    def actor(self, who: Who) -> Actor:
        """Return the secretary of a community, or a part of the crew."""
        if isinstance(who, int):
            return self.crew.secretary(self.unit(who).code)
        found: Actor = getattr(self.crew, who)
        return found

    def person(self, who: Who) -> "Person | None":
        """Return the person behind an actor."""
        return person_of(self.actor(who))

    def open(
        self,
        ago: int,
        number: int,
        mechanism: str,
        title: str,
        parties: Any = None,
        /,
        *,
        by: Any = "commissioner",
        **facts: Any,
    ) -> "Matter":
        """Open a matter about a place so many days ago."""
        with on(self.today - timedelta(days=ago)):
            return services.open_matter(
                actor=self.actor(by),
                mechanism=mechanism,
                unit=self.unit(number),
                title=title,
                facts=facts,
                parties=parties,
                year=self.today.year,
            )

    def send(self, ago: int, mechanism: str, title: str, **facts: Any) -> "list[Matter]":
        """Send the same matter to every community."""
        with on(self.today - timedelta(days=ago)):
            return services.open_many(
                actor=self.crew.commissioner,
                mechanism=mechanism,
                units=self.county.communities,
                title=title,
                facts=facts,
                year=self.today.year,
            )

    def step(
        self,
        ago: int,
        matter: "Matter",
        who: Who,
        step: str,
        parties: Any = None,
        /,
        **facts: Any,
    ) -> None:
        """Take a step so many days ago."""
        with on(self.today - timedelta(days=ago)):
            services.take_step(
                actor=self.actor(who), matter=matter, step=step, facts=facts, parties=parties
            )

    def promise(self, matter: "Matter", number: int, end: str) -> None:
        """Lead an organisation's commitment to where it stands today."""
        asked = {
            "consulted_whom": "党员 18 人、居民代表 6 人",
            "opinions": "都赞成，建议先急后缓。",
        }
        self.step(86, matter, number, "submit", consulted_on=self.day(-88), **asked)
        if end == "gate":
            return
        if end == "revising":
            self.step(80, matter, "commissioner", "revise", gate_note="写清一天供应多少份。")
            return
        self.step(80, matter, "commissioner", "pass")
        told = [{"channel": "board", "published_on": self.day(-78), "place": "一楼大厅"}]
        self.step(78, matter, number, "publish", publications=told)
        self.step(40, matter, number, "note", progress="材料已经到场，按计划进行。")
        if end not in {"reported", "kept", "voted"}:
            return
        done = {"result": "已经办成，请到现场看。", "evidence": [PHOTO]}
        self.step(12, matter, number, "fulfil", **done)
        if end == "reported":
            return
        self.step(8, matter, "leader", "confirm", check_by="on_site", finding="到场看过，属实。")
        if end == "voted":
            votes = {"voters": 26, "satisfied": 21, "fairly": 4, "dissatisfied": 1}
            held = {"voted_on": self.day(-3), "vote_at": "members", "counted_by": "两名支委"}
            self.step(3, matter, "commissioner", "vote", **held, **votes)

    def visit(self) -> dict[str, Any]:
        """Return what a group brings home from a visit."""
        return {
            "visited_on": self.day(-5),
            "results": [
                {"item": "支部记录是不是当场记的", "outcome": "lacking", "seen": "三次会一种笔迹"},
                {"item": "公示栏多久换一次", "outcome": "sound"},
            ],
            "found": "problems",
            "summary": "公示栏按月更换，支部记录有补写的痕迹。",
            "photos": [PHOTO],
            "findings": [
                {
                    "problem": "支部会议记录补写",
                    "requirement": "今后当场记录、当场签到",
                    "due_on": self.day(10),
                }
            ],
        }
