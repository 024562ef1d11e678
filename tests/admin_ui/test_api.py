"""The HTTP API keeps to its own description, whatever is sent to it."""

from __future__ import annotations

import json
import warnings

import pytest
import schemathesis
from factories.web_house import Browser, WebHouse
from factories.web_routes import CASES
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from schemathesis.specs.openapi.checks import response_schema_conformance

from admin_ui.app import create_app

OPERATIONS = (
    ("GET", "/api/v1/procedures"),
    ("GET", "/api/v1/procedures/{code}"),
    ("POST", "/api/v1/procedures/{code}/quote"),
    ("GET", "/api/v1/dossiers"),
    ("GET", "/api/v1/dossiers/{dossier_id}"),
    ("GET", "/api/v1/tasks"),
    ("POST", "/api/v1/tasks/{task_id}/claim"),
    ("POST", "/api/v1/tasks/{task_id}/complete"),
    ("POST", "/api/v1/messages/post"),
)
SURROGATE = "\ud800"
SIGNS = [pytest.param(f"a{chr(point)}b", id=hex(point)) for point in (0xD800, 0xDFFF, 0, 1, 0x7F)]
FACT = st.one_of(st.none(), st.text(), st.floats(), st.lists(st.integers()))
NO_JSON = ["", "{", "[]", "null", '"x"', "1e999", '{"facts": 1}', "[" * 5000, '{"facts": {"copies": NaN}}']


@pytest.fixture(scope="module")
def schema(shared_house: WebHouse) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_wsgi("/api/openapi.json", app=shared_house.app)


@pytest.fixture(scope="module")
def both(shared_house: WebHouse) -> Browser:
    """A browser in which a citizen and an official are signed in, so that no operation ends at its guard."""
    browser = shared_house.browser(shared_house.somebody("Nguyễn Văn An", "038203000123"))
    official = shared_house.life.officials["reception"]
    browser.client.set_cookie("motcua_staff", shared_house.token_of(official))
    return browser


def test_the_description_is_valid_and_complete(shared_house: WebHouse) -> None:
    description = shared_house.browser().get("/api/openapi.json").get_json()
    validate(description)
    described = {(method.upper(), path) for path, item in description["paths"].items() for method in item}
    assert {one for one in described if one[0] != "PARAMETERS"} == set(OPERATIONS)
    assert len(OPERATIONS) == sum(endpoint.startswith("api_") for endpoint in CASES)


def test_the_description_is_made_without_a_doubt(shared_house: WebHouse) -> None:
    """No two schemas of one name, nothing deprecated."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        create_app(shared_house.platform)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_whatever_is_sent_is_answered_as_described(
    shared_house: WebHouse, schema: schemathesis.BaseSchema, both: Browser, method: str, path: str
) -> None:
    operation = schema[path][method]
    cookies = {
        name: both.client.get_cookie(name).value
        for name in ("motcua_citizen", "motcua_staff", "motcua_page")
        if both.token
    }
    seen: set[int] = set()

    @given(case=operation.as_strategy())
    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def answers(case: schemathesis.Case) -> None:
        plain = {"Accept-Encoding": "identity"}  # the caller does not open what comes compressed
        answer = case.call(headers={"X-CSRFToken": both.token, **plain}, cookies=cookies)
        seen.add(answer.status_code)
        assert answer.status_code < 500, answer.text
        if answer.status_code >= 400:
            assert answer.json()["message"], answer.text
        if answer.status_code == 405:
            assert answer.headers["Allow"]
        if answer.status_code not in (404, 405):
            case.validate_response(answer, checks=[response_schema_conformance])

    answers()
    assert 401 not in seen, "the cookies did not open the door"


@pytest.mark.parametrize("body", SIGNS)
def test_letters_that_cannot_be_written_are_refused(both: Browser, body: str) -> None:
    sent = json.dumps({"facts": {body: "x"}})
    answer = both.client.post("/api/v1/procedures/2.000635/quote", data=sent, content_type="application/json")
    assert answer.status_code == 422
    assert answer.get_json()["message"]
    for value in ({"outputs": {"decision": body}}, {"outputs": {body: "accept"}}):
        sent = json.dumps(value)
        headers = {"X-CSRFToken": both.token}
        answer = both.client.post(
            "/api/v1/tasks/x/complete", data=sent, content_type="application/json", headers=headers
        )
        assert answer.status_code == 422, answer.text


@given(facts=st.dictionaries(st.text(max_size=12), FACT))
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_fact_breaks_a_quote(both: Browser, facts: dict[str, object]) -> None:
    sent = json.dumps({"facts": facts})
    answer = both.client.post("/api/v1/procedures/2.000635/quote", data=sent, content_type="application/json")
    assert answer.status_code in (200, 422), answer.text


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "null", '"x"', "1e999", "9" * 5000, '{"facts": 1}', "[" * 5000, '{"facts": {"copies": NaN}}'],
)
def test_what_is_no_json_is_told_so(both: Browser, body: str) -> None:
    answer = both.client.post("/api/v1/procedures/2.000635/quote", data=body, content_type="application/json")
    assert 400 <= answer.status_code < 500, (body[:20], answer.status_code)
    assert answer.get_json()["message"]


def test_a_value_in_facts_that_cannot_be_written_does_no_harm(both: Browser) -> None:
    for value in (SURROGATE, [SURROGATE], {"x": SURROGATE}):
        sent = json.dumps({"facts": {"channel": value}})
        answer = both.client.post("/api/v1/procedures/2.000635/quote", data=sent, content_type="application/json")
        assert answer.status_code == 422, answer.text


def test_a_quote_tells_its_reasons(both: Browser) -> None:
    facts = {"channel": "online", "copies": 2, "submitted_at": None}
    answer = both.post("/api/v1/procedures/2.000635/quote", json={"facts": {"channel": "online", "copies": 2}})
    assert answer.status_code == 200, (facts, answer.text)
    assert answer.get_json()["total_vnd"] == 16_000
    assert answer.get_json()["lines"]


def test_the_page_about_the_api_fetches_nothing_from_elsewhere(both: Browser) -> None:
    text = both.get("/api/docs").text
    assert 'src="http' not in text
    assert 'href="http' not in text
