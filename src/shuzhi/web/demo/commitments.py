"""The county's commitments of 2010, taken in as a ledger: 1,854 of organisations, 4,094 of members.

The two totals and how many were kept are those of a county's report; what was promised is made up.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from shuzhi.catalogue.services import offer
from shuzhi.kernel.access import SYSTEM
from shuzhi.matters.services import LedgerRow, import_matters
from shuzhi.registry.queries import subtree
from shuzhi.registry.services.periods import close_period, open_period

if TYPE_CHECKING:
    from shuzhi.registry.models import Unit

    from .county import County

YEAR = 2010
FIRST = date(YEAR, 4, 26)
CHECKED = date(YEAR, 12, 20)
FAILED, KEPT = "broken", "kept"
LEDGERS = (  # mechanism, promised, kept
    ("commitment-organisation", 1854, 1726),
    ("commitment-member", 4094, 3925),
)
DEEDS = {
    "commitment-organisation": (
        "硬化村内道路", "整修活动场所", "清理河道垃圾", "安装路灯", "建立便民服务点",
        "开办农家书屋", "帮助困难户修房", "公开村级账目", "组织技能培训", "改造自来水管网",
    ),
    "commitment-member": (
        "结对帮扶一户困难家庭", "义务清扫门前道路", "带头种植新品种", "教会三户邻居一门技术",
        "每月参加一次义务巡逻", "照看独居老人", "按时参加组织生活", "为群众代办事项",
    ),
}  # fmt: skip


def _rows(
    mechanism: str, promised: int, kept: int, units: list["Unit"], random: Random
) -> Iterator[LedgerRow]:
    broken = set(random.sample(range(promised), promised - kept))
    for number in range(promised):
        opened = FIRST + timedelta(days=random.randrange(60))
        due = opened + timedelta(days=random.randrange(60, 180))
        is_broken = number in broken
        yield LedgerRow(
            unit=units[number % len(units)].code,
            title=random.choice(DEEDS[mechanism]),
            opened_on=opened,
            state=FAILED if is_broken else KEPT,
            due=due,
            closed_on=CHECKED if is_broken else due - timedelta(days=random.randrange(20)),
        )


def take_in_commitments(county: "County", random: Random) -> None:
    """Open 2010, take in both ledgers, close the year again."""
    period = open_period(actor=SYSTEM, year=YEAR)
    units = [unit for unit in subtree(county.root) if unit != county.root]
    for mechanism, promised, kept in LEDGERS:
        offer(actor=SYSTEM, mechanism=mechanism, unit=county.root)
        import_matters(
            actor=SYSTEM,
            mechanism=mechanism,
            unit=county.root,
            year=YEAR,
            rows=list(_rows(mechanism, promised, kept, units, random)),
            source="2010 年创先争优承诺台账",
        )
    close_period(actor=SYSTEM, period=period)
