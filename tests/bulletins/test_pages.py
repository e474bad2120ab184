"""Pages of this room: who finds what, what a person reads there, and how steps are taken."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from shuzhi.appraisal.models import Entrant, Review
from shuzhi.bulletins import services
from shuzhi.bulletins.duties import duties
from shuzhi.bulletins.enums import BulletinState, Scope
from shuzhi.bulletins.models import Bulletin
from shuzhi.kernel.documents.paper import Paper, Text
from shuzhi.kernel.documents.word import write_word
from shuzhi.kernel.files import read_bytes
from shuzhi.kernel.models import AuditEvent
from tests.cast import Cast

Browse = Callable[[str], Client]
WORKERS = ("commissioner", "organiser", "leader")
READERS = ("inspector", "secretary1", "county_leader")
STRANGERS = ("outsider", "desk", "teller1", "system", "security", "audit")


def address(name: str, *more: object) -> str:
    return reverse(f"bulletins:{name}", args=[str(one) for one in more])


def text(response: HttpResponse) -> str:
    return response.content.decode()


def entrant_of(review: Review, code: str) -> Entrant:
    return Entrant.objects.get(review=review, unit__code=code)


@pytest.mark.parametrize("part", [*WORKERS])
def test_who_works_on_it_sees_a_draft(draft: Bulletin, browse: Browse, part: str) -> None:
    page = text(browse(part).get(address("detail", draft.public_id)))
    assert draft.title in page
    assert "这是草稿" in page


@pytest.mark.parametrize("part", ["inspector", "secretary1", *STRANGERS])
def test_to_everybody_else_a_draft_does_not_exist(
    draft: Bulletin, browse: Browse, part: str
) -> None:
    client = browse(part)
    for name, more in (("detail", ()), ("chart", ()), ("file", ("word",)), ("edit", ())):
        assert client.get(address(name, draft.public_id, *more)).status_code == 404


@pytest.mark.parametrize("part", [*WORKERS, *READERS])
def test_issued_it_is_read_by_the_units_of_the_town(
    issued: Bulletin, browse: Browse, part: str
) -> None:
    client = browse(part)
    assert issued.title in text(client.get(address("list")))
    page = client.get(address("detail", issued.public_id))
    assert "存证与核验" in text(page)
    assert client.get(address("file", issued.public_id, "pdf")).status_code == 200


@pytest.mark.parametrize("part", STRANGERS)
def test_strangers_find_nothing(issued: Bulletin, browse: Browse, part: str) -> None:
    client = browse(part)
    assert issued.title not in text(client.get(address("list")))
    assert client.get(address("detail", issued.public_id)).status_code == 404
    assert client.get(address("file", issued.public_id, "pdf")).status_code == 404


def test_an_internal_bulletin_stays_with_leaders_and_organisers(
    issued: Bulletin, browse: Browse
) -> None:
    Bulletin.objects.update(scope=Scope.INTERNAL)
    assert browse("secretary1").get(address("detail", issued.public_id)).status_code == 404
    assert browse("inspector").get(address("detail", issued.public_id)).status_code == 200


def test_all_units_figures_are_not_for_the_reporters(issued: Bulletin, browse: Browse) -> None:
    url = address("file", issued.public_id, "excel")
    assert browse("secretary1").get(url).status_code == 403
    assert browse("inspector").get(url).status_code == 200
    assert url not in text(browse("secretary1").get(address("detail", issued.public_id)))


def test_issued_files_are_the_kept_ones(issued: Bulletin, browse: Browse) -> None:
    client = browse("commissioner")
    for kind in ("word", "pdf", "excel"):
        response = client.get(address("file", issued.public_id, kind))
        assert response.content == read_bytes(getattr(issued, kind))
        assert "attachment" in response["Content-Disposition"]


def test_a_draft_file_says_so_and_has_no_number(draft: Bulletin, browse: Browse) -> None:
    client = browse("commissioner")
    data = client.get(address("file", draft.public_id, "pdf")).content
    assert "草稿" in "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    word = docx.Document(BytesIO(client.get(address("file", draft.public_id, "word")).content))
    assert not any("〔20" in paragraph.text for paragraph in word.paragraphs)
    assert client.get(address("file", draft.public_id, "excel")).status_code == 404
    assert client.get(address("file", draft.public_id, "nonsense")).status_code == 404


def test_the_page_shows_head_digests_and_how_to_verify(issued: Bulletin, browse: Browse) -> None:
    page = text(browse("commissioner").get(address("detail", issued.public_id)))
    assert issued.word is not None
    proof = issued.content["frame"]["proof"]
    for part in (proof["root"], proof["signature"], issued.digest, issued.word.sha256):
        assert part in page
    assert f"shuzhi log verify --head {proof['size']}:{proof['root']}" in page


def test_chart_is_a_picture_of_ours(issued: Bulletin, browse: Browse) -> None:
    response = browse("secretary1").get(address("chart", issued.public_id))
    assert response["Content-Type"] == "image/svg+xml"
    assert b"<svg" in response.content


def test_the_walk_by_buttons(cast: Cast, published: Review, browse: Browse) -> None:
    drafter, checker, signer = browse("commissioner"), browse("organiser"), browse("leader")
    begun = drafter.post(address("begin", published.public_id))
    bulletin = Bulletin.objects.get()
    assert begun.headers["Location"] == address("edit", bulletin.public_id)
    form = {
        name: getattr(bulletin, name)
        for name in ("issuer", "code_word", "addressee", "opening", "overview", "printer", "scope")
    }
    edited = drafter.post(address("edit", bulletin.public_id), form | {"title": "<b>新</b>题"})
    assert edited.status_code == 302
    for client, step in ((drafter, "offer"), (checker, "check"), (signer, "issue")):
        page = text(client.get(address("detail", bulletin.public_id)))
        url = address("step", bulletin.public_id, step)
        assert url in page
        assert client.post(url).status_code == 302
    bulletin.refresh_from_db()
    assert (bulletin.state, bulletin.number) == (BulletinState.ISSUED, 1)
    page = text(browse("secretary2").get(address("detail", bulletin.public_id)))
    assert "&lt;b&gt;新&lt;/b&gt;题" in page
    assert "<b>新</b>" not in page


def test_nobody_saves_over_words_that_were_not_seen(draft: Bulletin, browse: Browse) -> None:
    url = address("edit", draft.public_id)
    late, quick = browse("commissioner"), browse("organiser")
    shown = late.get(url).context["form"]
    typed = {name: shown[name].value() for name in shown.fields}
    assert quick.post(url, typed | {"opening": "先存的导语"}).status_code == 302
    refused = late.post(url, typed | {"overview": "后写的情况"})
    assert refused.status_code == 422
    assert "导语“先存的导语”" in text(refused)
    assert "后写的情况" in text(refused), "what was typed stays"
    draft.refresh_from_db()
    assert draft.opening == "先存的导语"
    again = typed | {"seen": refused.context["form"]["seen"].value(), "opening": "先存的导语"}
    assert late.post(url, again | {"overview": "后写的情况"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.opening, draft.overview) == ("先存的导语", "后写的情况")


def test_returning_asks_why_and_the_drafter_reads_it(checked: Bulletin, browse: Browse) -> None:
    url = address("step", checked.public_id, "return")
    leader = browse("leader")
    assert leader.get(url).status_code == 200
    assert leader.post(url, {"reason": ""}).status_code == 422
    assert leader.post(url, {"reason": "第二段有误"}).status_code == 302
    page = text(browse("commissioner").get(address("detail", checked.public_id)))
    assert "第二段有误" in page


def test_the_own_hand_has_no_button_and_a_forged_press_is_refused(
    cast: Cast, draft: Bulletin, browse: Browse
) -> None:
    services.offer_bulletin(draft, actor=cast.actor("commissioner"))
    url = address("step", draft.public_id, "check")
    client = browse("commissioner")
    assert url not in text(client.get(address("detail", draft.public_id)))
    client.post(url)
    draft.refresh_from_db()
    assert draft.state == BulletinState.DRAFTED


@pytest.mark.parametrize("step", ["offer", "check", "issue", "discard", "return", "withdraw"])
def test_readers_take_no_step(issued: Bulletin, browse: Browse, step: str) -> None:
    url = address("step", issued.public_id, step)
    assert browse("inspector").post(url, {"reason": "x"}).status_code == 403
    assert browse("outsider").post(url, {"reason": "x"}).status_code == 404


def test_steps_are_taken_by_post_alone(draft: Bulletin, browse: Browse) -> None:
    client = browse("commissioner")
    assert client.get(address("step", draft.public_id, "offer")).status_code == 404
    assert client.post(address("step", draft.public_id, "nonsense")).status_code == 404


def sealed_file(data: bytes, name: str = "盖章件.docx") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, data)}


def test_the_sealed_copy_is_kept_beside_the_printed_one(issued: Bulletin, browse: Browse) -> None:
    data = write_word(Paper("盖章件", [Text("正文")], "某", None))
    client = browse("commissioner")
    client.post(address("seal", issued.public_id), sealed_file(data))
    assert client.get(address("file", issued.public_id, "sealed")).content == data
    assert client.get(address("file", issued.public_id, "word")).content != data
    issued.refresh_from_db()
    assert issued.sealed is not None
    assert issued.word is not None
    event = AuditEvent.objects.get(kind="bulletin.seal")
    assert issued.sealed.sha256 in event.payload
    assert issued.word.sha256 in event.payload


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04 broken"])
def test_what_is_no_word_or_pdf_is_refused_and_nothing_kept(
    issued: Bulletin, browse: Browse, data: bytes
) -> None:
    detail = "http://testserver" + address("detail", issued.public_id)
    page = browse("commissioner").post(
        address("seal", issued.public_id),
        sealed_file(data),
        follow=True,
        headers={"referer": detail},
    )
    issued.refresh_from_db()
    assert issued.sealed is None
    assert "“盖章件.docx”不是Word 文件（.docx）或PDF 文件" in text(page)


def test_only_the_drafter_side_uploads(draft: Bulletin, issued: Bulletin, browse: Browse) -> None:
    assert browse("leader").post(address("seal", issued.public_id)).status_code == 403
    assert browse("secretary1").post(address("seal", issued.public_id)).status_code == 403


def test_reporters_read_the_own_feedback_and_no_other(published: Review, browse: Browse) -> None:
    own, other = entrant_of(published, "TOWN-01"), entrant_of(published, "TOWN-02")
    client = browse("secretary1")
    page = text(client.get(address("feedback", own.public_id)))
    assert "TOWN-01的不足" in page
    assert "TOWN-01的问题" in page
    assert "TOWN-02" not in page
    assert address("feedback", own.public_id) in text(client.get(address("list")))
    for name in ("feedback", "feedback-pdf"):
        assert client.get(address(name, other.public_id)).status_code == 404
    data = client.get(address("feedback-pdf", own.public_id)).content
    assert "TOWN-01的不足" in PdfReader(BytesIO(data)).pages[0].extract_text()


def test_before_publication_reporters_have_no_feedback(decided: Review, browse: Browse) -> None:
    own = entrant_of(decided, "TOWN-01")
    assert browse("secretary1").get(address("feedback", own.public_id)).status_code == 404
    assert browse("commissioner").get(address("feedback", own.public_id)).status_code == 200


@pytest.mark.parametrize("part", ["outsider", "desk", "audit", "system", "teller1"])
def test_feedback_is_nobody_elses(published: Review, browse: Browse, part: str) -> None:
    own = entrant_of(published, "TOWN-01")
    assert browse(part).get(address("feedback", own.public_id)).status_code == 404


RESULTS = ("summary", "results", "feedback", "problems", "recount")
BEFORE = ("roll", "form", "minutes")


@pytest.mark.parametrize("paper", [*BEFORE, *RESULTS])
def test_the_commissioner_takes_every_paper_on_record(
    published: Review, browse: Browse, paper: str
) -> None:
    response = browse("commissioner").get(address("paper", published.public_id, paper))
    assert response.status_code == 200
    assert response.content[:4] in {b"%PDF", b"PK\x03\x04"}
    event = AuditEvent.objects.filter(kind="bulletin.papers").latest("pk")
    assert f'"{paper}"' in event.payload


@pytest.mark.parametrize("paper", RESULTS)
def test_papers_about_results_are_not_for_the_desk(
    published: Review, browse: Browse, paper: str
) -> None:
    url = address("paper", published.public_id, paper)
    assert browse("desk").get(url).status_code == 403
    for part in ("secretary1", "outsider", "audit"):
        assert browse(part).get(url).status_code == 404


def test_the_desk_prints_what_it_needs_without_comments(published: Review, browse: Browse) -> None:
    client = browse("desk")
    for paper in ("roll", "form"):
        assert client.get(address("paper", published.public_id, paper)).status_code == 200
    page = text(client.get(address("meeting", published.public_id)))
    assert "签到表" in page
    assert "汇总表" not in page
    data = client.get(address("paper", published.public_id, "minutes")).content
    words = "".join(p.text for p in docx.Document(BytesIO(data)).paragraphs)
    assert "到会情况" in words
    assert "的不足" not in words


def test_feedback_of_all_comes_as_one_page_each(published: Review, browse: Browse) -> None:
    data = browse("commissioner").get(address("paper", published.public_id, "feedback")).content
    with ZipFile(BytesIO(data)) as archive:
        assert len(archive.namelist()) == 3


def test_a_paper_that_is_not_there_yet_says_from_when_on(
    cast: Cast, scored: Review, browse: Browse
) -> None:
    Review.objects.filter(pk=scored.pk).update(state="closed")
    client = browse("commissioner")
    page = text(client.get(address("meeting", scored.public_id)))
    assert "计分完成后可以下载" in page
    refused = client.get(address("paper", scored.public_id, "summary"))
    assert refused.status_code == 409
    assert "计分完成后可以下载" in text(refused)


def test_duties_name_the_next_hand(cast: Cast, published: Review) -> None:
    def titles(part: str) -> list[str]:
        return [str(duty.title)[:4] for duty in duties(cast.actor(part))]

    assert titles("commissioner") == ["起草通报"]
    bulletin = services.begin_bulletin(published, actor=cast.actor("commissioner"))
    assert titles("commissioner") == ["修改通报"]
    services.offer_bulletin(bulletin, actor=cast.actor("commissioner"))
    assert titles("commissioner") == []
    assert titles("organiser") == ["审核通报"]
    services.check_bulletin(bulletin, actor=cast.actor("organiser"))
    assert (titles("organiser"), titles("leader")) == ([], ["签发通报"])
    services.issue_bulletin(bulletin, actor=cast.actor("leader"))
    assert [titles(part) for part in ("commissioner", "organiser", "leader")] == [[], [], []]


def test_the_list_costs_the_same_for_one_and_for_many(issued: Bulletin, browse: Browse) -> None:
    client = browse("commissioner")
    client.get(address("list"))
    with CaptureQueriesContext(connection) as few:
        client.get(address("list"))
    for number in range(2, 30):
        issued.pk, issued.public_id, issued.number = None, f"COPY{number:04d}", number
        issued.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        client.get(address("list"))
    assert len(many) == len(few)


def test_an_issued_page_costs_a_fixed_number_of_queries(issued: Bulletin, browse: Browse) -> None:
    client = browse("commissioner")
    client.get(address("detail", issued.public_id))
    with CaptureQueriesContext(connection) as found:
        client.get(address("detail", issued.public_id))
    assert len(found) <= 16
