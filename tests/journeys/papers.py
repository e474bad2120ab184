"""What follows publication: the bulletin through three hands, the papers, the recount, the log."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.infra.site import Site

from .hall import Office, press, text_of_pdf

Axe = Callable[[Page], None]


@dataclass(frozen=True)
class Notice:
    """The issued bulletin: its address, its number, and the head of the log that it bears."""

    address: str
    number: str
    head: str


def from_the_work_list(page: Page, duty: str) -> None:
    """Follow what stands on the own work list."""
    page.goto("/")
    page.get_by_role("link", name=re.compile(f"^{duty}")).last.click()


def draft(page: Page, year: int, axe: Axe) -> None:
    """Begin the bulletin from the work list, write a sentence, hand it to be checked."""
    from_the_work_list(page, f"起草通报：{year}")
    axe(page)
    press(page, "起草通报")
    opening = page.locator("textarea").first
    opening.fill((opening.input_value() or "") + "现将结果通报如下。")
    axe(page)
    press(page, "保存草稿")
    axe(page)
    press(page, "送审")
    expect(page.locator("main")).to_contain_text("已送审")


def issue(office: Office, drafter: Page, year: int, axe: Axe) -> Notice:
    """Take the bulletin through three people's hands, the last one's on a phone."""
    draft(drafter, year, axe)
    checker = office.desktop("organiser")
    from_the_work_list(checker, f"审核通报：.*{year}")
    axe(checker)
    press(checker, "审核通过")
    issuer = office.phone("leader")
    from_the_work_list(issuer, f"签发通报：.*{year}")
    axe(issuer)
    press(issuer, "签发")
    words = issuer.locator("main").inner_text()
    axe(issuer)
    number = re.search(r"\S+〔\d{4}〕\d+号", words)
    head = re.search(r"--head (\d+:[0-9a-f]{64})", issuer.locator("main").text_content() or "")
    assert number, words
    assert head, "the bulletin's page names no head of the log"
    notice = Notice(issuer.url.removeprefix(office.site.hall), number[0], head[1])
    for page in (checker, issuer):
        page.context.close()
    return notice


def fetch(page: Page, name: str) -> bytes:
    """Click a link that hands out a file and return its bytes."""
    with page.expect_download() as waiting:
        page.locator("main").get_by_role("link", name=name, exact=True).first.click()
    return waiting.value.path().read_bytes()


def take_the_bulletin(page: Page, notice: Notice) -> None:
    """Read the bulletin as Word, PDF and Excel; file the signed copy beside it."""
    page.goto(notice.address)
    word = fetch(page, "Word 文件")
    document = Document(io.BytesIO(word))
    assert notice.number in "".join(p.text for p in document.paragraphs)
    assert len(document.tables) > 1
    printed = re.sub(r"\s", "", text_of_pdf(fetch(page, "PDF 文件")))
    assert notice.number in printed
    assert notice.head.partition(":")[2][:16] in printed
    book = CalamineWorkbook.from_filelike(io.BytesIO(fetch(page, "考核结果(Excel)")))
    rows = book.get_sheet_by_index(0).to_python()
    assert sum("社区" in str(row) for row in rows) >= 21
    page.locator("#sealed-file").set_input_files(
        {"name": "盖章件.docx", "mimeType": "application/octet-stream", "buffer": word}
    )
    press(page, "上传盖章件")
    expect(page.locator("main")).to_contain_text("盖章件已存档")


def take_the_papers(page: Page, axe: Axe) -> bytes:
    """Take every paper of the meeting; return the archive for the recount."""
    page.get_by_role("link", name="会议材料").last.click()
    axe(page)
    taken = {}
    for name in page.locator(".bl-papers a").all_inner_texts():
        taken[name] = fetch(page, name)
    assert len(taken) == 8, list(taken)
    summary = text_of_pdf(taken["测评结果汇总表"])
    assert "监票人" in re.sub(r"\s", "", summary)
    with zipfile.ZipFile(io.BytesIO(taken["个人反馈单（全部）"])) as feedback:
        assert len(feedback.namelist()) == 21
    return taken["复核压缩包"]


def recount(site: Site, archive: bytes, folder: Path) -> None:
    """Count again as the archive's README says: every file equal to the byte."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        packed.extractall(folder)
    said = re.search(r"shuzhi (score .*)", (folder / "README.md").read_text("utf-8"))
    assert said
    places = {name: str(folder / name) for name in ("scheme.yaml", "data", "again")}
    site.shuzhi(*(places.get(word, word) for word in said[1].split()))
    published = {path.name: path.read_bytes() for path in (folder / "results").iterdir()}
    again = {path.name: path.read_bytes() for path in (folder / "again").iterdir()}
    assert published == again
    assert "results.csv" in published


def read_own_feedback(office: Office, secretary: str, axe: Axe) -> None:
    """A reporter reads the own result and feedback, and nobody else's."""
    page = office.phone(secretary)
    page.goto("/bulletins/")
    axe(page)
    page.locator("a[href*='/feedback/']").first.click()
    axe(page)
    expect(page.locator("main")).to_contain_text("点评")
    office.windows.forgive(r"status of 40[34]")
    answer = page.goto(f"{office.review}results/")
    assert answer is not None
    assert answer.status in {403, 404}
    page.context.close()


def verify_the_log(site: Site, head: str) -> None:
    """The record behind the bulletin holds; a changed score is named."""
    assert "存证完好" in site.shuzhi("log", "verify", "--head", head)
    unit = site.python(RAISE_A_SCORE).strip()
    with pytest.raises(AssertionError, match=f"考核结果 {unit}"):
        site.shuzhi("log", "verify", "--head", head)


RAISE_A_SCORE = """
from decimal import Decimal
from shuzhi.appraisal.models import Result
row = Result.objects.filter(rank=2).latest("run__review__year")
Result.objects.filter(pk=row.pk).update(total=row.total + Decimal(1))
print(row.entrant.unit.code)
"""
