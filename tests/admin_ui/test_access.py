"""What belongs to one person cannot be reached or changed by another, by any address there is."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from factories.web_house import WebHouse
from factories.web_routes import CASES, PLAIN, ROLES, may_enter
from factories.web_walk import Belongings, addresses, ask_for, belongings_of, names_something, rules_of, walk
from flask import Response

from admin_ui.api import dispatch as passage
from admin_ui.api.pages import room as api_pages
from admin_ui.app import create_app
from admin_ui.rooms import ALL
from engine.domain.actor import Actor
from engine.queries.dossier import file_access
from engine.settings import CITIZEN_ROOMS, STAFF_ROOMS
from engine.store.accounts import staff
from engine.store.process import tasks


@dataclass
class Town:
    """Two citizens with everything they have, the officials of their unit, and those of another."""

    house: WebHouse
    an: Belongings
    binh: Belongings
    officials: dict[str, Actor]
    elsewhere: dict[str, Actor]

    def actor(self, name: str) -> Actor | None:
        if name in ("nobody", "an", "binh"):
            return {"nobody": None, "an": self.an.citizen, "binh": self.binh.citizen}[name]
        where, _, role = name.partition(":")
        return (self.officials if where == "here" else self.elsewhere)[role]


@pytest.fixture(scope="module")
def town(build_house) -> Town:
    house = build_house()
    an = belongings_of(house, house.somebody("Nguyễn Văn An", "038203000123"))
    binh = belongings_of(house, house.somebody("Trần Thị Bình", "038203000456", "+84987654321"))
    elsewhere = {}
    with house.platform.database.begin() as tx:
        unit = {"code": "H56.XA", "name_vi": "UBND xã (mẫu)", "name_en": "Commune (sample)", "kind": "commune"}
        unit_id = staff.add_unit(tx, {**unit, "agency_code": "000.00.00.H56"})
        for role in ROLES:
            row = {"username": f"xa.{role}", "full_name": f"Cán bộ xã {role}", "password_hash": "x"}
            staff_id = staff.add(tx, {**row, "roles": [role], "unit_id": unit_id})
            elsewhere[role] = Actor("staff", staff_id, row["full_name"], frozenset({role}), unit_id)
    found = Town(house, an, binh, house.life.officials, elsewhere)
    for name in EVERYBODY:
        if actor := found.actor(name):
            house.token_of(actor)
    return found


OF_ONE_ROLE = ("desk.task", "desk.preview_paper")
EVERYBODY = ("nobody", "an", "binh", *(f"here:{role}" for role in ROLES), *(f"there:{role}" for role in ROLES))
# Administrators see what was sent to every unit; that they see no draft is looked at below.
STRANGERS = tuple(name for name in EVERYBODY if name not in ("binh", "there:admin") and not name.startswith("here:"))


def test_every_route_has_a_case_and_names_its_guard(town: Town) -> None:
    served = {rule.endpoint: rule for rule in rules_of(town.house.app)}
    assert served.keys() == CASES.keys(), served.keys() ^ CASES.keys()
    guards = {}
    for room in (*ALL.values(), passage.room, api_pages):
        guards |= {(f"api_{name}" if room is passage.room else name): guard for name, guard in room.guards.items()}
    assert guards.keys() == CASES.keys(), guards.keys() ^ CASES.keys()
    for endpoint, (method, who) in CASES.items():
        assert method in served[endpoint].methods, endpoint
        guard = guards[endpoint]
        named = ",".join(sorted(guard.roles)) if guard.roles else guard.kind or "anyone"
        assert named == ",".join(sorted(who.split(","))), endpoint


def test_what_stands_before_the_door_knows_nobody(town: Town) -> None:
    browser = town.house.browser(town.binh.citizen)
    for rule in town.house.app.url_map.iter_rules():
        if rule.endpoint in PLAIN and rule.endpoint != "static":
            text = browser.get(rule.rule).text
            assert "Bình" not in text, rule.endpoint
            assert not any(dossier_id in text for dossier_id in town.binh.dossier_ids), rule.endpoint


@pytest.mark.parametrize("name", STRANGERS)
def test_nothing_of_somebody_else_is_reached_or_changed(town: Town, name: str) -> None:
    before = town.house.record()
    findings = walk(town.house, town.house.app, town.actor(name), town.binh)
    assert findings == [], "\n".join(findings)
    assert town.house.record() == before


def test_nothing_is_reached_under_a_dossier_of_ones_own(town: Town) -> None:
    before = town.house.record()
    for own in town.an.dossier_ids:
        assert walk(town.house, town.house.app, town.an.citizen, town.binh, under=own) == []
    assert town.house.record() == before


@pytest.mark.parametrize("name", ["binh", *(f"here:{role}" for role in ROLES)])
def test_the_walk_uses_addresses_that_are_real(town: Town, name: str) -> None:
    """For those to whom the things belong, every address that is read answers with something."""
    actor = town.actor(name)
    browser = town.house.browser(actor)
    for rule in rules_of(town.house.app):
        method, who = CASES[rule.endpoint]
        if method == "GET" and names_something(rule) and actor and may_enter(who, actor.kind, actor.roles):
            answers = [
                ask_for(browser, "GET", address).status_code for address in addresses(town.house.app, rule, town.binh)
            ]
            lawful = {200, 403} if rule.endpoint in OF_ONE_ROLE else {200}
            assert not answers or lawful & set(answers), (rule.endpoint, answers)
            assert set(answers) <= {200, 303, 403, 404, 409}, (rule.endpoint, answers)


@pytest.mark.parametrize("name", EVERYBODY)
def test_guards_refuse_whoever_has_no_business_there(town: Town, name: str) -> None:
    actor = town.actor(name)
    browser = town.house.browser(actor)
    kind, roles = (actor.kind, actor.roles) if actor else (None, frozenset())
    refused = 0
    before = town.house.record()
    asks_first = {"portal.apply"} if kind != "citizen" else set()  # the wish is kept until somebody has signed in
    for rule in rules_of(town.house.app):
        method, who = CASES[rule.endpoint]
        if may_enter(who, kind, roles):
            continue
        address = rule.rule.replace("<", "").replace(">", "")
        answer = ask_for(browser, method, address)
        wrong_kind = kind != ("citizen" if who == "citizen" else "staff")
        to_sign_in = (method == "GET" and "/api/" not in address) or rule.endpoint in asks_first
        expected = 403 if not wrong_kind else 303 if to_sign_in else 401
        assert answer.status_code == expected, rule.endpoint
        refused += 1
    assert refused > 5
    assert town.house.record() | {"kept_form": ""} == before | {"kept_form": ""}


@pytest.mark.parametrize("name", [*(f"here:{role}" for role in ROLES), "there:admin"])
def test_no_official_sees_a_draft(town: Town, name: str) -> None:
    browser = town.house.browser(town.actor(name))
    for rule in rules_of(town.house.app):
        method, who = CASES[rule.endpoint]
        if who == "citizen" or "dossier_id" not in rule.arguments:
            continue
        for address in addresses(town.house.app, rule, town.binh):
            if town.binh.draft_id in address and "/files/" not in address and "incidents" not in address:
                assert ask_for(browser, method, address).status_code in (404, 403), address


@pytest.mark.parametrize("name", [f"here:{role}" for role in ROLES if role != "reception"])
def test_a_task_is_worked_on_by_its_role_only(town: Town, name: str) -> None:
    browser = town.house.browser(town.actor(name))
    with town.house.platform.database.read() as tx:
        open_task = next(row for row in tasks.of_dossier(tx, town.binh.sent_id) if row["state"] == "open")
    before = town.house.record()
    for verb in ("claim", "release", "draft", "complete"):
        assert ask_for(browser, "POST", f"/desk/tasks/{open_task['id']}/{verb}").status_code == 403, verb
    for verb in ("claim", "complete"):
        assert ask_for(browser, "POST", f"/api/v1/tasks/{open_task['id']}/{verb}").status_code == 403, verb
    assert town.house.record() == before


def test_lists_show_ones_own_only(town: Town) -> None:
    code = town.house.life.dossier(town.binh.sent_id)["code"]
    mine = town.house.life.dossier(town.an.sent_id)["code"]
    looked = town.house.browser(town.an.citizen).post("/dossiers", {"q": code}).location
    for address in ("/dossiers", looked, "/api/v1/dossiers", "/notices", "/account"):
        text = town.house.browser(town.an.citizen).get(address).text
        assert f">{code}" not in text, address
        assert town.binh.sent_id not in text, address
    assert mine in town.house.browser(town.an.citizen).get("/dossiers").text
    stranger = town.house.browser(town.elsewhere["reception"])
    for address in ("/desk", "/desk/find", "/desk?which=waiting", "/api/v1/tasks"):
        text = stranger.get(address).text
        assert f">{code}" not in text, address
        assert town.binh.sent_id not in text, address
    for address in ("/desk", "/desk/find"):
        text = stranger.post(address, {"q": code}, follow_redirects=True).text
        assert f">{code}" not in text, address
        assert town.binh.sent_id not in text, address


def test_an_open_route_is_found(town: Town) -> None:
    """The walk can fail: somebody hangs a view that forgets to ask whose it is."""
    app = create_app(town.house.platform)

    def leak(dossier_id: str) -> Response:
        with town.house.platform.database.read() as tx:
            owner = town.binh.citizen
            paper = file_access.declaration(tx, town.house.platform.office, owner, dossier_id)
        return Response(paper.content)

    app.add_url_rule("/open/<dossier_id>", "portal.leak", leak)
    findings = walk(town.house, app, town.an.citizen, town.binh)
    assert "portal.leak: a route without a case" in findings
    assert any("/open/" in finding and "answers 200" in finding for finding in findings)


@pytest.mark.parametrize(("rooms", "name"), [(CITIZEN_ROOMS, "binh"), (STAFF_ROOMS, "here:reception")])
def test_rooms_stand_alone(town: Town, rooms: tuple[str, ...], name: str) -> None:
    """Production serves citizens and officials by two processes: no page may point into a room that is not there."""
    app = create_app(town.house.platform, rooms)
    actor = town.actor(name)
    browser = town.house.browser(actor, app)
    seen = 0
    for rule in rules_of(app):
        method, who = CASES[rule.endpoint]
        if method == "GET" and actor and may_enter(who, actor.kind, actor.roles):
            simple = [rule.rule] if not rule.arguments else []
            for address in [*simple, *addresses(app, rule, town.binh)]:
                assert browser.get(address).status_code in (200, 303, 400, 403, 404, 409), address
                seen += 1
    assert seen > 10
