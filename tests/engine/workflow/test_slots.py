"""Code in every place of a diagram that is evaluated: FEEL or refused. A new place cannot be forgotten here."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from office import MORNING, chain, draw, flow

from engine.workflow.simulation import play
from engine.workflow.spec import check_model

WORKFLOW = Path(__file__).resolve().parents[3] / "engine" / "workflow"
EVIL = [
    "__import__('os').system('touch /tmp/x')",
    "().__class__.__bases__[0].__subclasses__()",
    "exec('1')",
    "eval(1)",
    "open('/etc/passwd').read()",
    "${runtime.exec('id')}",
    "#{7*7}",
    "{{7*7}}",
    "{% import os %}",
    "lambda: 1",
    "js:process.exit()",
    "\u202etxt",
    "ｅｘｅｃ('1')",
    "1 + " * 3000 + "1",
    "(" * 3000 + "1" + ")" * 3000,
    'function() external {java: {class: "java.lang.Runtime", method signature: "exec(java.lang.String)"}}',
]
S = '<startEvent id="s"/>'
CATCH = '<intermediateCatchEvent id="x"{more}>{inner}</intermediateCatchEvent>'
REPEAT = "<multiInstanceLoopCharacteristics{more}>{inner}</multiInstanceLoopCharacteristics>"
MESSAGE = '<message id="m" name="M"/>'
SIGN = '<messageEventDefinition messageRef="m"/>'


def in_a_row(inner: str) -> bytes:
    return draw(S + inner + '<endEvent id="e"/>' + chain("s", "x", "e"), MESSAGE)


# The functions of the engine that evaluate text of a diagram → where that text stands.
SLOTS = {
    "timing._value": ["timer duration", "timer date", "timer cycle"],
    "catching.condition_holds": ["condition"],
    "catching.may_happen": ["when"],
    "catching.correlates": ["correlation"],
    "elements.work": ["script"],
    "loops._over": ["completion condition"],
    "loops._repeats": ["loop condition"],
    "loops._items": ["cardinality", "collection"],
    "tokens._holds": ["flow"],
    "ahead._answer": ["flow"],
    "tokens.inputs_of": ["input"],
    "tokens.write_results": ["output"],
    "plain_words._constant": ["flow", "condition", "timer date"],
}


def slot(place: str, text: str) -> bytes:
    """A diagram with the text in that place."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    if place == "flow":
        body = S + '<exclusiveGateway id="x" default="x.e"/><endEvent id="e"/><endEvent id="f"/>'
        return draw(body + chain("s", "x", "e") + flow("x", "f", text))
    catch = {
        "timer duration": f"<timerEventDefinition><timeDuration>{text}</timeDuration></timerEventDefinition>",
        "timer date": f"<timerEventDefinition><timeDate>{text}</timeDate></timerEventDefinition>",
        "condition": f"<conditionalEventDefinition><condition>{text}</condition></conditionalEventDefinition>",
    }
    more = {"when": f' motcua:when="{text}"', "correlation": f' motcua:correlation="{text}"'}
    if place in catch or place in more:
        return in_a_row(CATCH.format(more=more.get(place, ""), inner=catch.get(place, SIGN)))
    return in_a_row(_activity(place, text))


def _activity(place: str, text: str) -> str:
    if place == "timer cycle":
        cycle = f"<timerEventDefinition><timeCycle>{text}</timeCycle></timerEventDefinition>"
        return (
            f'<userTask id="x"/><boundaryEvent id="b" attachedToRef="x" cancelActivity="false">{cycle}</boundaryEvent>'
        )
    loops = {
        "cardinality": REPEAT.format(more="", inner=f"<loopCardinality>{text}</loopCardinality>"),
        "collection": REPEAT.format(more=f' motcua:collection="{text}"', inner=""),
        "completion condition": REPEAT.format(
            more="", inner=f"<loopCardinality>2</loopCardinality><completionCondition>{text}</completionCondition>"
        ),
        "loop condition": "<standardLoopCharacteristics>"
        f"<loopCondition>{text}</loopCondition></standardLoopCharacteristics>",
    }
    if place in loops:
        return f'<userTask id="x">{loops[place]}</userTask>'
    if place == "script":
        return f'<scriptTask id="x" motcua:outputs="o"><script>{text}</script></scriptTask>'
    given = f'<extensionElements><motcua:{place} name="to" value="{text}"/></extensionElements>'
    return f'<serviceTask id="x" motcua:connector="sms.send">{given}</serviceTask>'


def test_every_place_that_is_evaluated_is_known_here():
    """`evaluate` and `holds` are the only ways to evaluate; who calls them is listed above, or this fails."""
    callers = set()
    for file in WORKFLOW.rglob("*.py"):
        for function in ast.walk(ast.parse(file.read_text())):
            if isinstance(function, ast.FunctionDef) and file.parent.name != "expressions":
                calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
                names = {call.id for call in calls if isinstance(call, ast.Name)}
                if names & {"evaluate", "holds", "compile_expression", "eval", "exec", "compile"}:
                    callers.add(f"{file.stem}.{function.name}")
    assert callers == set(SLOTS)


PLACES = [place for places in SLOTS.values() for place in places]


@pytest.mark.parametrize("place", PLACES)
def test_the_place_is_really_evaluated(place):
    """A syntax error in it is refused: so the hostile texts below reach what they are meant to reach."""
    errors = [one.code for one in check_model(slot(place, "1 +")) if one.severity == "error"]
    assert errors in (["expression_unreadable"], ["timer_unreadable"])


@pytest.mark.parametrize("place", PLACES)
def test_code_is_refused_or_does_nothing(place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for evil in EVIL:
        xml = slot(place, evil)
        if any(one.severity == "error" for one in check_model(xml)):
            continue
        steps = [{"complete": "x"}, {"message": "M", "key": 1}, {"job": "x"}, {"wait": "P1D"}, {"complete": "x"}]
        for state in play(xml, steps, at=MORNING):
            assert "root:" not in str(state["variables"])
    assert not Path("/tmp/x").exists()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("language", ["python", "javascript", "groovy", "juel", "http://www.w3.org/1999/XPath"])
def test_other_languages_are_refused_whatever_they_say(language):
    script = f'<scriptTask id="x" scriptFormat="{language}" motcua:outputs="o"><script>1</script></scriptTask>'
    codes = {one.code for one in check_model(in_a_row(script)) if one.severity == "error"}
    assert codes == {"language_refused"}
