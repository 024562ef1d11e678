"""A function that does not exist and a mistyped variable are told at check: at run both are null without a word."""

import pytest

from engine.workflow.spec import check_model

MODEL = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:motcua="https://motcua.vn/bpmn" id="d" targetNamespace="urn:t">
  <bpmn:process id="p" isExecutable="true"><bpmn:startEvent id="s"/>
  <bpmn:userTask id="u" name="Hỏi" motcua:outputs="copies"/>
  <bpmn:scriptTask id="t" name="Tính" scriptFormat="feel" motcua:outputs="total">
    <bpmn:script>{script}</bpmn:script></bpmn:scriptTask>
  <bpmn:endEvent id="e"/>
  <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="u"/><bpmn:sequenceFlow id="f2" sourceRef="u" targetRef="t"/>
  <bpmn:sequenceFlow id="f3" sourceRef="t" targetRef="e"/></bpmn:process></bpmn:definitions>"""
ABOUT = ("function_unknown", "name_mistyped")


def told(script):
    findings = check_model(MODEL.format(script=script).encode())
    return [(one.code, one.severity, one.message_vi) for one in findings if one.code in ABOUT]


@pytest.mark.parametrize(
    ("script", "code", "severity", "near"),
    [
        ('uper case("a")', "function_unknown", "error", "uper case"),
        ("lenght(copies)", "function_unknown", "error", "lenght"),
        ("copis * 8000", "name_mistyped", "warning", "copies"),
    ],
)
def test_it_is_told_with_what_may_be_meant(script, code, severity, near):
    ((found, grave, words),) = told(script)
    assert (found, grave) == (code, severity)
    assert near in words


@pytest.mark.parametrize(
    "script",
    [
        "copies * 8000",
        "sum(for i in [1] return i)",
        "(function(f) f(1))(function(x) x)",
        "area_code + 1",
        "upper case(applicant)",
    ],
)
def test_what_may_be_known_is_left_alone(script):
    assert told(script) == []
