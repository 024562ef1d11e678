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
    return browser.post(address, {"file": (io.BytesIO(data), name, kind)}, content_type="multipart/form-data")


def shown_after(drafting: tuple[Browser, str]) -> str:
    browser, dossier_id = drafting
    return browser.get(f"/dossiers/{dossier_id}/draft/papers").text


@pytest.mark.parametrize(("language", "words"), [("vi", "MB"), ("en", "MB")])
def test_thirty_megabytes_are_refused_with_a_sentence(drafting: tuple[Browser, str], language: str, words: str) -> None:
    drafting[0].speak(language)
    answer = upload(drafting, "lon.pdf", PDF + b"0" * (30 * 1024 * 1024))
    assert answer.status_code == 303
    page = shown_after(drafting)
    alert = page.split('class="alert alert-danger"')[1].split("</div>")[0]
    assert words in alert
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
    assert upload(drafting, "lon.pdf", PDF + b"0" * (3 * 1024 * 1024)).status_code == 303
    page = shown_after(drafting)
    assert "2 MB" in page.split('class="alert alert-danger"')[1].split("</div>")[0]
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
    assert upload(drafting, name, data).status_code == 303
    assert 'class="alert alert-danger"' in shown_after(drafting)


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
