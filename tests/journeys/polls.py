"""Open polls on a served site, for stories about raters."""

import json
from dataclasses import dataclass
from typing import Any

from tests.infra.site import Site

OPEN = """
import json
from shuzhi.ballots.services import *
from shuzhi.ballots.schema import CardSpec, Fact, PollForm
from shuzhi.kernel.access import actor_for
from shuzhi.kernel.models import Account
from shuzhi.registry.models import Unit
actor = actor_for(Account.objects.get(username="commissioner"))
asked = json.loads(ASKED)
poll = create_poll(actor=actor, title="2026 年度述职评议", unit=Unit.objects.get(code="TOWN"),
                   form=PollForm.model_validate(asked["form"]))
replace_cards(actor=actor, poll=poll, cards=[
    CardSpec(subject=f"S{n:02d}", name=f"述职人{n}", unit_title=f"第{n}社区",
             lines=("党员 86 名，下辖 4 个支部", "承诺 12 项，完成 11 项"),
             figures=(Fact(label="专题研究", value="5 次"),), report=f"报告{n}第一段\\n第二段")
    for n in range(1, asked["reporters"] + 1)])
codes = {row["id"]: issue_slips(actor=actor, poll=poll, category=row["id"], count=asked["slips"])
         for row in asked["form"]["categories"]}
if asked["open"]:
    open_poll(actor=actor, poll=poll)
print(json.dumps([poll.public_id, codes]))
"""
STEP = """
from shuzhi.ballots import services
from shuzhi.ballots.models import Poll
from shuzhi.kernel.access import actor_for
from shuzhi.kernel.models import Account
actor = actor_for(Account.objects.get(username="commissioner"))
services.STEP_poll(actor=actor, poll=Poll.objects.get(public_id=POLL))
"""
COUNT = """
from shuzhi.ballots.models import BoxEntry, Slip
print(BoxEntry.objects.filter(poll__public_id=POLL).count(),
      Slip.objects.filter(poll__public_id=POLL, state="used").count())
"""
MARKS = """
import json
from shuzhi.ballots.models import Poll
from shuzhi.ballots.queries import remarks, sealed_marks
poll = Poll.objects.get(public_id=POLL)
print(json.dumps([[list(row) for row in sealed_marks(poll)], remarks(poll, "S01")]))
"""
CATEGORIES = [
    {"id": "A", "title": "镇领导", "weight": 60},
    {"id": "B", "title": "社区书记", "weight": 40, "recuse": True},
]
CHOICES = {"choices": {"好": 100, "较好": 85, "一般": 70, "差": 50}}
NUMBERS = {"from": 0, "to": 100}
TOPICS = [{"id": f"t{n}", "title": f"第{n}项履职内容情况"} for n in range(1, 11)]
OVERALL = {"id": "overall", "title": "总体评价"}


@dataclass
class ServedPoll:
    """A poll of a served site, with its codes by category."""

    site: Site
    public_id: str
    codes: dict[str, list[str]]

    def address(self, category: str) -> str:
        """Return what a QR code of the category holds, below the site's address."""
        return f"/p/{self.public_id}/#{self.codes[category].pop()}"

    def _run(self, code: str) -> str:
        return self.site.python(code.replace("POLL", repr(self.public_id)))

    def step(self, name: str) -> None:
        """Open, close or seal."""
        self._run(STEP.replace("STEP_poll", f"{name}_poll"))

    def stored(self) -> tuple[int, int]:
        """Return how many ballots lie in the box, and how many slips are used."""
        entries, used = self._run(COUNT).split()
        return int(entries), int(used)

    def sealed(self) -> tuple[list[list[str]], list[str]]:
        """Return the sealed marks, and the remarks on the first reporter."""
        marks, remarks = json.loads(self._run(MARKS))
        return marks, remarks


def open_poll(site: Site, *, reporters: int = 21, slips: int = 5, **options: Any) -> ServedPoll:
    """Make a poll; `items` and `scale` as in the form, `open=False` leaves it in preparation."""
    form = {
        "items": options.get("items", [OVERALL]),
        "scale": options.get("scale", CHOICES),
        "categories": CATEGORIES,
    }
    asked = {
        "form": form,
        "reporters": reporters,
        "slips": slips,
        "open": options.get("open", True),
    }
    code = OPEN.replace("ASKED", repr(json.dumps(asked)))
    public_id, codes = json.loads(site.python(code))
    return ServedPoll(site, public_id, codes)
