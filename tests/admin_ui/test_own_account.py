"""/desk/account: an official changes the password and sees, and ends, where they are signed in."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from factories.office_life import PASSWORD
from factories.staff_entry import changes_password, signs_in
from factories.web_house import Browser, WebHouse
from sqlalchemy import select

from engine.store.schema.work import event

NEW = "con thuyền trên sông Mã"


def enters(house: WebHouse, username: str = "reception", password: str = PASSWORD) -> Browser:
    browser = house.browser()
    assert signs_in(browser, username, password).status_code == 303
    return browser


def is_in(browser: Browser) -> bool:
    return browser.get("/desk").status_code == 200


def told(house: WebHouse, kind: str) -> list[Any]:
    kept = select(event).where(event.c.kind == kind).order_by(event.c.number)
    return house.life.see(lambda tx: tx.execute(kept).mappings().all())


def test_a_change_ends_every_other_session_and_no_colleagues(house: WebHouse) -> None:
    here, there, third, colleague = enters(house), enters(house), enters(house), enters(house, "approver")
    answer = changes_password(here, PASSWORD, NEW)
    assert (answer.status_code, answer.location) == (303, "/desk/account")
    assert "Đã đổi mật khẩu" in here.get("/desk/account").text
    assert [is_in(one) for one in (here, there, third, colleague)] == [True, False, False, True]
    assert signs_in(house.browser(), "reception").status_code == 400, "the old password still opens"
    assert is_in(enters(house, password=NEW))
    (kept,) = told(house, "staff.password_changed")
    assert (kept["actor_id"], kept["data"]) == (house.life.officials["reception"].id, {"ended": 2})
    assert NEW not in repr(kept)


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("sai mật khẩu rồi", NEW, NEW, "Mật khẩu hiện tại không đúng."),
        ("", NEW, NEW, "Mật khẩu hiện tại không đúng."),
        (PASSWORD, NEW, NEW + "x", "Hai lần nhập mật khẩu mới không giống nhau."),
        (PASSWORD, PASSWORD, PASSWORD, "Mật khẩu mới phải khác mật khẩu hiện tại."),
        (PASSWORD, "", "", "Mật khẩu cần từ 12 đến 1024 ký tự"),
        (PASSWORD, "mười một ký", "mười một ký", "Mật khẩu cần từ 12 đến 1024 ký tự"),
        (PASSWORD, NEW * 60, NEW * 60, "Mật khẩu cần từ 12 đến 1024 ký tự"),
        (PASSWORD, "MatKhau@1234", "MatKhau@1234", "trong số dễ đoán nhất"),
        (PASSWORD, "ababababababab", "ababababababab", "trong số dễ đoán nhất"),
        (PASSWORD, "Reception-2026", "Reception-2026", "trong số dễ đoán nhất"),
    ],
    ids=["wrong", "none", "two ways", "same", "empty", "short", "endless", "known", "few signs", "own name"],
)
def test_a_bad_change_is_told_in_a_sentence_and_changes_nothing(
    house: WebHouse, old: str, new: str, again: str, sentence: str
) -> None:
    here, there = enters(house), enters(house)
    before = house.record()
    answer = changes_password(here, old, new, again)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not any(word in answer.text for word in (old, new, again) if word), "what was typed is shown"
    changed = {table for table, found in house.record().items() if found != before[table]}
    assert changed <= {"sign_in_throttle"}, "only a wrong try may be counted"
    assert is_in(there)


def test_the_same_signs_spelled_otherwise_are_the_same_password(house: WebHouse) -> None:
    """Keyboards send letters with marks composed or in parts; both are hashed as one spelling."""
    here = enters(house)
    assert changes_password(here, PASSWORD, NEW).status_code == 303
    parts = unicodedata.normalize("NFD", NEW)
    assert parts != NEW
    answer = changes_password(here, NEW, parts)
    assert answer.status_code == 422
    assert "phải khác" in answer.text
    other = "một mật khẩu khác hẳn"
    assert changes_password(here, parts, other, unicodedata.normalize("NFD", other)).status_code == 303
    assert is_in(enters(house, password=other))


def test_a_password_of_1024_signs_counts_to_its_last_one(house: WebHouse) -> None:
    longest = (NEW * 60)[:1023] + "ậ"
    assert changes_password(enters(house), PASSWORD, longest).status_code == 303
    for other in (longest[:-1], longest[:-1] + "â", longest + "x", longest[:72]):
        assert signs_in(house.browser(), "reception", other).status_code == 400
    assert is_in(enters(house, password=longest))


def test_wrong_present_passwords_cost_a_pause_here_only(house: WebHouse) -> None:
    here = enters(house)
    answers = [changes_password(here, "sai mật khẩu rồi", NEW) for _ in range(11)]
    assert [one.status_code for one in answers] == [422] * 10 + [429]
    wait = int(answers[-1].headers["Retry-After"])
    assert wait > 0
    assert changes_password(here, PASSWORD, NEW).status_code == 429, "the right one was looked at within the pause"
    assert is_in(enters(house)), "the sign-in waits too"
    house.clock.advance(seconds=wait)
    assert changes_password(here, PASSWORD, NEW).status_code == 303


def test_own_sessions_are_listed_and_another_one_is_ended(house: WebHouse) -> None:
    here, there, third = enters(house), enters(house), enters(house)
    text = here.get("/desk/account").text
    assert text.count("thiết bị này</span>") == 1
    addresses = [part.split('"')[0] for part in text.split('action="')[1:] if "/sessions/" in part.split('"')[0]]
    one_by_one = [address for address in addresses if address != "/desk/account/sessions/end"]
    assert len(one_by_one) == 2, "every other session has its button, and this one has none"
    stranger = enters(house, "approver")
    assert stranger.post(one_by_one[0]).status_code == 404
    assert one_by_one[0] not in stranger.get("/desk/account").text
    assert is_in(there)
    assert is_in(third)
    assert here.post(one_by_one[0]).status_code == 303
    assert sorted([is_in(there), is_in(third)]) == [False, True]
    assert len(told(house, "staff.signed_out")) == 1
    assert here.post(one_by_one[0]).status_code == 303, "ended twice is ended"
    assert len(told(house, "staff.signed_out")) == 1


def test_all_others_are_ended_at_once(house: WebHouse) -> None:
    here, there, third, colleague = enters(house), enters(house), enters(house), enters(house, "approver")
    assert here.post("/desk/account/sessions/end").status_code == 303
    assert [is_in(one) for one in (here, there, third, colleague)] == [True, False, False, True]
    (kept,) = told(house, "staff.sessions_ended")
    assert kept["data"] == {"ended": 2}
    assert "/desk/account/sessions/end" not in here.get("/desk/account").text, "with one session there are no others"
