"""The digest of a sealed box: anyone with the rows can compute it again."""

import hashlib
import json
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from .enums import PollState
from .models import Poll, Receipt, Remark, SealedMark

WORDS = {
    "marks": _("评分"),
    "remarks": _("意见建议"),
    "receipts": _("回执"),
    "statistics": _("评分统计"),
    "box": _("票箱摘要"),
}


def _digest(rows: QuerySet[Any, Any]) -> str:
    """Return SHA-256 over the rows as sorted lines of JSON."""
    state = hashlib.sha256()
    for line in sorted(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows.iterator()
    ):
        state.update(line.encode() + b"\n")
    return state.hexdigest()


def box_digests(poll: Poll) -> dict[str, str]:
    """Return the digests of marks, remarks and receipts, and `box` over the three."""
    parts = {
        "marks": _digest(
            SealedMark.objects.filter(poll=poll).values_list(
                "subject", "item", "category", "label", "value"
            )
        ),
        "remarks": _digest(Remark.objects.filter(poll=poll).values_list("subject", "text")),
        "receipts": _digest(Receipt.objects.filter(poll=poll).values_list("code")),
    }
    box = hashlib.sha256("\n".join(parts[name] for name in sorted(parts)).encode()).hexdigest()
    return parts | {"box": box}


def witnessed(poll: Poll) -> dict[str, str]:
    """Return what the proof log witnesses of a poll: once sealed, every part of its box."""
    if poll.state != PollState.SEALED:
        return {}
    digests = box_digests(poll)
    return {
        "marks": digests["marks"],
        "remarks": digests["remarks"],
        "receipts": digests["receipts"],
        "statistics": json.dumps(poll.statistics, ensure_ascii=False, sort_keys=True),
        "box": poll.box_digest,
    }
