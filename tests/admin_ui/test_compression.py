"""Fewer bytes on the line, and nothing told by their number."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from factories.web_house import WebHouse

from admin_ui.assets import DIST, scripts, styles

TAKES = {"Accept-Encoding": "gzip, deflate, br"}
OLD = {"Accept-Encoding": "gzip"}


@pytest.fixture(scope="module")
def sheet() -> str:
    found = styles("app")
    if not found:
        pytest.skip("the front end was not built")
    return found[0]


def kept(address: str) -> Path:
    return DIST / address.rpartition("/")[2]


def test_built_files_go_out_as_small_as_the_browser_can_take_them(shared_house: WebHouse, sheet: str) -> None:
    browser = shared_house.browser()
    for address in (sheet, scripts("app")[0], scripts("viewer")[0]):
        plain = browser.get(address)
        assert "Content-Encoding" not in plain.headers
        assert plain.data == kept(address).read_bytes()
        for headers, encoding in ((TAKES, "br"), (OLD, "gzip")):
            small = browser.get(address, headers=headers)
            assert small.headers["Content-Encoding"] == encoding
            assert small.headers["Content-Type"] == plain.headers["Content-Type"]
            assert small.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            assert small.headers["Vary"] == "Accept-Encoding"
            assert len(small.data) < len(plain.data) / 2
            assert small.headers["ETag"] != plain.headers["ETag"]
        assert gzip.decompress(browser.get(address, headers=OLD).data) == plain.data


def test_only_files_named_by_their_content_are_kept_for_ever(shared_house: WebHouse, sheet: str) -> None:
    browser = shared_house.browser()
    for address in ("/static/motcua.svg", "/static/dist/swagger-ui/swagger-ui.css", "/static/dist/manifest.json"):
        answer = browser.get(address, headers=TAKES)
        assert answer.status_code == 200
        assert "immutable" not in answer.headers.get("Cache-Control", ""), address
        assert browser.get(address, headers={"If-None-Match": answer.headers["ETag"], **TAKES}).status_code == 304
    assert browser.get("/static/dist/../app.py", headers=TAKES).status_code == 404
    assert browser.get("/static/dist/none-12345678.css", headers=TAKES).status_code == 404


def test_pages_are_compressed(shared_house: WebHouse) -> None:
    browser = shared_house.browser()
    for address in ("/", "/procedures?q=trich", "/procedures/2.000635", "/desk/sign-in"):
        plain, small = browser.get(address), browser.get(address, headers=TAKES)
        assert small.headers["Content-Encoding"] == "gzip", address
        assert int(small.headers["Content-Length"]) == len(small.data)
        assert "Accept-Encoding" in plain.headers["Vary"]
        assert len(small.data) < len(plain.data) / 2
        assert gzip.decompress(small.data).startswith(b"<!DOCTYPE html>")


def test_what_a_stranger_may_have_written_is_not_compressed_beside_what_is_secret(shared_house: WebHouse) -> None:
    """A foreign page can choose an address; a signed-in person's page that answers a query goes out as it is."""
    citizen = shared_house.somebody("Nguyễn Văn An", "038203000123")
    dossier_id = shared_house.life.sent(citizen)
    browser = shared_house.browser(citizen)
    for address in ("/dossiers", f"/dossiers/{dossier_id}"):
        assert browser.get(address, headers=TAKES).headers["Content-Encoding"] == "gzip", address
    for address in ("/dossiers?q=Nguyen", f"/dossiers/{dossier_id}?x=038203"):
        assert "Content-Encoding" not in browser.get(address, headers=TAKES).headers, address
    answer = browser.post("/track", {"code": "000", "phone_tail": "1"}, headers=TAKES)
    assert answer.mimetype == "text/html"
    assert "Content-Encoding" not in answer.headers


def test_papers_go_out_as_they_are(shared_house: WebHouse) -> None:
    answer = shared_house.browser().get("/procedures/2.000635/declaration.pdf", headers=TAKES)
    assert answer.data.startswith(b"%PDF")
    assert "Content-Encoding" not in answer.headers


def test_who_cannot_open_it_gets_it_as_it_is(shared_house: WebHouse, sheet: str) -> None:
    browser = shared_house.browser()
    for asked in ("identity", "gzip;q=0, br;q=0", "", "zstd"):
        for address in ("/", sheet):
            assert "Content-Encoding" not in browser.get(address, headers={"Accept-Encoding": asked}).headers, asked
