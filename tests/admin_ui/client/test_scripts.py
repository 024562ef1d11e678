"""The scripts of the pages, in a real browser under the product's security policy, on a telephone's width."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def state(screen):
    return screen.inner_text("[data-autosave-state]")


def wait_for_state(screen, words):
    screen.wait_for_function(
        "words => document.querySelector('[data-autosave-state]').textContent === words", arg=words
    )


def focused(screen, what):
    return screen.evaluate(f"document.activeElement.{what}")


def test_the_policy_refuses_nothing(screen):
    assert screen.complaints == []
    assert screen.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"', 'Ánh Tuyết')")


def test_a_draft_is_saved_when_typing_rests(screen, office):
    screen.fill("[name=full_name]", "Nguyễn Thị Ánh")
    wait_for_state(screen, "Đã lưu nháp")
    assert office.drafts == [("1", {"csrf_token": ["t"], "full_name": ["Nguyễn Thị Ánh"]})]


def test_what_could_not_be_saved_is_told_and_sent_again(screen, office):
    office.draft_status = 503
    screen.fill("[name=full_name]", "Lê Hoàng Yến")
    wait_for_state(screen, "Mất kết nối")
    office.draft_status = 200
    screen.evaluate("dispatchEvent(new Event('online'))")
    wait_for_state(screen, "Đã lưu nháp")
    assert [fields["full_name"] for _, fields in office.drafts] == [["Lê Hoàng Yến"]]


def test_a_refused_draft_is_not_called_saved(screen, office):
    office.draft_status = 403
    screen.fill("[name=full_name]", "Trần Văn Đức")
    wait_for_state(screen, "Chưa lưu được")
    assert office.drafts == []


def test_pressing_while_a_draft_is_under_way_carries_the_sign_it_brings(screen, office):
    """Else the server would take our own submission for one from an older window."""
    screen.evaluate("document.querySelector('form').insertAdjacentHTML('beforeend', '<input name=seen value=old>')")

    def slowly(route):
        screen.wait_for_timeout(700)
        route.fulfill(status=200, content_type="application/json", body='{"seen": "new"}')

    screen.route("**/draft", slowly)
    with screen.expect_request("**/draft"):
        screen.fill("[name=full_name]", "Nguyễn Thị Ánh")
    screen.evaluate("() => { const b = document.querySelector('[name=step]'); b.click(); b.click(); }")
    screen.wait_for_selector("h1:has-text('ok')")
    assert [(fields["seen"], fields["step"]) for fields in office.sent] == [(["new"], ["send"])]


def test_an_impatient_citizen_sends_once(screen, office):
    screen.evaluate("() => { const b = document.querySelector('[name=step]'); b.click(); b.click(); b.click(); }")
    screen.wait_for_selector("h1:has-text('ok')")
    assert [fields["step"] for fields in office.sent] == [["send"]]


def test_the_queue_is_walked_by_keys(screen):
    screen.click("h1")
    screen.keyboard.press("j")
    screen.keyboard.press("j")
    assert focused(screen, "hash") == "#second"
    screen.keyboard.press("K")
    assert focused(screen, "hash") == "#first"
    screen.keyboard.press("/")
    assert focused(screen, "type") == "search"
    screen.keyboard.press("j")
    assert screen.input_value("[type=search]") == "j", "in a field a letter is a letter"


def test_the_keys_can_be_turned_off(screen):
    switch = screen.locator("[data-queue-keys]")
    assert switch.inner_text() == "Tắt"
    switch.click()
    assert switch.inner_text() == "Bật"
    screen.evaluate("document.activeElement.blur()")
    screen.keyboard.press("j")
    assert focused(screen, "tagName") == "BODY"
    switch.click()
    screen.evaluate("document.activeElement.blur()")
    screen.keyboard.press("j")
    assert focused(screen, "hash") == "#first"


def test_a_dialog_takes_the_focus_and_gives_it_back(screen):
    screen.click("#opener")
    assert focused(screen, "textContent") == "Rút hồ sơ?"
    screen.keyboard.press("Escape")
    screen.wait_for_function("document.activeElement.id === 'opener'")


def test_the_diagram_shows_where_the_dossier_stands(screen):
    box = screen.locator("[data-diagram-url]")
    assert box.get_attribute("data-state") == "ready"
    assert screen.locator(".motcua-active[data-element-id=check_dossier]").count() == 1
    mark = screen.locator(".bjs-powered-by").bounding_box()
    frame = box.bounding_box()
    assert mark["x"] >= frame["x"], "the library's mark must stay fully visible"
    assert mark["x"] + mark["width"] <= frame["x"] + frame["width"]
    assert mark["y"] + mark["height"] <= frame["y"] + frame["height"]


def test_the_diagram_is_moved_and_zoomed_by_keys(screen):
    def place():
        return screen.evaluate("document.querySelector('[data-diagram-url] .viewport').getAttribute('transform')")

    seen = [place()]
    screen.focus("[data-diagram-url]")
    for key in ("+", "ArrowRight", "0"):
        screen.keyboard.press(key)
        seen.append(place())
    assert len(set(seen)) >= 3
    screen.get_by_role("button", name="Phóng to").click()
    assert place() != seen[-1]
