import pytest

from engine.domain.actor import SYSTEM, Actor, must_be_citizen, must_be_staff
from engine.domain.errors import Forbidden, Invalid, SignInNeeded, TooMany
from engine.domain.text import Text

CITIZEN = Actor("citizen", "1", "Nguyễn Văn An")
CLERK = Actor("staff", "2", "Lê Thị Tiếp", frozenset({"reception"}), "unit")


def test_citizens_and_staff_are_told_apart():
    assert must_be_citizen(CITIZEN) is CITIZEN
    assert must_be_staff(CLERK, "reception", "admin") is CLERK
    for stranger, guard in ((CLERK, must_be_citizen), (CITIZEN, must_be_staff)):
        with pytest.raises(Forbidden):
            guard(stranger)
    for guard in (must_be_citizen, must_be_staff):
        with pytest.raises(SignInNeeded):
            guard(None)


def test_a_role_that_is_not_held_is_refused_in_words():
    with pytest.raises(Forbidden, match="không được giao"):
        must_be_staff(CLERK, "approver")
    assert SYSTEM.has_role("approver")


def test_errors_speak_both_languages():
    assert TooMany(30).message.en == "Too many attempts. Please try again in 30 seconds."
    assert str(Invalid({"phone": Text("sai", "wrong")})).startswith("Thông tin chưa hợp lệ")
    assert Text("Chào {name}", "Hello {name}").fill(name="An") == Text("Chào An", "Hello An")
    assert Text("vi", "en").in_("fr") == "vi"
