"""What the checks say about declared meanings, in forms, diagrams and whole packs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.actions.procedures import check_pack
from engine.domain.forms import parse_form
from engine.domain.meanings import Place
from engine.domain.procedures import parse_pack, read_pack
from engine.workflow.checks import judge_form
from engine.workflow.spec import check_model, load_process

ROOT = Path(__file__).parents[4]
YES_NO = [{"value": "yes", "label": "Đủ"}, {"value": "no", "label": "Thiếu", "motcua:outcome": "supplement"}]
REASON = {"type": "textarea", "key": "vi_sao", "properties": {"motcua:meaning": "reason"}}


def field(meaning: str = "", kind: str = "textfield", key: str = "o_1", **more: object) -> dict[str, object]:
    return {"type": kind, "key": key, "label": key, "properties": {"motcua:meaning": meaning}, **more}


def codes(*fields: dict[str, object], place: Place | None = Place.TASK) -> list[tuple[str, str]]:
    form = parse_form("f", json.dumps({"components": fields}))
    found = list(judge_form(form, place))
    for one in found:
        assert one.message_vi != one.message_en
        assert one.hint_vi
        assert one.hint_en
        assert "{" not in one.message_vi + one.message_en + one.hint_vi + one.hint_en
    return [(one.code, one.severity) for one in found]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ([field("resultnumber")], "meaning_unknown"),
        ([field("copies", "number")], "meaning_elsewhere"),
        ([field("withdrawal")], "meaning_elsewhere"),
        ([field("result_number", "number")], "meaning_type"),
        ([field("decision", "textfield"), REASON], "meaning_type"),
        ([REASON, field("reason", key="o_2")], "meaning_twice"),
        ([field("decision", "radio", values=YES_NO)], "reason_missing"),
        ([field("", "radio", values=YES_NO)], "outcome_unknown"),
        ([field("fee_method", "radio", values=YES_NO[:1])], "outcome_missing"),
        ([field("fee_method", "radio", values=YES_NO)], "outcome_unknown"),
    ],
)
def test_a_wrong_declaration_is_refused(fields: list[dict[str, object]], code: str):
    assert (code, "error") in codes(*fields)


def test_two_options_for_one_outcome_are_refused_where_one_is_written_down():
    cash = [{"value": word, "label": word, "motcua:outcome": "cash"} for word in ("a", "b")]
    assert codes(field("fee_method", "radio", values=cash)) == [("outcome_twice", "error")]
    twice = [{"value": word, "label": word, "motcua:outcome": "supplement"} for word in ("a", "b")]
    assert codes(field("decision", "radio", values=twice), REASON) == []


def test_a_name_of_old_without_a_meaning_is_a_warning():
    assert codes(field(key="reason")) == [("meaning_by_name", "warning")]
    assert codes(field(key="copies")) == []  # in a task it never did anything
    assert codes(field(key="copies"), place=None) == [("meaning_by_name", "warning")]


def test_right_declarations_pass():
    assert codes(field("decision", "radio", values=YES_NO), REASON, field("decision", "select", "o_3")) == []


DIAGRAM = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:motcua="https://motcua.vn/bpmn">
  <message id="m" name="Rút" motcua:meaning="{message}"/>
  <process id="p" isExecutable="true">
    <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="c"/>
    <intermediateCatchEvent id="c" name="Chờ"><extensionElements>
      <motcua:output name="ly_do" meaning="{output}"/></extensionElements>
      <messageEventDefinition messageRef="m"/></intermediateCatchEvent>
    <sequenceFlow id="g" sourceRef="c" targetRef="e"/><endEvent id="e"/>
  </process></definitions>"""


@pytest.mark.parametrize(
    ("message", "output", "code"),
    [
        ("withdrawals", "withdrawal_reason", "meaning_unknown"),
        ("withdrawal", "why", "meaning_unknown"),
        ("reason", "withdrawal_reason", "meaning_elsewhere"),
        ("withdrawal", "withdrawal", "meaning_elsewhere"),
    ],
)
def test_a_wrong_declaration_in_a_diagram_is_refused(message: str, output: str, code: str):
    found = check_model(DIAGRAM.format(message=message, output=output).encode())
    assert [one.code for one in found if one.severity == "error"] == [code]


def test_an_output_with_a_meaning_is_an_output():
    spec = load_process(DIAGRAM.format(message="withdrawal", output="withdrawal_reason").encode())
    assert spec.elements["c"].outputs == ("ly_do",)
    assert spec.elements["c"].meanings == {"ly_do": "withdrawal_reason"}


def judged(change: dict[str, str], code: str = "2.000635") -> list[tuple[str, str, str]]:
    """The errors of a shipped pack in which words were exchanged: place → old → new."""
    files = read_pack(ROOT / "processes", code)
    for path, pair in change.items():
        old, new = pair
        assert old in files[path], (path, old)
        files[path] = files[path].replace(old, new)
    procedure = parse_pack(files)
    found = check_pack(procedure, load_process(procedure.process_xml))
    return [(one.code, one.severity, one.element) for one in found if one.code != "output_undeclared"]


REASON_OF = '"motcua:meaning": "reason"'


def test_the_shipped_packs_pass():
    assert judged({}) == judged({}, "1.001612") == []


def test_a_step_says_what_it_cannot_do_without():
    issue = {"forms/issue.form.json": ('"motcua:meaning": "result_number"', '"a": "b"')}
    assert ("meaning_missing", "error", "sms_ready") in judged(issue)
    draft = {"forms/confirm_draft.form.json": ('"motcua:meaning": "draft_answer"', '"a": "b"')}
    assert ("meaning_missing", "error", "confirm_draft") in judged(draft)
    paths = ("forms/check_dossier.form.json", "forms/search_register.form.json")
    reasons = judged(dict.fromkeys(paths, (REASON_OF, '"a": "b"')))
    assert {one[2] for one in reasons if one[0] == "meaning_missing"} == {"supplement", "refused", "stopped"}
    assert ("reason_missing", "error", "decision") in reasons


def test_a_meaning_in_the_form_of_somebody_else_is_refused():
    moved = {"forms/supplement.form.json": ('"motcua:meaning": "supplement_note"', REASON_OF)}
    assert judged(moved) == [("meaning_elsewhere", "error", "answer_note")]


def test_a_prefill_that_finds_nothing_is_refused():
    wrong = {"forms/hand_over.form.json": ("applicant.full_name", "applicant.name")}
    assert judged(wrong) == [("prefill_unknown", "error", "handed_to")]


def test_a_message_that_only_has_its_old_name_is_told():
    post = 'name="parcel_delivered" motcua:meaning="parcel_delivered"'
    assert judged({"process.bpmn": (post, 'name="parcel_delivered"')}) == [
        ("meaning_by_name", "warning", "parcel_delivered")
    ]


def test_a_pack_that_goes_by_names_alone_cannot_be_published_any_more():
    files = read_pack(ROOT / "processes", "2.000635")
    files = {path: text.replace("motcua:meaning", "x").replace("motcua:outcome", "y") for path, text in files.items()}
    files["process.bpmn"] = files["process.bpmn"].replace(' x="', ' motcua:once="')
    procedure = parse_pack(files)
    found = check_pack(procedure, load_process(procedure.process_xml))
    assert ("meaning_by_name", "error", "result_number") in [(one.code, one.severity, one.element) for one in found]
