"""The HTML of articles, read again as a browser reads it."""

from __future__ import annotations

import pytest
from factories.hostile_html import ATTACKS, LAWFUL, dangers
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.article_html import clean_html


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_taken_out(attack: str) -> None:
    cleaned = clean_html(f"<p>trước</p>{attack}<p>sau</p>")
    assert dangers(cleaned) == []
    assert "<p>trước</p>" in cleaned


def test_the_judge_sees_the_attacks() -> None:
    """An attack that only counts for what follows it, such as a closing tag, is none to a reader of fragments."""
    unseen = [attack for attack in ATTACKS if not dangers(attack)]
    assert len(unseen) <= 2, unseen


def test_an_honest_article_stays_as_it_is() -> None:
    assert clean_html(LAWFUL) == LAWFUL
    assert dangers(LAWFUL) == []


@given(st.lists(st.sampled_from((*ATTACKS, LAWFUL, "<p>", "</p>", '"', "'", "<", ">", "&", "\x00", "<!--", "-->"))))
def test_pieces_of_attacks_make_no_attack(pieces: list[str]) -> None:
    cleaned = clean_html("".join(pieces))
    assert dangers(cleaned) == []
    assert clean_html(cleaned) == cleaned
