"""The walk of a bulletin: three people, one number, content that stays as it was issued."""

from datetime import timedelta

import pytest

from shuzhi.appraisal.models import Problem, Review
from shuzhi.bulletins import services
from shuzhi.bulletins.content import frozen_content, number_of
from shuzhi.bulletins.enums import BulletinState
from shuzhi.bulletins.models import Bulletin
from shuzhi.bulletins.papers.words import day
from shuzhi.bulletins.services.filing import render
from shuzhi.bulletins.workflow import BULLETIN
from shuzhi.kernel.audit.log import verify_log
from shuzhi.kernel.audit.problems import Fault
from shuzhi.kernel.errors import ForbiddenError, RefusedError, StateError
from shuzhi.kernel.files import read_bytes
from shuzhi.kernel.models import AuditEvent, NumberSeries
from shuzhi.kernel.workflow import perform
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_three_people_draft_check_and_issue(issued: Bulletin) -> None:
    hands = [issued.drafted_by, issued.checked_by, issued.issued_by]
    assert [hand.username for hand in hands if hand] == ["commissioner", "organiser", "leader"]
    assert issued.state == BulletinState.ISSUED
    assert issued.number == 1
    assert number_of(issued).endswith(f"〔{issued.year}〕1号")
    kinds = AuditEvent.objects.filter(
        subject_type="bulletins.bulletin", kind__startswith="bulletin."
    ).order_by("pk")
    names = list(kinds.values_list("kind", flat=True))
    assert names == [f"bulletin.{name}" for name in ("begin", "offer", "check", "issue", "filed")]


def test_a_bulletin_tells_the_day_on_which_the_meeting_was_held(
    cast: Cast, published: Review
) -> None:
    meeting = published.gathering
    assert meeting is not None
    meeting.opened_at = meeting.starts_at + timedelta(days=2)
    meeting.save()
    draft = services.begin_bulletin(published, actor=cast.actor("commissioner"))
    assert f"于{day(meeting.opened_at)}在" in draft.opening


def test_nobody_checks_the_own_draft(cast: Cast, draft: Bulletin) -> None:
    services.offer_bulletin(draft, actor=cast.actor("commissioner"))
    with pytest.raises(RefusedError, match="不同的人"):
        services.check_bulletin(draft, actor=cast.actor("commissioner"))


def test_nobody_issues_what_they_checked(cast: Cast, draft: Bulletin) -> None:
    services.offer_bulletin(draft, actor=cast.actor("commissioner"))
    services.check_bulletin(draft, actor=cast.actor("leader"))
    with pytest.raises(RefusedError, match="不同的人"):
        services.issue_bulletin(draft, actor=cast.actor("leader"))
    assert not NumberSeries.objects.filter(series__startswith="bulletin").exists()


def test_who_may_not_approve_does_not_issue(cast: Cast, checked: Bulletin) -> None:
    for part in ("commissioner", "inspector", "secretary1", "outsider"):
        with pytest.raises(ForbiddenError):
            services.issue_bulletin(checked, actor=cast.actor(part))


def test_a_bulletin_waits_for_the_decision_and_its_issue_for_publication(
    cast: Cast, scored: Review
) -> None:
    with pytest.raises(StateError, match="研究确定"):
        services.begin_bulletin(scored, actor=cast.actor("commissioner"))


def test_issue_waits_for_publication(cast: Cast, decided: Review) -> None:
    bulletin = services.begin_bulletin(decided, actor=cast.actor("commissioner"))
    services.offer_bulletin(bulletin, actor=cast.actor("commissioner"))
    services.check_bulletin(bulletin, actor=cast.actor("organiser"))
    with pytest.raises(StateError, match="批准公布"):
        services.issue_bulletin(bulletin, actor=cast.actor("leader"))


def test_what_changed_since_the_check_is_not_issued(
    cast: Cast, checked: Bulletin, published: Review
) -> None:
    Problem.objects.filter(entrant__review=published).update(text="另一个问题")
    with pytest.raises(StateError, match="重新审核"):
        services.issue_bulletin(checked, actor=cast.actor("leader"))


def test_words_changed_in_the_database_are_not_issued(cast: Cast, checked: Bulletin) -> None:
    Bulletin.objects.update(requirements="夹带的要求。")
    with pytest.raises(StateError, match="重新审核"):
        services.issue_bulletin(checked, actor=cast.actor("leader"))


def test_a_draft_under_way_cannot_be_edited_until_it_is_returned(
    cast: Cast, checked: Bulletin
) -> None:
    actor = cast.actor("commissioner")
    with pytest.raises(StateError, match="不能修改"):
        services.edit_bulletin(checked, {"title": "另题"}, actor=actor)
    services.return_bulletin(checked, "数字有误", actor=cast.actor("leader"))
    assert (checked.state, checked.checked_by, checked.checked_digest) == ("writing", None, "")
    assert checked.returned_for == "数字有误"
    edited = services.edit_bulletin(checked, {"title": "另题"}, actor=actor)
    assert edited.title == "另题"


def test_an_issued_bulletin_cannot_be_edited(cast: Cast, issued: Bulletin) -> None:
    with pytest.raises(StateError):
        services.edit_bulletin(issued, {"title": "另题"}, actor=cast.actor("commissioner"))


def test_frozen_content_gives_the_same_files_for_good(
    cast: Cast, issued: Bulletin, published: Review
) -> None:
    Problem.objects.filter(entrant__review=published).update(text="后来改的问题")
    content = frozen_content(issued)
    assert content is not None
    assert content.digest == issued.digest
    assert "后来改的问题" not in content.model_dump_json()
    for kind, data in render(content).items():
        assert read_bytes(getattr(issued, kind.value)) == data


def test_the_printed_head_holds_and_a_change_of_the_record_shows(issued: Bulletin) -> None:
    content = frozen_content(issued)
    assert content is not None
    assert content.frame.proof is not None
    mark = content.frame.proof.mark
    assert verify_log([mark]).problems == []
    changed = issued.content | {"text": issued.content["text"] | {"title": "改过的标题"}}
    Bulletin.objects.filter(pk=issued.pk).update(content=changed)
    problems = verify_log([mark]).problems
    assert [problem.fault for problem in problems] == [Fault.CONTENT]
    assert issued.title in problems[0].record


def test_one_bulletin_at_a_time(cast: Cast, draft: Bulletin, published: Review) -> None:
    with pytest.raises(StateError, match="正在办理"):
        services.begin_bulletin(published, actor=cast.actor("commissioner"))
    services.discard_bulletin(draft, actor=cast.actor("commissioner"))
    again = services.begin_bulletin(published, actor=cast.actor("commissioner"))
    assert again.pk != draft.pk


def test_a_correction_takes_the_next_number_and_withdraws_the_first(
    cast: Cast, issued: Bulletin
) -> None:
    actor = cast.actor("commissioner")
    new = services.replace_bulletin(issued, actor=actor)
    with pytest.raises(StateError, match="已经在办理"):
        services.replace_bulletin(issued, actor=actor)
    services.offer_bulletin(new, actor=actor)
    services.check_bulletin(new, actor=cast.actor("organiser"))
    services.issue_bulletin(new, actor=cast.actor("leader"))
    issued.refresh_from_db()
    assert (new.number, issued.state) == (2, BulletinState.WITHDRAWN)
    assert number_of(new) in issued.withdrawn_for
    assert issued.content is not None


def test_withdrawing_needs_a_reason_and_keeps_the_number(cast: Cast, issued: Bulletin) -> None:
    with pytest.raises(RefusedError, match="理由"):
        services.withdraw_bulletin(issued, " ", actor=cast.actor("leader"))
    services.withdraw_bulletin(issued, "名次有误", actor=cast.actor("leader"))
    assert (issued.state, issued.number) == (BulletinState.WITHDRAWN, 1)


def test_only_legal_steps_are_possible(cast: Cast, draft: Bulletin) -> None:
    facts = {"reason": "x", "digest": "x", "number": 1, "year": 2026, "content": {"x": 1}}
    for state in BulletinState.values:
        for step in BULLETIN.transitions:
            if state in step.sources:
                continue
            values = {"state": state, "number": 1, "year": 2026, "content": {"x": 1}}
            Bulletin.objects.filter(pk=draft.pk).update(**values)
            with pytest.raises(StateError):
                perform(BULLETIN, draft, step.name, actor=cast.actor("leader"), **facts)
