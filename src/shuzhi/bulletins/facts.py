"""What papers say, as plain values: collected once, frozen with a bulletin, printed from there."""

from datetime import date, datetime
from decimal import Decimal

from shuzhi.kernel.content import Frozen


class Named(Frozen):
    """Something with an id and its words: an item of the form, a mark of the scale."""

    id: str
    title: str


class CategoryFacts(Frozen):
    """A category of raters and what became of its forms, slips and paper together."""

    id: str
    title: str
    weight: Decimal
    issued: int
    returned: int
    void: int
    unused: int
    cancelled: int

    @property
    def valid(self) -> int:
        return self.returned - self.void


class PointFacts(Frozen):
    """Points earned for one indicator; None where it does not apply."""

    indicator: str
    title: str
    points: Decimal | None
    of: Decimal | None
    rate: Decimal | None


class MarkFacts(Frozen):
    """Marks of one category on one item: how many of each, and their mean in per cent."""

    item: str
    category: str
    counts: tuple[int, ...]
    mean: Decimal

    @property
    def total(self) -> int:
        return sum(self.counts)


class OutcomeFacts(Frozen):
    """A reporter's result; `grade` is the committee's. `marks` is empty where it is withheld."""

    code: str
    unit: str
    person: str
    position: int
    spared: str = ""  # why there is no rank, in words
    total: Decimal | None
    bonus: Decimal | None = None
    rank: int | None
    best_rank: int | None = None
    worst_rank: int | None = None
    grade: str = ""
    computed_grade: str = ""
    reason: str = ""
    points: tuple[PointFacts, ...] = ()
    marks: tuple[MarkFacts, ...] = ()


class ProblemFacts(Frozen):
    """A problem to be mended."""

    unit: str
    text: str
    source: str
    measure: str = ""
    owner: str = ""
    due: date | None = None
    outcome: str = ""
    state: str = ""


class AttendanceFacts(Frozen):
    """How many of a category were called and came."""

    title: str
    called: int
    there: int
    substitutes: int
    excused: int


class AbsentFacts(Frozen):
    """Somebody who did not come in person."""

    name: str
    unit: str
    presence: str


class TurnFacts(Frozen):
    """A reporter's turn: seconds spent on the report and on questions."""

    unit: str
    name: str
    spent: int
    asked: int


class MeetingFacts(Frozen):
    """The meeting: when, where, who led it, who came, who reported."""

    title: str
    held_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    place: str
    host: str
    recorder: str
    called: int
    there: int
    needed: int
    quorum_percent: int
    attendance: tuple[AttendanceFacts, ...]
    absent: tuple[AbsentFacts, ...] = ()
    turns: tuple[TurnFacts, ...] = ()
    agenda: tuple[str, ...] = ()
    record: str = ""

    @property
    def quorate(self) -> bool:
        return self.there >= self.needed


class CommentFacts(Frozen):
    """The leader's approved comment on a reporter."""

    unit: str
    person: str
    good: str
    lacking: str
    direction: str


class ProofFacts(Frozen):
    """The signed head of the proof log over everything that a paper rests on."""

    log: str
    algorithm: str
    size: int
    root: str
    signed_at: datetime
    key_id: str
    signature: str

    @property
    def mark(self) -> str:
        """What `shuzhi log verify --head` takes."""
        return f"{self.size}:{self.root}"


class ReviewFacts(Frozen):
    """A review with its results: all that bulletin, summary sheet and Excel are printed from."""

    review: str  # public id
    title: str
    year: int
    unit: str
    items: tuple[Named, ...]
    choices: tuple[str, ...]  # best first; empty for numeric marks
    breakdown: bool  # whether figures by category may be shown
    categories: tuple[CategoryFacts, ...]
    grades: tuple[str, ...]  # best first
    outcomes: tuple[OutcomeFacts, ...]
    problems: tuple[ProblemFacts, ...] = ()
    meeting: MeetingFacts | None = None
    box_digest: str = ""
    archive_digest: str = ""
    engine_version: str = ""

    @property
    def ranked(self) -> list[OutcomeFacts]:
        """Reporters by rank, then those without one in their order."""
        last = len(self.outcomes) + 1
        return sorted(self.outcomes, key=lambda one: (one.rank or last, one.position))


class FeedbackFacts(Frozen):
    """What one reporter is told: own marks, comment, opinions, problems; nobody else's."""

    title: str
    year: int
    organiser: str
    items: tuple[Named, ...]
    categories: tuple[Named, ...]
    outcome: OutcomeFacts
    ranked: int  # how many were ranked
    comment: CommentFacts | None
    opinions: tuple[str, ...]
    problems: tuple[ProblemFacts, ...]
