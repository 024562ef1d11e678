"""The numbers of the home page can never contradict each other, and one browser has one voice."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

import pytest
from factories.web_house import Browser, WebHouse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.store.schema.catalogue import poll_vote

COUNT = re.compile(r"<dt>([^<]+)</dt>\s*<dd>\s*(\d+)\s*</dd>")
NAMES = {"Hôm nay": "today", "Hôm qua": "yesterday", "Tuần này": "week", "Tháng này": "month", "Tất cả": "all"}


@dataclass(frozen=True)
class Shown:
    """The counter as a visitor reads it."""

    today: int
    yesterday: int
    week: int
    month: int
    all: int

    @classmethod
    def on(cls, page: str) -> Shown:
        box = page.split('class="visits"')[1].split("</dl>")[0]
        return cls(**{NAMES[name]: int(count) for name, count in COUNT.findall(box)})

    def contradiction(self) -> str:
        if not self.today <= self.week <= self.all or not self.today <= self.month <= self.all:
            return f"a part is larger than the whole: {self}"
        if self.today + self.yesterday > self.all:
            return f"two days are more than all: {self}"
        return ""


def enter(house: WebHouse, browser: Browser | None = None) -> Shown:
    """Somebody opens the home page."""
    return Shown.on((browser or house.browser()).get("/").text)


@pytest.fixture(scope="module")
def counted(build_house) -> WebHouse:
    return build_house()


@given(steps=st.lists(st.tuples(st.integers(1, 2000), st.integers(0, 2)), min_size=4, max_size=10))
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_period_contradicts_another_over_the_months(counted: WebHouse, steps: list[tuple[int, int]]) -> None:
    """Hours pass, minutes to months, with visitors now and then; the years run on from example to example."""
    before = enter(counted)
    for hours, visitors in steps:
        counted.clock.advance(hours=hours)
        for _ in range(visitors):
            after = enter(counted)
            assert after.all == before.all + 1
            assert after.today >= 1
            before = after
        watcher = counted.browser()
        watcher.client.set_cookie("motcua_visit", "1")
        seen = enter(counted, watcher)
        assert seen.contradiction() == ""
        assert seen.all == before.all, "looking again is no new visit"


def test_a_day_begins_at_midnight_in_vietnam(house: WebHouse) -> None:
    house.clock.set(house.clock.now().replace(hour=16, minute=59))
    assert enter(house).today == 1
    house.clock.advance(minutes=1)
    after = enter(house)
    assert (after.today, after.yesterday, after.week) == (1, 1, 2)


def test_one_browser_is_one_visit_for_half_an_hour(house: WebHouse) -> None:
    browser = house.browser()
    assert [enter(house, browser).all for _ in range(3)] == [1, 1, 1]
    assert enter(house).all == 2
    cookie = browser.client.get_cookie("motcua_visit")
    assert cookie is not None
    assert cookie.max_age == 1800


def test_one_browser_has_one_vote(house: WebHouse) -> None:
    browser = house.browser()
    page = browser.get("/").text
    action = re.search(r'action="(/polls/[^"]+)"', page)
    options = re.findall(r'name="option"\s+id="[^"]+"\s+value="([^"]+)"', page)
    assert action
    unanswered = browser.post(action[1])
    assert unanswered.status_code == 422, "no answer chosen"
    assert "Hãy chọn một câu trả lời." in unanswered.text
    assert 'aria-label="Chính"' in unanswered.text, "on the page itself, with its ways on"
    assert f'action="{action[1]}"' in unanswered.text
    assert browser.post(action[1], {"option": "khong-co"}).status_code == 404
    assert browser.post(action[1], {"option": options[0]}).status_code == 303
    again = browser.post(action[1], {"option": options[1]})
    assert again.status_code == 409
    assert "đã trả lời" in again.text
    assert house.count(poll_vote) == 1
    assert 'class="poll-results"' in browser.get("/").text
    other = house.browser()
    assert 'class="poll-results"' not in other.get("/").text
    assert other.post(action[1], {"option": options[1]}).status_code == 303
    assert house.count(poll_vote) == 2


def test_a_vote_is_secret(house: WebHouse) -> None:
    browser = house.browser(house.somebody("Nguyễn Văn An", "038203000123"))
    page = browser.get("/").text
    action = re.search(r'action="(/polls/[^"]+)"', page)
    options = re.findall(r'name="option"\s+id="[^"]+"\s+value="([^"]+)"', page)
    assert action
    browser.post(action[1], {"option": options[0]})
    house.browser().post(action[1], {"option": options[0]})
    nobody = house.browser()
    nobody.post(action[1], {"option": options[0]})
    cookie = nobody.client.get_cookie("motcua_visitor")
    with house.platform.database.read() as tx:
        rows = [tuple(map(str, row)) for row in tx.execute(poll_vote.select())]
    assert cookie is not None
    person = house.somebody("Nguyễn Văn An", "038203000123").id or ""
    marks = (cookie.value, person, hashlib.sha256(person.encode()).hexdigest())
    assert len(rows) == 3
    assert not [value for row in rows for value in row if any(mark in value for mark in marks)]
