"""Facts of an invented meeting, for papers that need no database."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from shuzhi.bulletins.facts import (
    AbsentFacts,
    AttendanceFacts,
    CategoryFacts,
    CommentFacts,
    FeedbackFacts,
    MarkFacts,
    MeetingFacts,
    Named,
    OutcomeFacts,
    PointFacts,
    ProblemFacts,
    ProofFacts,
    ReviewFacts,
    TurnFacts,
)

HOSTILE: Final = '<b>王</b>&"#let x"*粗*$y$@赵'
CHOICES: Final = ("好", "较好", "一般", "差")
CATEGORIES: Final = (("A", "镇领导班子成员", 60), ("B", "党员群众代表", 40))
ONE_ITEM: Final = (Named(id="overall", title="总体评价"),)
TEN_ITEMS: Final = tuple(Named(id=f"t{n}", title=f"第{n}项工作") for n in range(1, 11))
PROOF: Final = ProofFacts(
    log="K7QH2MABCD",
    algorithm="sha256",
    size=1024,
    root="ab12" * 16,
    signed_at=datetime(2026, 12, 5, 2, 11, tzinfo=UTC),
    key_id="9f8e7d6c5b4a3f2e",
    signature="0a1b" * 32,
)
MEETING: Final = MeetingFacts(
    title="2026年度书记述职评议会议",
    held_at=datetime(2026, 12, 3, 1, 0, tzinfo=UTC),
    opened_at=datetime(2026, 12, 3, 1, 2, tzinfo=UTC),
    closed_at=datetime(2026, 12, 3, 4, 0, tzinfo=UTC),
    place="镇政府三楼会议室",
    host="周某",
    recorder="",
    called=10,
    there=8,
    needed=8,
    quorum_percent=80,
    attendance=(AttendanceFacts(title="镇领导", called=10, there=8, substitutes=1, excused=1),),
    absent=(AbsentFacts(name="钱某", unit="镇政府", presence="请假"),),
    turns=(TurnFacts(unit="第1社区", name=HOSTILE, spent=301, asked=65),),
    agenda=("书记述职", "现场测评"),
    record="会议强调抓好整改。",
)


def _marks(items: tuple[Named, ...]) -> tuple[MarkFacts, ...]:
    return tuple(
        MarkFacts(item=item.id, category=code, counts=(3, 1, 0, 0), mean=Decimal("96.25"))
        for item in items
        for code, _title, _weight in CATEGORIES
    )


def outcome(
    number: int, items: tuple[Named, ...] = ONE_ITEM, *, ranked: bool = True
) -> OutcomeFacts:
    return OutcomeFacts(
        code=f"TOWN-{number:02d}",
        unit=f"第{number}社区",
        person=HOSTILE if number == 1 else f"书记{number}",
        position=number,
        spared="" if ranked else "新任职，参加评议，不参加排名",
        total=Decimal("98.50") - number,
        bonus=Decimal(1),
        rank=number if ranked else None,
        best_rank=max(1, number - 1) if ranked else None,
        worst_rank=number + 1 if ranked else None,
        grade=("好" if number == 1 else "较好") if ranked else "",
        computed_grade="好",
        points=(
            PointFacts(
                indicator="study",
                title="专题研究",
                points=Decimal("18.5"),
                of=Decimal(20),
                rate=Decimal("0.925"),
            ),
        ),
        marks=_marks(items),
    )


def problem(number: int) -> ProblemFacts:
    return ProblemFacts(
        unit=f"第{number}社区",
        text=f"阵地利用率不高{HOSTILE}",
        source="领导点评",
        owner=f"书记{number}",
        due=date(2027, 3, 31),
        state="整改中",
    )


def facts(
    count: int = 4, items: tuple[Named, ...] = ONE_ITEM, *, breakdown: bool = True
) -> ReviewFacts:
    """Return a review of `count` reporters; the last one has no rank."""
    outcomes = [outcome(n, items, ranked=n < count) for n in range(1, count + 1)]
    if not breakdown:
        outcomes = [one.model_copy(update={"marks": ()}) for one in outcomes]
    return ReviewFacts(
        review="REVIEW",
        title="2026年度社区书记述职评议",
        year=2026,
        unit="清溪镇党委",
        items=items,
        choices=CHOICES,
        breakdown=breakdown,
        categories=tuple(
            CategoryFacts(
                id=code,
                title=title,
                weight=Decimal(weight),
                issued=8,
                returned=5,
                void=1,
                unused=2,
                cancelled=1,
            )
            for code, title, weight in CATEGORIES
        ),
        grades=CHOICES,
        outcomes=tuple(outcomes),
        problems=(problem(1), problem(2)),
        meeting=MEETING,
        box_digest="cd" * 32,
        archive_digest="ef" * 32,
        engine_version="0.1",
    )


COMMENT: Final = CommentFacts(
    unit="第1社区",
    person=HOSTILE,
    good="网格服务到位。",
    lacking="流动党员管理有缺口。",
    direction="把活动室开到群众有空的时候。",
)


def feedback(number: int = 1, *, breakdown: bool = True) -> FeedbackFacts:
    """Return the page of one reporter of `facts()`."""
    whole = facts(breakdown=breakdown)
    return FeedbackFacts(
        title=whole.title,
        year=2026,
        organiser=whole.unit,
        items=whole.items,
        categories=tuple(Named(id=row.id, title=row.title) for row in whole.categories),
        outcome=whole.outcomes[number - 1],
        ranked=3,
        comment=COMMENT if number == 1 else None,
        opinions=("希望多到老旧小区走走。", HOSTILE) if number == 1 else (),
        problems=(problem(number),),
    )
