"""A script that files, texts and uploads without end is stopped, with a sentence; nothing of what is refused stays."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from factories.fixtures import SetClock
from factories.office_life import BY_POST, EXTRACT_FORM, PDF, OfficeLife, party
from factories.web_house import Browser, WebHouse, found_house
from PIL import Image
from sqlalchemy import select

from engine.actions.uploads.file_type import rewritten
from engine.domain.errors import TooMany
from engine.store.schema.work import connector_job

LIMITS = {
    "DRAFTS_PER_DAY": "6",
    "FILINGS_PER_DAY": "3",
    "SMS_PER_NUMBER_PER_DAY": "2",
    "UPLOAD_MB_PER_DAY": "2",
    "UPLOAD_MB_PER_DOSSIER": "1",
    "FREE_DISK_MB": "0",
}


@pytest.fixture
def tight(
    database_url: str, tmp_path: Path, clock: SetClock, sqlite_template: Path
) -> Iterator[Callable[..., WebHouse]]:
    """A house with small quotas, on each database."""
    built: list[WebHouse] = []

    def found(**settings: str) -> WebHouse:
        given: dict[str, Any] = {**LIMITS, **settings, "DATABASE_URL": database_url}
        built.append(found_house(tmp_path, clock, sqlite_template, **given))
        return built[-1]

    yield found
    for house in built:
        house.platform.close()


def stored(house: WebHouse) -> list[str]:
    """Every key in the file store."""
    folder = house.platform.settings.var / "files" / "uploads"
    return sorted(str(path) for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


def upload(browser: Browser, dossier_id: str, data: bytes, code: str = "authorisation") -> str:
    """The words of the page after an upload."""
    fields: dict[str, Any] = {
        "csrf_token": browser.token,
        f"file-{code}": (io.BytesIO(data), "giay.pdf", "application/pdf"),
    }
    address = f"/dossiers/{dossier_id}/papers/{code}"
    answer = browser.client.post(address, data=fields, content_type="multipart/form-data", follow_redirects=True)
    assert answer.status_code in (200, 422)
    return answer.text


def sheet(mark: int, kilobytes: int = 1) -> bytes:
    return PDF[:-6] + b"%" + str(mark).encode() + b"x" * kilobytes * 1024 + b"\n%%EOF\n"


def sms_to(life: OfficeLife, number: str) -> int:
    with life.platform.database.read() as tx:
        rows = tx.execute(select(connector_job.c.payload).where(connector_job.c.kind == "sms.send")).scalars()
        return sum(payload["to"] == number for payload in rows)


def test_drafts_and_filings_of_a_day(tight: Callable[..., WebHouse], clock: SetClock) -> None:
    house = tight()
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    browser = house.browser(citizen)
    drafts = [house.life.draft(citizen, owner=None) for _ in range(6)]
    refused = browser.post("/procedures/2.000635/apply", {"anew": "yes"})
    assert (refused.status_code, "24 giờ" in refused.text) == (429, True)
    assert refused.headers["Retry-After"]
    for dossier_id in drafts[:3]:
        house.life.send(citizen, dossier_id)
    with pytest.raises(TooMany):
        house.life.send(citizen, drafts[3])
    assert house.life.dossier(drafts[3])["code"] is None, "the draft is kept"
    other = house.somebody("Trần Thị Bình", "038303000123")
    house.life.sent(other, owner=None)
    clock.advance(hours=25)
    house.life.send(citizen, drafts[3])


def test_twenty_at_once_are_counted_one_after_the_other(tight: Callable[..., WebHouse]) -> None:
    house = tight()
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    browser = house.browser(citizen)
    token, cookie = browser.token, browser.client.get_cookie("motcua_page")
    assert cookie is not None

    def press(_number: int) -> int:
        one = house.browser(citizen)
        one.client.set_cookie("motcua_page", cookie.value)
        one._token = token
        return one.post("/procedures/2.000635/apply", {"anew": "yes"}).status_code

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(press, range(20)))
    assert sorted(set(answers)) == [303, 429]
    assert answers.count(303) == 6


def test_a_strangers_telephone_is_not_rung_without_end(tight: Callable[..., WebHouse]) -> None:
    """Three accounts and the counter, one number: two messages, and every dossier is filed."""
    house = tight()
    life = house.life
    numbers = ("038203000123", "038203000124", "038203000125")
    sent = [life.sent(house.somebody("Nguyễn Văn An", number), owner=None) for number in numbers]
    number = life.dossier(sent[0])["applicant"]["phone"]
    assert all(life.dossier(dossier_id)["applicant"]["phone"] == number for dossier_id in sent)
    assert sms_to(life, number) == 2
    assert all(life.notices(dossier_id) for dossier_id in sent), "the portal tells it in any case"


def test_uploads_of_an_account_of_a_dossier_and_the_disk(tight: Callable[..., WebHouse]) -> None:
    house = tight(FREE_DISK_MB="0")
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    browser = house.browser(citizen)
    first, second, third = (house.life.draft(citizen) for _ in range(3))
    before = len(stored(house))
    for dossier_id in (first, second):
        assert "Đã tải lên" in upload(browser, dossier_id, sheet(1, 900))
    assert "tối đa 1 MB" in upload(browser, first, sheet(2, 200))
    assert "24 giờ" in upload(browser, third, sheet(3, 500)), "2 MB of the account are used up"
    assert len(stored(house)) == before + 2, "of what was refused nothing lies in the store"


def test_a_full_disk_takes_no_paper(tight: Callable[..., WebHouse]) -> None:
    house = tight(FREE_DISK_MB="10000000")
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    dossier_id = house.life.draft(citizen)
    before = stored(house)
    assert "sắp đầy" in upload(house.browser(citizen), dossier_id, sheet(1))
    assert stored(house) == before


def test_a_refused_upload_leaves_nothing(tight: Callable[..., WebHouse]) -> None:
    """Too many files, the same file again, a dossier that takes no papers: the bytes go with the refusal."""
    house = tight()
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    browser = house.browser(citizen)
    dossier_id = house.life.draft(citizen)  # has one paper
    assert "Đã tải lên" in upload(browser, dossier_id, sheet(1))
    assert "Đã tải lên" in upload(browser, dossier_id, sheet(1))
    assert len(stored(house)) == 2, "the very same file twice is one file"
    for number in range(2, 40):
        upload(browser, dossier_id, sheet(number))
    assert len(stored(house)) == 40
    assert "tối đa 40" in upload(browser, dossier_id, sheet(99))
    assert len(stored(house)) == 40
    house.life.send(citizen, dossier_id)
    fields: dict[str, Any] = {"csrf_token": browser.token, "file-authorisation": (io.BytesIO(sheet(100)), "a.pdf")}
    late = browser.client.post(
        f"/dossiers/{dossier_id}/papers/authorisation", data=fields, content_type="multipart/form-data"
    )
    assert late.status_code == 409
    assert len(stored(house)) == 40


def test_scans_of_a_refused_filing_at_the_counter_go(tight: Callable[..., WebHouse]) -> None:
    house = tight()
    browser = house.browser(house.life.officials["reception"])

    def file(key: str, name: str) -> int:
        fields: dict[str, Any] = {"csrf_token": browser.token, "submit_key": key, "owner_is_applicant": "yes"}
        for prefix, values in (("applicant", party(full_name=name)), ("form", EXTRACT_FORM), ("delivery", BY_POST)):
            fields |= {f"{prefix}.{field}": value for field, value in values.items()}
        fields["file.authorisation"] = (io.BytesIO(PDF), "giay.pdf", "application/pdf")
        return browser.client.post(
            "/desk/counter/2.000635", data=fields, content_type="multipart/form-data"
        ).status_code

    assert file("key-1", "") == 422
    assert stored(house) == []
    assert [file("key-2", "Nguyễn Văn An"), file("key-2", "Nguyễn Văn An")] == [303, 303]
    assert len(stored(house)) == 1, "the second click's scan went"


@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_comments_and_profiles_of_pictures_do_not_survive(kind: str) -> None:
    picture = Image.new("RGB", (8, 8))
    out = io.BytesIO()
    secret = "Hoàng Canh Yến 038203000123".encode()
    if kind == "jpg":
        picture.save(out, "JPEG", comment=secret, icc_profile=secret)
    else:
        picture.save(out, "PNG", icc_profile=secret)
    kept = rewritten(kind, out.getvalue())
    with Image.open(io.BytesIO(kept)) as fresh:
        assert not {"comment", "icc_profile", "exif"} & set(fresh.info)
    assert secret not in kept
