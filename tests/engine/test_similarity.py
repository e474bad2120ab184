"""A report that repeats the circular is told from one that says what was done."""

from hypothesis import given
from hypothesis import strategies as st

from shuzhi.engine.similarity import RUN, repetition

CIRCULAR = (
    "各镇要把会议精神传达到每一个支部，结合实际制定贯彻落实的具体措施，明确责任人和完成时限，"
    "于月底前上报贯彻落实情况。"
)


def test_a_copied_report_is_repeated_whole_whatever_its_punctuation() -> None:
    copied = CIRCULAR[:30].replace("，", "、 ")
    assert repetition(copied, CIRCULAR).percent == 100


def test_a_report_of_ones_own_is_not_marked() -> None:
    own = "我镇十二日开会，定了三件事：两个弱支部由副书记包联，九月底前换好活动室的桌椅。"
    assert repetition(own, CIRCULAR).percent == 0


def test_the_passages_are_named() -> None:
    half = "我们研究了两次。结合实际制定贯彻落实的具体措施，下周拿出清单。"
    found = repetition(half, CIRCULAR)
    assert found.passages == ("结合实际制定贯彻落实的具体措施",)
    assert found.percent == 100 * 15 // 28


def test_nothing_repeats_nothing() -> None:
    assert repetition("", CIRCULAR) == repetition("。", CIRCULAR) == repetition("", "")


@given(
    st.text(alphabet="甲乙丙丁，。 ", max_size=60), st.text(alphabet="甲乙丙丁，。", max_size=60)
)
def test_the_share_is_what_the_passages_hold(report: str, source: str) -> None:
    found = repetition(report, source)
    letters = sum(sign.isalnum() for sign in report)
    assert all(len(passage) >= RUN for passage in found.passages)
    assert found.percent == (100 * sum(map(len, found.passages)) // letters if letters else 0)
    assert repetition(source, source).percent in {0, 100}
