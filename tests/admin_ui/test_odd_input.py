"""Odd signs, names, numbers and shapes at every address of the route map: a sentence, never an error of ours."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from factories.fixtures import SetClock
from factories.office_life import BY_POST, EXTRACT_FORM, party
from factories.web_house import Browser, WebHouse, found_house
from factories.web_routes import CASES
from factories.web_walk import TYPED, addresses, belongings_of, names_something, rules_of
from werkzeug.routing import Rule

from engine.domain.actor import Actor
from engine.domain.signs import UNWRITABLE
from engine.store.schema.dossiers import dossier

ODD = (
    "\x00",
    "a\x00b",
    "\x1b[31m",
    "\u202etxt.exe",
    "\u2066x\u2069",
    "\ud800",
    "👩‍👩‍👧‍👦" * 20,
    "１２３４",
    "-1",
    "9" * 400,
    "1e309",
    "NaN",
    "%00",
    "../../etc/passwd",
    "' OR 1=1 --",
    "//[",
    "{{7*7}}",
    "\u0000\uffff",
)
_FORM = "full_name national_id birth_on phone copies version go seen submit_key applicant.full_name form.copies note"
_QUERY = "page q which cursor option language return_to phone_tail code username password totp staff_id check sector"
NAMES = (*TYPED, *_FORM.split(), *_QUERY.split())
JSON_BODIES: tuple[Any, ...] = (
    {"facts": {"copies": "\x00"}, "outputs": {"a": "\x00"}},
    {"facts": {"\x00": 1}, "outputs": {"\x00": "x"}},
    {"facts": {"copies": [1, 2]}, "outputs": {"decision": ["accept"]}},
    {"facts": {"copies": 10**400}, "outputs": {"decision": 10**400}, "version": 10**400},
    {"facts": [], "outputs": [], "version": []},
    {"facts": {"copies": "\ud800"}, "outputs": {"decision": "\udfff"}},
    {"facts": {"channel": "\u202e"}, "submitted_at": "99999-01-01T00:00:00+07:00"},
    {"facts": {"copies": -(2**70)}, "submitted_at": ["2026-01-01"]},
    [],
    "x",
    None,
)


ABROAD = ("portal.begin", "portal.callback")  # 503: no identity provider runs beside these tests
ENDING = ("portal.leave", "desk.leave", "portal.end_session", "portal.discard")  # the sweep stands on these


@pytest.fixture
def both(database_url: str, tmp_path: Path, clock: SetClock, sqlite_template: Path) -> Iterator[WebHouse]:
    """A house on each database."""
    house = found_house(tmp_path, clock, sqlite_template, DATABASE_URL=database_url)
    yield house
    house.platform.close()


def who_may(house: WebHouse, who: str, citizen: Actor) -> Actor | None:
    if who == "anyone":
        return None
    return {"citizen": citizen, "staff": house.life.officials["reception"]}.get(
        who, house.life.officials.get(who.split(",")[0])
    )


def odd_paths(house: WebHouse, rule: Rule, things: Any) -> Iterator[str]:
    """The rule's address with one part at a time made odd, and with all of them."""
    if not rule.arguments:
        return
    with house.app.test_request_context():
        adapter = house.app.url_map.bind("localhost")
        for sign in ODD:
            text = quote(sign.encode("utf-8", "surrogatepass"), safe="")
            marked = {name: "MARK" for name in rule.arguments}
            yield str(adapter.build(rule.endpoint, marked)).replace("MARK", text)
    if names_something(rule):
        yield str(next(addresses(house.app, rule, things))) + "%00"


def plain_path(house: WebHouse, rule: Rule, things: Any) -> str:
    if names_something(rule):
        return str(next(addresses(house.app, rule, things)))
    values = {"code": "2.000635", "provider": "dvcqg", "poll_id": "x", "language": "en", "slug": "x", "run_id": "x"}
    with house.app.test_request_context():
        adapter = house.app.url_map.bind("localhost")
        return str(adapter.build(rule.endpoint, {name: values.get(name, "x") for name in rule.arguments}))


def tries_of(house: WebHouse, rule: Rule, things: Any, method: str) -> Iterator[tuple[str, str | None]]:
    """Addresses and posted bodies; None: no body."""
    yield from ((path, None) for path in odd_paths(house, rule, things))
    address = plain_path(house, rule, things)
    for sign in ODD:
        text = quote(sign.encode("utf-8", "surrogatepass"), safe="")
        yield f"{address}?" + "&".join(f"{name}={text}" for name in NAMES), None
        if method == "POST":
            yield address, "&".join(f"{name}={text}&{name}={text}" for name in NAMES)


def ask(browser: Browser, method: str, path: str, body: str | None) -> Any:
    if method == "GET":
        return browser.get(path)
    sent = f"csrf_token={quote(browser.token)}&{body or ''}"
    return browser.client.post(path, data=sent, content_type="application/x-www-form-urlencoded")


@pytest.mark.slow
def test_no_odd_input_is_an_error_of_ours(both: WebHouse) -> None:
    """Every route of the map × odd path parts, query values and form fields, as somebody who may enter."""
    citizen = both.somebody("Nguyễn Văn An", "038203000123")
    things = belongings_of(both, citizen)
    wrong: list[str] = []
    asked = 0
    for rule in rules_of(both.app):
        method, who = CASES[rule.endpoint]
        if rule.endpoint in ENDING:
            continue
        browser = both.browser(who_may(both, who, citizen))
        for path, body in tries_of(both, rule, things, method):
            asked += 1
            answer = ask(browser, method, path, body)
            silent = answer.status_code in (400, 404, 422) and len(answer.text) < 20
            if silent or (answer.status_code >= 500 and rule.endpoint not in ABROAD):
                wrong.append(f"{rule.endpoint} {method} {path[:80]!r} {str(body)[:40]!r}: {answer.status_code}")
    assert asked > 1500
    assert wrong == []


def test_odd_json_is_refused_with_a_sentence_in_json(both: WebHouse) -> None:
    clerk = both.life.officials["reception"]
    dossier_id = both.life.sent(both.somebody("Nguyễn Văn An", "038203000123"))
    task_id = both.life.open_task(dossier_id)["id"]
    browser = both.browser(clerk)
    for address in ("/api/v1/procedures/2.000635/quote", f"/api/v1/tasks/{task_id}/complete"):
        for body in JSON_BODIES:
            answer = browser.post(address, json=body)
            assert 400 <= answer.status_code < 500, (address, body, answer.text)
            assert answer.get_json()["message"], (address, body)
        for raw in (b"\x00", b"{", b"[" * 50_000, b'{"facts": ' + b"9" * 5000 + b"}", b"\xff\xfe"):
            answer = browser.client.post(
                address, data=raw, content_type="application/json", headers={"X-CSRFToken": browser.token}
            )
            assert 400 <= answer.status_code < 500, (address, raw[:20], answer.text)
            assert answer.get_json()["message"]


def test_odd_cookies_and_headers_are_no_error(both: WebHouse) -> None:
    for name in (
        "motcua_citizen",
        "motcua_staff",
        "motcua_visitor",
        "motcua_sign_in",
        "motcua_sign_out",
        "motcua_lang",
        "motcua_page",
    ):
        for value in ('"a\\000b' + "x" * 30 + '"', "\\ud800", "x" * 3000, '"\\033[31m"'):
            headers = {"Cookie": f"{name}={value}", "User-Agent": "a\x00b", "Accept-Language": "\x7f,,;q=9e999"}
            for address in ("/", "/desk/sign-in", "/dossiers", "/api/v1/tasks", "/sign-in/dvcqg/callback?state=x"):
                assert both.app.test_client().get(address, headers=headers).status_code < 500, (name, value, address)


def test_what_is_too_much_is_said(both: WebHouse) -> None:
    """A name of a megabyte, ten thousand fields, an address without end: each with its own words."""
    citizen = both.somebody("Nguyễn Văn An", "038203000123")
    dossier_id = both.life.draft(citizen)
    browser = both.browser(citizen)
    address = f"/dossiers/{dossier_id}/draft/declaration"
    for length in (20_001, 1024 * 1024):
        long = browser.post(address, {"subject_name": "N" * length})
        assert (long.status_code, "20000" in long.text) == (422, True), "cut short, it would be another name"
    many = browser.client.post(
        address, data={"csrf_token": browser.token, **{f"f{n}": "x" for n in range(10_000)}},
        content_type="multipart/form-data",
    )  # fmt: skip
    assert (many.status_code, "Biểu mẫu" in many.text) == (413, True)
    endless = browser.get("/procedures?q=" + "x" * 5000)
    assert (endless.status_code, "quá dài" in endless.text) == (414, True)
    of_program = browser.get("/api/v1/procedures?q=" + "x" * 5000)
    assert of_program.status_code == 414
    assert "quá dài" in of_program.get_json()["message"]


def test_a_text_nobody_can_read_is_refused_and_nothing_kept(both: WebHouse) -> None:
    citizen = both.somebody("Nguyễn Văn An", "038203000123")
    dossier_id = both.life.draft(citizen)
    browser = both.browser(citizen)
    before = both.record()
    refused = browser.post(f"/dossiers/{dossier_id}/draft/owner", {"full_name": "Lê\u202eThị"})
    assert refused.status_code == 422
    assert UNWRITABLE.vi in refused.text
    assert both.record() == before


def test_return_to_half_an_address(both: WebHouse) -> None:
    browser = both.browser()
    for address in ("//[", "/[", "http://[", "//[::1", "/\\["):
        assert browser.get("/sign-in", query_string={"return_to": address}).status_code == 200
        assert browser.post("/lang/en", {"return_to": address}).status_code == 303
        assert browser.post("/desk/lang/en", {"return_to": address}).status_code == 303


def test_a_key_no_page_made_sends_nothing(both: WebHouse) -> None:
    """65 signs were cut to 64 and met themselves at the second dossier: an error of the database."""
    citizen = both.somebody("Nguyễn Văn An", "038203000123")
    browser = both.browser(citizen)
    for _again in range(2):
        dossier_id = both.life.draft(citizen)
        for key in ("k" * 65, "", "khóa", "k k", "k" * 100_000):
            answer = browser.post(f"/dossiers/{dossier_id}/submit", {"submit_key": key, "confirmed": "yes"})
            assert answer.status_code == 422, key[:70]
    assert [row["code"] for row in all_dossiers(both)] == [None, None]


def test_one_key_twenty_times_at_once_at_the_counter(both: WebHouse) -> None:
    """Each of twenty clicks is answered with the one dossier."""
    browser = both.browser(both.life.officials["reception"])
    assert browser.token
    fields: dict[str, Any] = {"submit_key": "key-of-one-page", "owner_is_applicant": "yes"}
    for prefix, values in (("applicant", party()), ("form", EXTRACT_FORM), ("delivery", BY_POST)):
        fields |= {f"{prefix}.{name}": value for name, value in values.items()}
    cookie = browser.client.get_cookie("motcua_page")
    assert cookie is not None

    def click(_number: int) -> tuple[int, str]:
        other = both.browser(both.life.officials["reception"])
        other.client.set_cookie("motcua_page", cookie.value)
        other._token = browser.token
        answer = other.post("/desk/counter/2.000635", dict(fields))
        return answer.status_code, answer.headers.get("Location", answer.text[-300:])

    both.token_of(both.life.officials["reception"])
    with ThreadPoolExecutor(20) as pool:
        answers = set(pool.map(click, range(20)))
    assert len(answers) == 1, answers
    assert {status for status, _ in answers} == {303}
    assert len(all_dossiers(both)) == 1


def all_dossiers(house: WebHouse) -> list[Any]:
    with house.platform.database.read() as tx:
        return list(tx.execute(dossier.select()).mappings())
