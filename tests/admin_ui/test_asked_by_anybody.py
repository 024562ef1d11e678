"""What may be asked without signing in is bounded: questions that cost, and votes whose cookie is dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from factories.fixtures import SetClock
from factories.web_house import WebHouse, found_house

from engine.store.schema.catalogue import poll_vote


@pytest.fixture
def build(
    database_url: str, tmp_path: Path, clock: SetClock, sqlite_template: Path
) -> Iterator[Callable[..., WebHouse]]:
    """A house on each database."""
    built: list[WebHouse] = []

    def found(**settings: str) -> WebHouse:
        built.append(found_house(tmp_path, clock, sqlite_template, DATABASE_URL=database_url, **settings))
        return built[-1]

    yield found
    for house in built:
        house.platform.close()


def test_what_anybody_may_ask_costs_little(build: Callable[..., WebHouse]) -> None:
    browser = build(RATE_LIMITS="on").browser()
    quote, blank = "/api/v1/procedures/2.000635/quote", "/procedures/2.000635/declaration.pdf"
    many = {"facts": {f"f{number}": number for number in range(6000)}}
    refused = browser.post(quote, json=many)
    assert refused.status_code == 422
    assert "quá 5000 giá trị" in refused.get_json()["message"]
    million = browser.post(quote, json={"facts": {f"f{number}": "x" * 10 for number in range(100_000)}})
    assert million.status_code == 413
    assert browser.post(quote, json={"facts": {"copies": "1" * 20_001}}).status_code == 422
    told = [browser.post(quote, json={"facts": {}}).status_code for _ in range(120)]
    assert set(told) == {422, 429}, "too few facts, then too many questions"
    other = {"environ_base": {"REMOTE_ADDR": "10.0.0.9"}}
    first, again = (browser.get(blank, **other).data for _ in range(2))
    assert first == again
    assert [browser.get(blank, **other).status_code for _ in range(119)][-1] == 429


def test_a_dropped_cookie_gives_no_second_vote_to_an_account_and_few_to_a_connection(
    build: Callable[..., WebHouse],
) -> None:
    house = build()
    page = house.browser().get("/").text
    action = re.search(r'action="(/polls/[^"]+)"', page)
    option = re.findall(r'name="option"\s+id="[^"]+"\s+value="([^"]+)"', page)[0]
    assert action
    person = house.somebody("Nguyễn Văn An", "038203000123")
    assert house.browser(person).post(action[1], {"option": option}).status_code == 303
    again = house.browser(person)
    assert again.post(action[1], {"option": option}).status_code == 409
    assert 'class="poll-results"' in again.get("/").text
    told = [house.browser().post(action[1], {"option": option}).status_code for _ in range(40)]
    assert told == [303] * 30 + [429] * 10
    assert house.count(poll_vote) == 31
    refused = house.browser().post(action[1], {"option": option})
    assert "Hãy đăng nhập rồi trả lời" in refused.text
    other = house.browser(house.somebody("Trần Thị Bình", "038303000456"))
    assert other.post(action[1], {"option": option}).status_code == 303, "who signs in is not held back by others"
    house.clock.advance(days=2)
    assert house.browser().post(action[1], {"option": option}).status_code == 303
