"""News and guides: the one place where a person's HTML reaches a page. An attack gets neither in nor out."""

from __future__ import annotations

import re

import pytest
from factories.hostile_html import ATTACKS, LAWFUL, dangers
from factories.web_house import WebHouse

from engine.store.catalogue import content
from engine.store.connection import rows
from engine.store.schema.catalogue import article

BODY = re.compile(r'<div class="article-body">(.*)</div>\s*</article>', re.DOTALL)
HOSTILE = "".join(ATTACKS)
VALUES = {
    "kind": "news",
    "title_vi": "Tin <script>alert(1)</script>",
    "title_en": "News <script>alert(1)</script>",
    "summary_vi": "Tóm tắt <img src=x onerror=alert(1)>",
    "summary_en": "Summary <img src=x onerror=alert(1)>",
}


def body_of(page: str) -> str:
    found = BODY.search(page)
    assert found, page
    return found.group(1)


def test_no_attack_is_written(house: WebHouse) -> None:
    with house.platform.database.begin() as tx:
        for number, attack in enumerate(ATTACKS):
            body = {"body_vi": LAWFUL + attack, "body_en": attack}
            content.add_article(tx, {**VALUES, **body, "slug": f"tin-{number}"})
    with house.platform.database.read() as tx:
        kept = [content.article_by_slug(tx, f"tin-{number}") or {} for number in range(len(ATTACKS))]
    assert [dangers(row["body_vi"]) + dangers(row["body_en"]) for row in kept] == [[]] * len(ATTACKS)
    assert all(row["body_vi"].startswith(LAWFUL) for row in kept)


def test_an_attack_is_not_written_over_an_article(house: WebHouse) -> None:
    with house.platform.database.begin() as tx:
        known = content.add_article(tx, {**VALUES, "slug": "tin", "body_vi": LAWFUL, "body_en": LAWFUL})
        content.change_article(tx, known, {"body_vi": HOSTILE, "body_en": HOSTILE, "title_vi": "Tin & bài"})
    with house.platform.database.read() as tx:
        kept = content.article_by_slug(tx, "tin")
    assert kept is not None
    assert dangers(kept["body_vi"]) == dangers(kept["body_en"]) == []
    assert kept["title_vi"] == "Tin & bài"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("room", ["news", "guides"])
def test_an_attack_in_the_record_does_not_reach_the_page(house: WebHouse, room: str, language: str) -> None:
    """A row that came around the store: from an older release, or by hand."""
    with house.platform.database.begin() as tx:
        body = {"body_vi": LAWFUL + HOSTILE, "body_en": LAWFUL + HOSTILE}
        rows.add(tx, article, {**VALUES, **body, "slug": "tin", "published_at": tx.now})
    page = house.browser().speak(language).get(f"/{room}/tin")
    assert page.status_code == 200
    drawn = body_of(page.text)
    assert dangers(drawn) == []
    assert LAWFUL in drawn
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
