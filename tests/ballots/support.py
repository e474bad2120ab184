"""Polls for tests: a small form, cards of the cast's communities, slips, ballots."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from shuzhi.ballots.models import Poll
from shuzhi.ballots.schema import CardSpec, Choices, Fact, Item, PollForm, RaterCategory, Span
from shuzhi.ballots.services import (
    Ballot,
    cast_ballot,
    create_poll,
    issue_slips,
    open_poll,
    replace_cards,
)
from shuzhi.kernel.access import Actor
from tests.cast import Cast

GRADES = Choices(choices={"好": 100, "较好": 85, "一般": 70, "差": 50})
HUNDRED = Span.model_validate({"from": 0, "to": 100})
CATEGORIES = (
    RaterCategory(id="A", title="镇领导", weight=60),
    RaterCategory(id="B", title="社区书记", weight=40, recuse=True),
)
TOPICS = tuple(Item(id=f"t{number}", title=f"第{number}项") for number in range(1, 11))


def nonce() -> str:
    return secrets.token_hex(16)


def overall_form(**changes: object) -> PollForm:
    values: dict[str, object] = {"scale": GRADES, "categories": CATEGORIES, "min_marks": 1}
    return PollForm.model_validate(values | changes)


def cards_of(subjects: Iterable[str]) -> list[CardSpec]:
    return [
        CardSpec(
            subject=subject,
            name=f"述职人{number}",
            unit_title=f"第{number}社区",
            lines=("党员 86 名", "年度计划完成 9 项"),
            figures=(Fact(label="专题研究", value="4 次"),),
            report="一年来的工作。",
        )
        for number, subject in enumerate(subjects, 1)
    ]


@dataclass
class Hall:
    """An open poll with the codes of its slips by category."""

    poll: Poll
    actor: Actor
    codes: dict[str, list[str]] = field(default_factory=dict)
    subjects: list[str] = field(default_factory=list)

    def cast(self, category: str, mark: str = "好", **changes: object) -> str:
        """Use the next slip of a category to give every subject the same mark."""
        items = [item.id for item in self.poll.parsed_form.items]
        values: dict[str, object] = {
            "marks": {subject: dict.fromkeys(items, mark) for subject in self.subjects},
            "own_unit": "" if category == "B" else None,
        }
        ballot = Ballot.model_validate(values | changes)
        return cast_ballot(self.poll.public_id, self.codes[category].pop(), nonce(), ballot)


def prepare(
    cast: Cast, form: PollForm | None = None, slips: int = 6, subjects: list[str] | None = None
) -> Hall:
    """Prepare a poll of TOWN with slips in every category."""
    actor = cast.actor("commissioner")
    form = form or overall_form()
    poll = create_poll(actor=actor, title="年度述职评议", unit=cast.town, form=form)
    names = subjects or [unit.code for unit in cast.communities]
    replace_cards(actor=actor, poll=poll, cards=cards_of(names))
    hall = Hall(poll, actor, subjects=names)
    for category in form.categories:
        hall.codes[category.id] = issue_slips(
            actor=actor, poll=poll, category=category.id, count=slips
        )
    return hall


def open_hall(cast: Cast, form: PollForm | None = None, **options: object) -> Hall:
    """Prepare and open a poll."""
    hall = prepare(cast, form, **options)  # type: ignore[arg-type]
    open_poll(actor=hall.actor, poll=hall.poll)
    return hall
