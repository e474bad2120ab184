"""Adjusting a scheme's text: comments stay, the engine still understands it."""

from decimal import Decimal

import pytest

from shuzhi.appraisal import shaping
from shuzhi.appraisal.view import view_of

from .sample import SCHEME_TEXT, TOPICS


def shaped(*, topics: bool) -> str:
    document = shaping.read(SCHEME_TEXT)
    shaping.set_shape(document, TOPICS if topics else None)
    return shaping.write(document)


def test_topics_share_the_points_of_the_overall_rating() -> None:
    view = view_of(shaped(topics=True))
    leaves = [leaf.id for leaf in view.rating_leaves]
    assert leaves == [f"overall-{topic['id']}" for topic in TOPICS]
    assert {view.weight(leaf) for leaf in leaves} == {Decimal(4)}
    assert view.scheme.find("overall").points == 40  # type: ignore[union-attr]


def test_back_to_overall_is_where_one_started() -> None:
    document = shaping.read(shaped(topics=True))
    shaping.set_shape(document, None)
    again = view_of(shaping.write(document))
    assert again.scheme.model_dump() == view_of(SCHEME_TEXT).scheme.model_dump()


def test_comments_of_the_clerk_stay() -> None:
    assert "# 平时" in shaped(topics=True)


def test_weights_and_recusal_reach_every_rating() -> None:
    document = shaping.read(shaped(topics=True))
    shaping.set_weights(document, {"A": Decimal("33.5"), "C": Decimal("66.5")})
    shaping.set_recusal(document, ["C"])
    rules = [leaf.rule for leaf in view_of(shaping.write(document)).rating_leaves]
    assert len(rules) == 10
    assert {tuple(rule.categories.items()) for rule in rules} == {
        (("A", Decimal("33.5")), ("C", Decimal("66.5")))
    }
    assert {tuple(rule.avoided) for rule in rules} == {("C",)}


@pytest.mark.parametrize(("share", "allowed"), [("30", "3/10"), ("1/3", "1/3"), ("12.5", "1/8")])
def test_quotas_are_shares_or_fractions(share: str, allowed: str) -> None:
    document = shaping.read(SCHEME_TEXT)
    shaping.set_quotas(document, {"好": share, "较好": ""})
    quotas = view_of(shaping.write(document)).quotas
    assert {grade: str(quota.share) for grade, quota in quotas.items()} == {"好": allowed}


def test_an_empty_share_takes_the_limit_away() -> None:
    document = shaping.read(SCHEME_TEXT)
    shaping.set_quotas(document, {"好": " "})
    assert view_of(shaping.write(document)).quotas == {}
