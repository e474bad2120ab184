"""Papers to print: slips to cut, and blank paper forms."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from shuzhi.kernel.addresses import lan_addresses
from shuzhi.kernel.documents.pdf import render

from .box import grouped
from .models import Poll
from .schema import Choices, RaterCategory

TEMPLATES = Path(__file__).parent / "typst"


def hall_address() -> str:
    """Return this machine's address in the hall's network, else the loopback's."""
    return next(iter(lan_addresses()), "127.0.0.1")


def public_root(request: HttpRequest) -> str:
    """Return the address that phones should open; a loopback address means nothing to a phone."""
    address = urlsplit(request.build_absolute_uri("/"))
    if address.hostname in ("127.0.0.1", "localhost", "::1"):
        port = f":{address.port}" if address.port else ""
        return f"{address.scheme}://{hall_address()}{port}"
    return f"{address.scheme}://{address.netloc}"


def qr_svg(text: str) -> str:
    """Return a QR code as SVG."""
    drawn = io.BytesIO()
    segno.make(text, micro=False, error="m").save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue().decode()


def slips(poll: Poll, codes: Sequence[str], root: str) -> list[dict[str, str]]:
    """Return what each slip bears: the code to type, and the QR code of the page to open.

    The code stands in the fragment, which browsers do not send.
    """
    page = f"{root.rstrip('/')}{reverse('ballots:phone', args=[poll.public_id])}"
    return [{"code": grouped(code), "svg": qr_svg(f"{page}#{code}")} for code in codes]


def slips_pdf(poll: Poll, category: RaterCategory, codes: Sequence[str], root: str) -> bytes:
    """Return the slips of a category as a sheet to cut; `root` is what phones open."""
    enter = f"{root.rstrip('/')}{reverse('ballots:enter')}"
    data = {
        "title": poll.title,
        "category": category.title,
        "words": [
            _("用手机扫码，对每位述职人员作出评价。"),
            _("不记名，一张票只能用一次，请勿转借。"),
            _("扫不了码：打开 %(address)s 输入编号") % {"address": enter.split("//", 1)[-1]},
        ],
        "slips": slips(poll, codes, root),
    }
    return render(TEMPLATES / "slips.typ", data)


def _marks(poll: Poll) -> list[str]:
    scale = poll.parsed_form.scale
    if isinstance(scale, Choices):
        return scale.values()
    return [_("分数（%(low)d 至 %(high)d）") % {"low": scale.from_, "high": scale.to}]


def paper_form_pdf(poll: Poll, category: RaterCategory) -> bytes:
    """Return the blank paper form of a category, without any number or name of a rater."""
    form = poll.parsed_form
    choices = isinstance(form.scale, Choices)
    words = [
        _("请在相应的格内画“√”，每项只画一个。") if choices else _("请填写整数分数。"),
        _("不记名。不填的项目按弃权处理。"),
    ]
    if category.recuse:
        words.append(_("不评本单位：请把本单位一栏划去。"))
    data: dict[str, Any] = {
        "title": poll.title,
        "category": category.title,
        "words": words,
        "marks": _marks(poll),
        "box": "□" if choices else "",
        "items": [item.title for item in form.items],
        "remark": _("意见建议") if form.remark else "",
        "labels": {
            "form": _("测评票"),
            "person": _("述职人员"),
            "item": _("项目"),
            "number": _("计票编号（投票人不填）"),
        },
        "cards": [{"name": card.name, "unit": card.unit_title} for card in poll.cards.all()],
    }
    return render(TEMPLATES / "form.typ", data)
