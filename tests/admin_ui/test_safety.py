"""Forged requests, foreign frames, stolen and stale sessions, ways out to somebody else's site."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from factories.office_life import PASSWORD, identity_of
from factories.web_house import WebHouse
from factories.web_routes import CASES
from factories.web_walk import Belongings, addresses, belongings_of, names_something, rules_of
from werkzeug.routing import Rule

from admin_ui.app import create_app
from engine.actions.accounts import SignIn, sign_in
from engine.domain.tokens import hash_token
from engine.store.accounts import sessions

POSTS = sorted(endpoint for endpoint, (method, _who) in CASES.items() if method == "POST")
# The first changes nothing and knows nobody; the second carries a signature instead.
WITHOUT_TOKEN = {"api_procedures.quote", "api_messages.from_post"}
AWAY = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "///evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "http:evil.example",
    "/\r\nLocation: https://evil.example",
    "evil.example",
)


@pytest.fixture(scope="module")
def filed(shared_house: WebHouse) -> Belongings:
    return belongings_of(shared_house, shared_house.somebody("Nguyễn Văn An", "038203000123"))


def one_address(house: WebHouse, rule: Rule, filed: Belongings) -> str:
    """An address of this rule that exists where it can."""
    if names_something(rule):
        return next(addresses(house.app, rule, filed))
    values = {
        "code": "2.000635",
        "provider": "dvcqg",
        "poll_id": "x",
        "language": "en",
        "slug": "x",
        "run_id": "x",
        "key": "x",
    }
    with house.app.test_request_context():
        adapter = house.app.url_map.bind("localhost")
        return str(adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments}))


def rule_of(house: WebHouse, endpoint: str) -> Rule:
    return next(rule for rule in rules_of(house.app) if rule.endpoint == endpoint)


@pytest.mark.parametrize("endpoint", POSTS)
def test_a_forged_post_is_refused(shared_house: WebHouse, filed: Belongings, endpoint: str) -> None:
    """Sent by somebody else's page: the cookies are there, the token is not; nor is another browser's token good."""
    who = CASES[endpoint][1]
    official = shared_house.life.officials["unit_head" if "unit_head" in who else "reception"]
    actor = filed.citizen if who in ("citizen", "anyone") else official
    browser = shared_house.browser(actor)
    assert browser.token
    address = one_address(shared_house, rule_of(shared_house, endpoint), filed)
    foreign = shared_house.browser().token
    before = shared_house.record()
    for body in ({}, {"csrf_token": ""}, {"csrf_token": foreign}):
        answer = browser.client.post(address, data=body)
        if endpoint in WITHOUT_TOKEN:
            assert answer.status_code != 400, answer.text
        else:
            assert answer.status_code == 400, (endpoint, body)
    assert shared_house.record() == before


def test_reading_changes_nothing(shared_house: WebHouse, filed: Belongings) -> None:
    """Every GET, as everybody; only the visit counter and the last use of a session may move."""
    head = shared_house.life.officials["unit_head"]
    people = (None, filed.citizen, head, shared_house.life.officials["reception"])
    browsers = [shared_house.browser(actor) for actor in people]
    before = shared_house.record()
    shared_house.clock.advance(minutes=2)  # so that the sessions are touched
    for rule in rules_of(shared_house.app):
        if CASES[rule.endpoint][0] == "GET":
            address = one_address(shared_house, rule, filed)
            for browser in browsers:
                browser.get(address)
                browser.client.head(address)
    assert shared_house.record() == before


def test_headers_of_every_answer(shared_house: WebHouse, filed: Belongings) -> None:
    citizen, clerk = shared_house.browser(filed.citizen), shared_house.browser(shared_house.life.officials["reception"])
    diagrams = ("desk.task", "desk.dossier", "api.docs")
    framed = ("desk.preview_paper", "desk.view_file", "desk.view_document", "desk.view_declaration")
    for rule in rules_of(shared_house.app):
        address = one_address(shared_house, rule, filed)
        method, who = CASES[rule.endpoint]
        browser = citizen if who in ("citizen", "anyone") else clerk
        answer = browser.get(address) if method == "GET" else browser.client.post(address)
        policy = answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff", address
        in_frame = rule.endpoint in framed and answer.status_code == 200
        assert answer.headers["X-Frame-Options"] == ("SAMEORIGIN" if in_frame else "DENY"), address
        assert "no-store" in answer.headers["Cache-Control"], address
        assert answer.headers["Referrer-Policy"] == "same-origin", address
        assert "default-src 'none'" in policy, address
        assert "script-src 'self' 'unsafe" not in policy, address
        assert "unsafe-eval" not in policy, address
        assert not {"X-Motcua-Diagram", "X-Motcua-Frames"} & set(answer.headers.keys()), address
        shows_papers = rule.endpoint in ("desk.task", "desk.dossier") and answer.status_code == 200
        assert ("frame-src 'self'" in policy) == shows_papers, address
        if rule.endpoint not in diagrams:
            assert "unsafe-inline" not in policy, address
        if in_frame:
            assert policy.endswith("; frame-ancestors 'self'"), address
        elif "sandbox" not in policy:
            assert "frame-ancestors 'none'" in policy, address
            assert "base-uri 'none'" in policy, address
        assert "Strict-Transport-Security" not in answer.headers, "only over https"


def test_pages_keep_to_their_own_policy(shared_house: WebHouse, filed: Belongings) -> None:
    """No inline script, style or handler: the policy would break the page."""
    browser = shared_house.browser(filed.citizen)
    for address in ("/", "/procedures", "/procedures/2.000635", "/dossiers", f"/dossiers/{filed.sent_id}", "/track"):
        text = browser.get(address).text
        assert "<script>" not in text, address
        assert "<style" not in text, address
        assert " style=" not in text, address
        assert " onclick=" not in text, address


def test_downloads_are_kept_apart(shared_house: WebHouse, filed: Belongings) -> None:
    browser = shared_house.browser(filed.citizen)
    for endpoint in ("portal.fetch_file", "portal.fetch_document", "portal.declaration"):
        found = addresses(shared_house.app, rule_of(shared_house, endpoint), filed)
        answer = next(one for address in found if (one := browser.get(address)).status_code == 200)
        assert answer.headers["Content-Disposition"].startswith("attachment;"), endpoint
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox", endpoint


@pytest.fixture(scope="module")
def secure_house(build_house) -> WebHouse:
    return build_house(
        BASE_URL="https://motcua.example.vn",
        TRUSTED_HOSTS="motcua.example.vn",
        SECURE_COOKIES="on",
        PRACTICE="off",
    )


def secure(house: WebHouse) -> dict[str, str]:
    return {"base_url": "https://motcua.example.vn"}


def test_https_is_remembered_and_cookies_are_marked(secure_house: WebHouse) -> None:
    client = secure_house.app.test_client()
    answer = client.get("/", **secure(secure_house))
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    text = client.get("/desk/sign-in", **secure(secure_house)).text
    token = text.split('name="csrf_token" value="')[1].split('"')[0]
    entered = client.post(
        "/desk/sign-in",
        data={"csrf_token": token, "username": "reception", "password": PASSWORD},
        headers={"Referer": "https://motcua.example.vn/desk/sign-in"},
        **secure(secure_house),
    )
    assert entered.status_code == 303
    flags = {line.split("=")[0]: line for one in (answer, entered) for line in one.headers.getlist("Set-Cookie")}
    for name in ("__Host-motcua_staff", "__Host-motcua_visit", "__Host-motcua_page"):
        if name in flags:
            assert "Secure" in flags[name], name
            assert "HttpOnly" in flags[name], name
            assert "SameSite" in flags[name], name
    assert "SameSite=Strict" in flags["__Host-motcua_staff"]
    assert "Domain" not in flags["__Host-motcua_staff"]


@pytest.mark.parametrize("host", ["evil.example", "motcua.example.vn.evil.example", "evil.example:443", "[::1]", "a@b"])
def test_a_forged_host_is_refused(secure_house: WebHouse, host: str) -> None:
    client = secure_house.app.test_client()
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text
    assert "evil" not in str(answer.headers)


@pytest.mark.parametrize("address", AWAY)
def test_no_way_leads_out_to_somebody_elses_site(shared_house: WebHouse, address: str) -> None:
    browser = shared_house.browser()
    for path in ("/lang/en", "/desk/lang/en"):
        answer = browser.post(path, {"return_to": address})
        assert answer.status_code == 303
        assert urljoin("http://localhost/x", answer.location).startswith("http://localhost/"), answer.location
        assert not answer.location.startswith(("//", "/\\")), answer.location
    page = browser.get("/sign-in", query_string={"return_to": address}).text
    provider = page.split('class="provider-list"')[1]
    assert "evil" not in provider.replace("/%09/evil", "")
    assert "javascript:" not in provider
    assert 'href="javascript:' not in page
    browser.post("/sign-in/dvcqg", {"return_to": address})
    with shared_house.platform.database.read() as tx:
        row = tx.connection.exec_driver_sql("select return_to from sign_in_attempt order by id desc").first()
    assert row is not None
    assert row[0] in ("/", "/%09/evil.example"), "the second is a path of ours that does not exist"


def test_a_session_given_from_outside_is_worth_nothing(house: WebHouse) -> None:
    """Fixation: a value planted before signing in is not the session afterwards, and opens nothing."""
    browser = house.browser()
    for name in ("motcua_citizen", "motcua_staff"):
        browser.client.set_cookie(name, "planted-by-somebody-else")
    assert browser.get("/dossiers").status_code == 303
    entered = browser.post("/desk/sign-in", {"username": "reception", "password": PASSWORD})
    assert entered.status_code == 303
    cookie = browser.client.get_cookie("motcua_staff")
    assert cookie is not None
    assert cookie.value != "planted-by-somebody-else"
    assert len(cookie.value) >= 32
    with house.platform.database.read() as tx:
        assert sessions.by_token_hash(tx, hash_token("planted-by-somebody-else")) is None
        assert sessions.by_token_hash(tx, hash_token(cookie.value)) is not None


def test_signing_out_ends_the_session_itself(house: WebHouse) -> None:
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    browser, thief = house.browser(citizen), house.browser(citizen)
    assert thief.get("/dossiers").status_code == 200
    assert browser.post("/sign-out").status_code == 303
    assert thief.get("/dossiers").status_code == 303, "a copied cookie outlived the session"
    assert thief.get("/api/v1/dossiers").status_code == 401


def test_an_idle_session_ends(house: WebHouse) -> None:
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    clerk = house.life.officials["reception"]
    settings = house.platform.settings
    for actor, page, minutes in (
        (citizen, "/dossiers", settings.citizen_idle_minutes),
        (clerk, "/desk", settings.staff_idle_minutes),
    ):
        browser = house.browser(actor)
        house.clock.advance(minutes=minutes - 1)
        assert browser.get(page).status_code == 200, "still at work"
        house.clock.advance(minutes=minutes - 1)
        assert browser.get(page).status_code == 200, "the last look kept it alive"
        house.clock.advance(minutes=minutes + 1)
        assert browser.get(page).status_code == 303, "too long away"


def test_a_session_ends_after_its_longest_time(house: WebHouse) -> None:
    signed = house.life.do(sign_in, SignIn(identity_of(), "Firefox"))
    browser = house.browser()
    browser.client.set_cookie("motcua_citizen", signed.token)
    for _hour in range(house.platform.settings.session_hours * 2):
        house.clock.advance(minutes=29)
        assert browser.get("/dossiers").status_code == 200
    house.clock.advance(minutes=60)
    assert browser.get("/dossiers").status_code == 303


def test_an_official_who_left_is_out_at_once(house: WebHouse) -> None:
    clerk = house.life.officials["reception"]
    browser = house.browser(clerk)
    assert browser.get("/desk").status_code == 200
    with house.platform.database.begin() as tx:
        tx.connection.exec_driver_sql("update staff set active = 0 where username = 'reception'")
    assert browser.get("/desk").status_code == 303


def test_one_cookie_does_not_open_the_other_room(house: WebHouse) -> None:
    citizen, clerk = house.somebody("Nguyễn Văn An", "038203000123"), house.life.officials["reception"]
    browser = house.browser()
    browser.client.set_cookie("motcua_citizen", house.token_of(clerk))
    browser.client.set_cookie("motcua_staff", house.token_of(citizen))
    for address in ("/dossiers", "/desk"):
        assert browser.get(address).status_code == 303
    both = house.browser(citizen)
    both.client.set_cookie("motcua_staff", house.token_of(clerk))
    assert both.get("/api/v1/dossiers").status_code == 200
    assert both.get("/api/v1/tasks").status_code == 200


def test_the_citizens_rooms_alone_serve_no_official(house: WebHouse) -> None:
    app = create_app(house.platform, ("portal", "api"))
    assert house.browser(house.life.officials["reception"], app).get("/desk").status_code == 404
