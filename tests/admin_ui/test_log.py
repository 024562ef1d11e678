"""The log tells what happened, never to whom: what people typed and who they are is sought in every line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from factories.office_life import PASSWORD
from factories.web_house import WebHouse
from flask import Flask

from admin_ui.app import create_app
from admin_ui.dispatch import Room
from admin_ui.guard import anyone

CANARIES = {
    "full_name": "Hoàng Canh Yến",
    "national_id": "038299912345",
    "phone": "0977 665 544",
    "email": "canh.yen@example.vn",
    "address": "Ngõ Chim Hoàng Yến",
    "note": "điều bí mật của tôi",
}


@pytest.fixture
def app(house: WebHouse) -> Flask:
    """The pages, and one that breaks while it works on what was typed."""
    app = create_app(house.platform)
    room = Room("breaking", "citizen")

    @room.route("/break/<number>", anyone, methods=("GET", "POST"))
    def broken(ask: Any, number: str) -> None:
        typed = dict(ask.form)
        try:
            raise ValueError(f"cannot read {typed} of {number}")
        except ValueError as error:
            raise RuntimeError(f"broken by {CANARIES}") from error

    app.register_blueprint(room.blueprint)
    return app


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def words() -> list[str]:
    return [*CANARIES.values(), CANARIES["phone"].replace(" ", ""), "Ho%C3%A0ng", PASSWORD, "mat-khau-sai", "123456"]


def test_no_line_names_anybody(house: WebHouse, app: Flask, capfd: pytest.CaptureFixture[str], caplog: Any) -> None:
    citizen = house.somebody(CANARIES["full_name"], CANARIES["national_id"], "+84977665544")
    dossier_id = house.life.draft(citizen)
    code = house.life.dossier(house.life.sent(citizen))["code"]
    browser = house.browser(citizen, app)
    for step in ("applicant", "owner", "declaration", "delivery"):
        browser.post(f"/dossiers/{dossier_id}/draft/{step}", dict(CANARIES))
    browser.post("/dossiers", {"q": CANARIES["full_name"]}, follow_redirects=True)
    browser.get("/procedures", query_string={"q": CANARIES["national_id"]})
    browser.get("/sign-in", query_string={"return_to": f"/x?{CANARIES['phone']}"})
    browser.post("/track", {"code": code, "phone_tail": "5544"})
    browser.post(f"/break/{CANARIES['national_id']}", dict(CANARIES))
    browser.get(f"/nowhere/{CANARIES['national_id']}")
    browser.get("/sign-in/dvcqg/callback", query_string={"code": "123456", "state": CANARIES["email"]})
    stranger = house.browser(app=app)
    stranger.post("/desk/sign-in", {"username": CANARIES["full_name"], "password": "mat-khau-sai"})
    stranger.post("/desk/sign-in", {"username": "reception", "password": PASSWORD})
    stranger.get("/desk", query_string={"q": CANARIES["full_name"]})
    told = capfd.readouterr()
    everything = told.out + told.err + caplog.text
    lines = lines_of(told.out + told.err)
    assert len(lines) >= 12, "the log was not seen at all"
    assert [word for word in words() if word in everything] == []
    assert browser.client.get_cookie("motcua_citizen").value not in everything  # type: ignore[union-attr]  # it is set


def test_a_broken_view_is_told_with_its_place(house: WebHouse, app: Flask, capfd: pytest.CaptureFixture[str]) -> None:
    assert house.browser(app=app).get("/break/1").status_code == 500
    told = capfd.readouterr()
    line = next(line for line in lines_of(told.out + told.err) if line["event"] == "unexpected")
    assert line["path"] == "/break/<number>"
    assert [error["kind"] for error in line["exception"]] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert "test_log.py" in line["exception"][0]["at"][-1]
    assert line["exception"][0]["at"][-1].endswith(" broken")


def test_every_answer_has_its_line(house: WebHouse, app: Flask, capfd: pytest.CaptureFixture[str]) -> None:
    house.browser(app=app).get("/procedures/2.000635")
    house.browser(app=app).get("/static/khong-co.css")
    told = capfd.readouterr()
    lines = lines_of(told.out + told.err)
    assert [(line["route"], line["status"], line["who"]) for line in lines] == [("/procedures/<code>", 200, "nobody")]
