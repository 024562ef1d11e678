"""Papers that are too large, of the wrong kind or hostile: a sentence, and nothing is lost."""

from __future__ import annotations

import io
from typing import Any

import pytest
from factories.office_life import PDF
from factories.web_house import Browser, WebHouse

from engine.queries.dossier import dossier_view


@pytest.fixture(scope="module")
def drafting(shared_house: WebHouse) -> tuple[Browser, str]:
    citizen = shared_house.somebody("Phạm Thị Cúc", "038203000789")
    return shared_house.browser(citizen), shared_house.life.draft(citizen)


def upload(drafting: tuple[Browser, str], name: str, data: bytes, kind: str = "application/pdf") -> Any:
    browser, dossier_id = drafting
    address = f"/dossiers/{dossier_id}/papers/authorisation"
    return browser.post(
        address, {"file-authorisation": (io.BytesIO(data), name, kind)}, content_type="multipart/form-data"
    )


def refusal_at_its_slot(page: str) -> str:
    """What is said beside the slot; the summary at the head of the page leads there."""
    assert 'href="#file-authorisation"' in page
    return page.split('id="file-authorisation-error">')[1].split("</div>")[0].strip()


def shown_after(drafting: tuple[Browser, str]) -> str:
    browser, dossier_id = drafting
    return browser.get(f"/dossiers/{dossier_id}/draft/papers").text


@pytest.mark.parametrize(("language", "words"), [("vi", "MB"), ("en", "MB")])
def test_thirty_megabytes_are_refused_with_a_sentence(drafting: tuple[Browser, str], language: str, words: str) -> None:
    drafting[0].speak(language)
    answer = upload(drafting, "lon.pdf", PDF + b"0" * (30 * 1024 * 1024))
    assert answer.status_code == 422
    assert words in refusal_at_its_slot(answer.text)
    drafting[0].speak("vi")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_forty_megabytes_are_refused_with_a_sentence(drafting: tuple[Browser, str], language: str) -> None:
    drafting[0].speak(language)
    answer = upload(drafting, "rat-lon.pdf", PDF + b"0" * (40 * 1024 * 1024))
    assert answer.status_code == 413
    assert {"vi": "tối đa 10 MB", "en": "10 MB"}[language] in answer.text
    assert f'<html lang="{language}"' in answer.text
    drafting[0].speak("vi")


def test_an_office_may_take_less(build_house) -> None:
    small = build_house(MAX_UPLOAD_MB="2")
    citizen = small.life.citizen()
    drafting = (small.browser(citizen), small.life.draft(citizen))
    assert "tối đa 2 MB" in shown_after(drafting)
    assert upload(drafting, "vua.pdf", PDF + b"%" * (1024 * 1024) + b"\n%%EOF\n").status_code == 303
    page = upload(drafting, "lon.pdf", PDF + b"0" * (3 * 1024 * 1024)).text
    assert "2 MB" in refusal_at_its_slot(page)
    assert "vua.pdf" in page
    assert "tối đa 2 MB" in upload(drafting, "rat-lon.pdf", PDF + b"0" * (9 * 1024 * 1024)).text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("anh.pdf", b"MZ\x90\x00" + b"0" * 100),
        ("trang.html", b"<script>alert(1)</script>"),
        ("anh.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("rong.pdf", b""),
    ],
)
def test_a_wrong_kind_of_file_is_refused_with_a_sentence(drafting: tuple[Browser, str], name: str, data: bytes) -> None:
    answer = upload(drafting, name, data)
    assert answer.status_code == 422
    assert refusal_at_its_slot(answer.text)


@pytest.mark.parametrize(
    "name",
    [
        "../../../../etc/passwd.pdf",
        "..\\..\\windows\\system32\\a.pdf",
        "/etc/shadow.pdf",
        "hoa\u202efdp.exe.pdf",
        "Gia\u0301y u\u0309y quye\u0302\u0300n.pdf",
        "a\x00b.pdf",
        "x" * 300 + ".pdf",
        'na"me\r\nSet-Cookie: x=1.pdf',
        "CON.pdf",
        "<img src=x onerror=alert(1)>.pdf",
        ".pdf",
        "tệp ✓ 文件.pdf",
    ],
)
def test_a_hostile_name_does_no_harm(drafting: tuple[Browser, str], shared_house: WebHouse, name: str) -> None:
    answer = upload(drafting, name, PDF)
    assert answer.status_code in (303, 400), answer.status_code
    page = shown_after(drafting)
    assert "<img src=x" not in page
    browser, dossier_id = drafting
    actor = shared_house.somebody("Phạm Thị Cúc", "038203000789")
    with shared_house.platform.database.read() as tx:
        slots = dossier_view(tx, shared_house.platform.office, actor, dossier_id).slots
    for file in (one for slot in slots for one in slot.files):
        assert "/" not in file.name
        assert "\\" not in file.name
        assert not any(ord(sign) < 32 or sign == "\u202e" for sign in file.name)
        assert len(file.name) <= 255
        got = browser.get(f"/dossiers/{dossier_id}/files/{file.id}")
        assert got.status_code == 200
        assert "\n" not in got.headers["Content-Disposition"]
        assert "Set-Cookie: x" not in str(got.headers)


def test_what_was_chosen_and_not_uploaded_goes_along_with_every_button(build_house) -> None:
    house = build_house()
    citizen = house.life.citizen()
    browser, dossier_id = house.browser(citizen), house.life.draft(citizen)
    base = f"/dossiers/{dossier_id}"

    def press(address: str, *files: tuple[str, str, bytes], **words: str) -> Any:
        fields = {slot: (io.BytesIO(data), name, "application/pdf") for slot, name, data in files}
        return browser.post(address, {**fields, **words}, content_type="multipart/form-data")

    def names() -> str:
        return browser.get(f"{base}/draft/papers").text

    gone_on = press(f"{base}/papers", ("file-authorisation", "mot.pdf", PDF + b"%1"), go="next")
    assert (gone_on.status_code, gone_on.headers["Location"]) == (303, f"{base}/draft/delivery")
    assert "mot.pdf" in names()
    later = press(f"{base}/papers", ("file-authorisation", "hai.pdf", PDF + b"%2"), go="later")
    assert (later.status_code, later.headers["Location"]) == (303, "/dossiers")
    both = (("file-authorisation", "khong.pdf", b"MZ nothing"), ("file-residence", "ba.pdf", PDF + b"%3"))
    refused = press(f"{base}/papers", *both, go="next")
    assert refused.status_code == 422
    assert refusal_at_its_slot(refused.text)
    assert "hai.pdf" in names()
    assert "khong.pdf" not in names()
    assert "ba.pdf" in names(), "the good one of the two is kept"
    view = house.life.see(lambda tx: dossier_view(tx, house.platform.office, citizen, dossier_id))
    file = next(file for slot in view.slots for file in slot.files if file.name == "ba.pdf")
    press(f"{base}/files/{file.id}/remove", ("file-authorisation", "bon.pdf", PDF + b"%4"))
    assert "ba.pdf" not in names()
    assert "bon.pdf" in names()


def test_a_supplement_takes_what_was_chosen_and_keeps_what_was_said(build_house) -> None:
    house = build_house()
    citizen = house.life.citizen()
    browser, dossier_id = house.browser(citizen), house.life.sent(citizen)
    asked = {"decision": "supplement", "reason": "Bản chụp mờ.", "missing_papers": "authorisation"}
    house.life.complete(dossier_id, "check_dossier", asked)
    address = f"/dossiers/{dossier_id}/supplement"

    def send(data: bytes, note: str) -> Any:
        fields = {"file-authorisation": (io.BytesIO(data), "moi.pdf", "application/pdf"), "note": note}
        return browser.post(address, fields, content_type="multipart/form-data")

    refused = send(b"MZ nothing", "Tôi đã chụp lại.")
    assert refused.status_code == 422
    assert "Tôi đã chụp lại." in refused.text
    assert refusal_at_its_slot(refused.text)
    assert send(PDF + b"%9", "Tôi đã chụp lại.").status_code == 303
    assert house.life.dossier(dossier_id)["state"] == "submitted"
    assert "moi.pdf" in browser.get(f"/dossiers/{dossier_id}").text
