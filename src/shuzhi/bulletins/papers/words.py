"""Words and numbers as papers print them."""

from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

from shuzhi.bulletins.facts import CategoryFacts, ProofFacts
from shuzhi.kernel.documents.paper import chinese_date, grouped

CHINA = timezone(timedelta(hours=8))
DASH = "—"
WITHHELD = "有的类别测评票数少于规定的最少票数，为保护测评人，分类结果不列出。"
ALGORITHMS = {"sha256": "SHA-256", "sm3": "SM3"}


def number(value: Decimal | None, places: int = 2) -> str:
    """Return a number rounded half up to `places`, a dash where there is none."""
    if value is None:
        return DASH
    return str(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def score(value: Decimal | None) -> str:
    """Return a total with the places that the scheme gives it."""
    return DASH if value is None else f"{value}"


def whole(value: int | None) -> str:
    """Return a count or rank, a dash where there is none."""
    return DASH if value is None else str(value)


def clock(seconds: int) -> str:
    """Return a length of time as 5′08″."""
    return f"{seconds // 60}′{seconds % 60:02d}″"


def moment(at: datetime | None) -> str:
    """Return a moment in Chinese local time."""
    if at is None:
        return DASH
    local = at.astimezone(CHINA)
    return f"{chinese_date(local.date())}{local:%H:%M}"


def span(begun: datetime | None, ended: datetime | None) -> str:
    """Return from when to when; a day that is the same is said once."""
    if begun and ended and day(begun) == day(ended):
        return f"{moment(begun)}至{ended.astimezone(CHINA):%H:%M}"
    return f"{moment(begun)}至{moment(ended)}"


def day(value: date | datetime | None) -> str:
    """Return a day in Chinese local time."""
    if isinstance(value, datetime):
        value = value.astimezone(CHINA).date()
    return chinese_date(value) if value else DASH


def forms_sentence(categories: tuple[CategoryFacts, ...]) -> str:
    """Say how many forms went out and what became of them."""
    names = ("issued", "returned", "valid", "void", "unused", "cancelled")
    issued, returned, valid, void, unused, cancelled = (
        sum(getattr(row, name) for row in categories) for name in names
    )
    return (
        f"共发出测评票{issued}张，收回{returned}张，其中有效{valid}张、无效{void}张；"
        f"未使用{unused}张，作废注销{cancelled}张。"
    )


def proof_lines(proof: ProofFacts | None, digest: str = "") -> list[str]:
    """Return what every paper bears: the signed head of the proof log, and how to verify it."""
    if proof is None:
        return ["草稿，未签发，不得作为正式文件使用。"]
    kind = ALGORITHMS.get(proof.algorithm, proof.algorithm)
    where = f"存证：本件依据的记录已编入存证日志（{proof.log}），截至第{proof.size}条，"
    lines = [
        f"{where}树根（{kind}）{grouped(proof.root)}。",
        f"签名（密钥{proof.key_id}，{moment(proof.signed_at)}）{grouped(proof.signature)}。",
    ]
    if digest:
        lines.append(f"内容摘要（SHA-256）{grouped(digest)}。")
    lines.append(
        f"核验：用 shuzhi score 重算复核压缩包，用 shuzhi log verify --head {proof.mark} 核对日志。"
    )
    return lines
