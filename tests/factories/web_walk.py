"""Walks every address of the web as somebody to whom nothing there belongs, and tells what it could reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from factories.office_life import ISSUED, OWNER, OfficeLife
from factories.web_house import Browser, WebHouse
from factories.web_routes import CASES, NAMES_SOMETHING, PLAIN, may_enter
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from engine.actions.filing import ConfirmDraft, confirm_draft
from engine.domain.actor import Actor
from engine.store.process import instances
from engine.store.schema.dossiers import document, dossier_file, notice
from engine.store.schema.people import session
from engine.store.schema.work import task

ASKED = {"decision": "supplement", "reason": "Giấy ủy quyền bị mờ.", "missing_papers": "authorisation"}
TYPED = {
    "full_name": "Kẻ Lạ Mặt",
    "note": "ghi chú của người lạ",
    "reason": "lý do của người lạ",
    "answer": "agree",
    "confirmed": "yes",
    "submit_key": "khoa-cua-nguoi-la",
    "decision": "accept",
    "method": "cash",
    "how": "retry",
    "code": "000",
    "option": "x",
}


@dataclass(frozen=True)
class Target:
    """Something of somebody, as the parts of an address name it."""

    name: str
    parts: Mapping[str, str]


@dataclass
class Belongings:
    """Everything one citizen has with the office, in every state a route can meet."""

    citizen: Actor
    draft_id: str
    sent_id: str
    asked_id: str
    confirm_id: str
    done_id: str
    incident_id: str = ""
    targets: list[Target] = field(default_factory=list)

    @property
    def dossier_ids(self) -> tuple[str, ...]:
        return (self.draft_id, self.sent_id, self.asked_id, self.confirm_id, self.done_id)


def belongings_of(house: WebHouse, citizen: Actor) -> Belongings:
    """A draft, a sent dossier, one to be supplemented, one to be confirmed, one with its result; with files."""
    life = house.life
    asked = life.sent(citizen)
    life.complete(asked, "check_dossier", ASKED)
    confirm = life.to_confirmation(citizen)
    done = life.sent(citizen)
    for element_id, outputs in ISSUED[:2]:
        life.complete(done, element_id, outputs)
    _agree(life, citizen, done)
    for element_id, outputs in ISSUED[3:]:
        life.complete(done, element_id, outputs)
    things = Belongings(citizen, life.draft(citizen, owner=OWNER), life.sent(citizen), asked, confirm, done)
    house.token_of(citizen)
    with house.platform.database.begin() as tx:
        instance = instances.of_dossier(tx, things.sent_id)
        row = {"code": "job_unknown", "message_vi": "Mẫu", "message_en": "Sample", "element_id": "x"}
        things.incident_id = instances.add_incident(tx, {"instance_id": instance["id"], **row})
    things.targets = list(_targets(house, things))
    return things


def _targets(house: WebHouse, things: Belongings) -> Iterator[Target]:
    """Each thing with every name an address may call it by."""
    shared = {"incident_id": things.incident_id}
    with house.platform.database.read() as tx:
        for dossier_id in things.dossier_ids:
            parts = {**shared, "dossier_id": dossier_id}
            named = ((dossier_file, "file_id"), (document, "document_id"), (task, "task_id"), (notice, "notice_id"))
            for table, name in named:
                found = tx.execute(select(table.c.id).where(table.c.dossier_id == dossier_id)).scalars().all()
                parts |= {name: str(found[-1])} if found else {}
            yield Target(dossier_id, parts)
        person = session.c.person_id == things.citizen.id
        for row_id in tx.execute(select(session.c.id).where(person)).scalars():
            yield Target("session", {"session_id": str(row_id)})


def names_something(rule: Rule) -> bool:
    """Whether an address of this rule names something of somebody."""
    return bool(NAMES_SOMETHING & rule.arguments)


def rules_of(app: Flask) -> list[Rule]:
    """Every rule behind the door."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in PLAIN]


def addresses(app: Flask, rule: Rule, things: Belongings, under: str = "") -> Iterator[str]:
    """Every address of this rule that names something of these belongings; `under` a dossier of the asker's own."""
    steps = ("applicant", "owner", "declaration", "papers", "delivery", "review")
    fixed = {"code": "authorisation", "language": "en", "slug": "x", "provider": "dvcqg", "poll_id": "x"}
    fixed["kind"] = "refusal"  # what reception may come to with a dossier that was sent
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for target in things.targets:
            for step in steps if "step" in rule.arguments else ("",):
                known = {**fixed, "step": step, **target.parts} | ({"dossier_id": under} if under else {})
                if rule.arguments <= known.keys():
                    yield adapter.build(rule.endpoint, {name: known[name] for name in rule.arguments})


def ask_for(browser: Browser, method: str, address: str) -> Any:
    """A GET, or a POST with the page's own token and every field a form of ours may have."""
    if method == "GET":
        return browser.get(address)
    if address.startswith("/api/"):
        return browser.post(address, json={"outputs": {"decision": "accept"}, "version": 0})
    return browser.post(address, data=dict(TYPED))


def walk(house: WebHouse, app: Flask, stranger: Actor | None, things: Belongings, under: str = "") -> list[str]:
    """What this stranger could reach of these belongings, a sentence each; empty: nothing.

    `under`: a dossier of their own, under whose address they try the parts of the others.
    """
    findings = []
    browser = house.browser(stranger, app)
    kind, roles = (stranger.kind, stranger.roles) if stranger else (None, frozenset())
    for rule in rules_of(app):
        if rule.endpoint not in CASES:
            findings.append(f"{rule.endpoint}: a route without a case")
        named = NAMES_SOMETHING & rule.arguments
        if not named or (under and (named == {"dossier_id"} or "dossier_id" not in named)):
            continue
        method, who = CASES.get(rule.endpoint, ("GET", "citizen"))
        lawful = {404} if may_enter(who, kind, roles) else {303, 401, 403}
        # An official of another unit is told that a task is not theirs; a sent dossier gives no paper back, whose ever.
        lawful |= ({403} if kind == "staff" and "task_id" in named else set()) | ({409} if under else set())
        for address in addresses(app, rule, things, under):
            answer = ask_for(browser, method, address)
            if answer.status_code not in lawful:
                findings.append(f"{rule.endpoint}: {method} {address} answers {answer.status_code}")
            if answer.status_code == 303 and "/sign-in" not in answer.location:
                findings.append(f"{rule.endpoint}: {method} {address} leads to {answer.location}")
    return findings


def _agree(life: OfficeLife, citizen: Actor, dossier_id: str) -> None:
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree", ""))
