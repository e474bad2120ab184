"""The papers of a meeting, read back from their files."""

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from shuzhi.bulletins.papers.feedback import feedback_archive, feedback_page
from shuzhi.bulletins.papers.form import FormFacts, Reporter, ballot_form
from shuzhi.bulletins.papers.lists import Called, problem_list, sign_in_sheet
from shuzhi.bulletins.papers.minutes import minutes
from shuzhi.bulletins.papers.notice import NoticeFrame, first_words, notice
from shuzhi.bulletins.papers.summary import summary_sheet
from shuzhi.bulletins.papers.workbook import results_workbook
from shuzhi.kernel.documents.paper import Paper, Table
from shuzhi.kernel.documents.word import write_word

from . import sample


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def words(data: bytes) -> str:
    return bare("".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages))


def paper_words(paper: Paper) -> str:
    document = docx.Document(BytesIO(write_word(paper)))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return bare("".join([*(p.text for p in document.paragraphs), *cells]))


def form_facts(**changes: object) -> FormFacts:
    whole = sample.facts()
    values: dict[str, object] = {
        "title": whole.title,
        "unit": whole.unit,
        "items": whole.items,
        "choices": whole.choices,
        "categories": sample.feedback().categories,
        "reporters": tuple(Reporter(unit=o.unit, name=o.person) for o in whole.outcomes),
    }
    return FormFacts.model_validate(values | changes)


def test_notice_says_results_exemptions_and_problems() -> None:
    whole = sample.facts()
    paper = notice(whole, first_words(whole), NoticeFrame(issuer="中共清溪镇委员会"))
    text = paper_words(paper)
    assert "参加排名的单位共3个，经研究，评定等次“好”1个、“较好”2个。" in text
    assert "第4社区新任职，参加评议，不参加排名。" in text
    assert "应到10人，实到8人，符合规定人数" in text
    assert "共发出测评票16张，收回10张，其中有效8张、无效2张；未使用4张，作废注销2张。" in text
    assert bare(sample.HOSTILE) in text
    assert paper.annexes[0].title == "问题整改清单"


def test_notice_lists_units_by_rank_with_those_without_one_last() -> None:
    whole = sample.facts()
    paper = notice(whole, first_words(whole), NoticeFrame(issuer="某委员会"))
    table = next(block for block in paper.blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == ["1", "2", "3", "—"]
    assert [row[4] for row in table.rows] == ["好", "较好", "较好", "—"]


def test_a_draft_says_that_it_is_one_and_an_issued_paper_bears_the_proof() -> None:
    whole = sample.facts(1)
    draft = notice(whole, first_words(whole), NoticeFrame(issuer="某委员会"))
    assert draft.proof == ["草稿，未签发，不得作为正式文件使用。"]
    frame = NoticeFrame(issuer="某委员会", proof=sample.PROOF, digest="12" * 32)
    lines = bare("".join(notice(whole, first_words(whole), frame).proof))
    for fact in (sample.PROOF.root, sample.PROOF.signature, "12" * 32, sample.PROOF.mark):
        assert fact in lines


def test_minutes_hold_attendance_times_and_comments_and_places_to_sign() -> None:
    whole = sample.facts()
    comments = [sample.COMMENT]
    paper = minutes(sample.MEETING, whole.categories, comments, unit=whole.unit, proof=sample.PROOF)
    text = paper_words(paper)
    assert paper.title == "2026年度书记述职评议会议记录"
    for part in ("应到10人，实到8人", "须到8人，符合规定人数", "钱某（镇政府，请假）", "5′01″"):
        assert part in text
    for part in ("流动党员管理有缺口", "主持人（签名）", "2026年12月3日09:02至12:00"):
        assert part in text


def test_summary_shows_counts_by_category_and_places_for_signatures() -> None:
    text = words(summary_sheet(sample.facts(), sample.PROOF))
    for part in ("测评票核对", "镇领导班子成员", "96.25", "监票人", "计票人", "监督人", "97.50"):
        assert part in text
    assert bare(sample.HOSTILE) in text


def test_summary_withholds_every_category_when_one_is_too_small() -> None:
    text = words(summary_sheet(sample.facts(breakdown=False), sample.PROOF))
    assert "96.25" not in text
    assert "为保护测评人" in text


def test_summary_keeps_to_means_where_counts_do_not_fit() -> None:
    whole = sample.facts()
    many = tuple(
        whole.categories[0].model_copy(update={"id": f"C{n}", "title": f"第{n}类"})
        for n in range(8)
    )
    data = summary_sheet(whole.model_copy(update={"categories": many}), sample.PROOF)
    text = words(data)
    assert "均分" not in text
    assert "第7类" in text


def test_feedback_holds_the_own_page_and_nobody_elses() -> None:
    text = words(feedback_page(sample.feedback(), sample.PROOF))
    for part in ("第1社区", "1/3", "专题研究", "96.3", "流动党员管理有缺口", "老旧小区"):
        assert part in text
    assert bare(sample.HOSTILE) in text
    for number in (2, 3, 4):
        assert f"第{number}社区" not in text


def test_feedback_withholds_small_categories() -> None:
    text = words(feedback_page(sample.feedback(breakdown=False), sample.PROOF))
    assert "96.3" not in text
    assert "为保护测评人" in text


def test_feedback_archive_has_one_page_for_each() -> None:
    pages = [sample.feedback(2), sample.feedback(1)]
    with ZipFile(BytesIO(feedback_archive(pages, sample.PROOF))) as archive:
        assert archive.namelist() == ["01-第1社区.pdf", "02-第2社区.pdf"]
        assert "第2社区" not in words(archive.read("01-第1社区.pdf"))


def test_archive_names_hold_no_path() -> None:
    page = sample.feedback()
    evil = page.outcome.model_copy(update={"unit": "../../etc/社区"})
    data = feedback_archive([page.model_copy(update={"outcome": evil})], sample.PROOF)
    with ZipFile(BytesIO(data)) as archive:
        assert archive.namelist() == ["01-....etc社区.pdf"]


def test_form_has_a_page_for_each_category_and_no_place_for_a_name() -> None:
    data = ballot_form(form_facts())
    text = words(data)
    assert len(PdfReader(BytesIO(data)).pages) == 2
    assert "类别A镇领导班子成员" in text
    assert "类别B党员群众代表" in text
    assert "本表不署名" in text
    assert "打“√”" in text


@pytest.mark.parametrize(
    ("changes", "instruction"),
    [
        ({"items": sample.TEN_ITEMS}, "每格填写一个评价：好、较好、一般、差"),
        ({"choices": (), "low": 0, "high": 100}, "每格填写0至100的整数"),
    ],
)
def test_form_follows_items_and_scale(changes: dict[str, object], instruction: str) -> None:
    assert bare(instruction) in words(ballot_form(form_facts(**changes)))


def test_sign_in_sheet_lists_people_by_category() -> None:
    people = [("镇领导", [Called(name=sample.HOSTILE, unit="镇政府", post="镇长")])]
    text = words(sign_in_sheet("述职评议会议", "清溪镇", sample.MEETING, people))
    assert "镇领导（1人）" in text
    assert bare(sample.HOSTILE) in text
    assert "签名" in text


def test_problem_list_has_room_for_what_became_of_each() -> None:
    text = words(problem_list(sample.facts(), sample.PROOF))
    for part in ("问题整改清单", "2027年3月31日", "销号", "共2项"):
        assert part in text


BEARERS: dict[str, Callable[[], str]] = {
    "summary": lambda: words(summary_sheet(sample.facts(), sample.PROOF)),
    "feedback": lambda: words(feedback_page(sample.feedback(), sample.PROOF)),
    "problems": lambda: words(problem_list(sample.facts(), sample.PROOF)),
    "minutes": lambda: paper_words(
        minutes(sample.MEETING, sample.facts().categories, [], unit="某镇", proof=sample.PROOF)
    ),
}


@pytest.mark.parametrize("paper", BEARERS)
def test_papers_bear_the_signed_head_of_the_log(paper: str) -> None:
    text = BEARERS[paper]()
    for fact in (sample.PROOF.root, sample.PROOF.signature, sample.PROOF.mark):
        assert fact in text


def test_workbook_holds_results_and_no_formula() -> None:
    book = load_workbook(BytesIO(results_workbook(sample.facts(), sample.PROOF)))
    assert book.sheetnames[:3] == ["考核结果", "分项得分", "测评票核对"]
    rows = list(book["考核结果"].values)
    assert rows[1][:4] == (1, "TOWN-01", "第1社区", sample.HOSTILE)
    assert float(rows[1][4]) == 97.5
    proof = {row[0]: row[1] for row in book["存证"].values}
    assert proof["树根"] == sample.PROOF.root


def test_workbook_withholds_small_categories() -> None:
    data = results_workbook(sample.facts(breakdown=False), sample.PROOF)
    assert "分类测评" not in load_workbook(BytesIO(data)).sheetnames


def test_same_facts_give_the_same_bytes() -> None:
    whole, page = sample.facts(), sample.feedback()
    assert summary_sheet(whole, sample.PROOF) == summary_sheet(whole, sample.PROOF)
    assert feedback_page(page, sample.PROOF) == feedback_page(page, sample.PROOF)
    assert results_workbook(whole, sample.PROOF) == results_workbook(whole, sample.PROOF)
