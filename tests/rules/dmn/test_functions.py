"""Functions handed to functions, positions with a fraction, names with a dot, boxed some."""

import pytest
from factories.dmn_models import literal, one_decision

from rules.dmn import compile_dmn, decide
from rules.feel import compile_expression, from_feel

GRAPH = """
<itemDefinition name="tFn"><functionItem outputTypeRef="number"><parameters name="x" typeRef="number"/></functionItem>
</itemDefinition>
<inputData id="i" name="n"><variable name="n" typeRef="number"/></inputData>
<businessKnowledgeModel id="apply" name="apply"><variable name="apply"/><encapsulatedLogic>
  <formalParameter name="f" typeRef="tFn"/><formalParameter name="to.value" typeRef="number"/>
  <literalExpression><text>f(to.value)</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
<businessKnowledgeModel id="double" name="double"><variable name="double" typeRef="number"/><encapsulatedLogic>
  <formalParameter name="x" typeRef="number"/><literalExpression><text>x * 2</text></literalExpression>
  </encapsulatedLogic></businessKnowledgeModel>
<businessKnowledgeModel id="shout" name="shout"><variable name="shout"/><encapsulatedLogic>
  <formalParameter name="x" typeRef="string"/><literalExpression><text>x + "!"</text></literalExpression>
  </encapsulatedLogic></businessKnowledgeModel>
<decision id="more" name="more"><variable name="more"/>
  <informationRequirement><requiredInput href="#i"/></informationRequirement>
  <literalExpression><text>n + 1</text></literalExpression></decision>
<decisionService id="s" name="next"><variable name="next"/><outputDecision href="#more"/><inputData href="#i"/>
</decisionService>
"""
ARROWS = "".join(
    f'<knowledgeRequirement><requiredKnowledge href="#{name}"/></knowledgeRequirement>'
    for name in ("apply", "double", "shout", "s")
)


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("apply(double, 4)", 8),
        ("apply(next, 4)", 5),
        ("apply(abs, -4)", 4),
        ("apply(function(a) a * 3, 4)", 12),
        ("apply(f: double, to.value: 4)", 8),
        ("apply(shout, 4)", None),
        ("apply(function(a, b) a, 4)", None),
        ("apply(5, 4)", None),
    ],
)
def test_a_function_is_given_to_a_function(model, text, value, strict):
    compiled = compile_dmn(model(GRAPH + one_decision(literal(text), requirements=ARROWS)))
    result = decide(compiled, "d", {}, strict=strict)
    assert from_feel(result.value) == value
    assert bool(result.problems) == (strict and value is None)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("insert before([1, 2, 3], 2.5, 9)", [1, 9, 2, 3]),
        ("remove([1, 2, 3], 1.5)", [2, 3]),
        ("remove([1, 2, 3], -1.5)", [1, 2]),
        ("list replace([1, 2, 3], 1.9, 9)", [9, 2, 3]),
        ("sublist([1, 2, 3, 4], 2.7)", [2, 3, 4]),
        ("[1, 2, 3][1.5]", 1),
        ("[1, 2, 3][0.5]", None),
        ("remove([1], 0.5)", None),
        ("for i in [3..1] return i", [3, 2, 1]),
        ("for i in (3..1] return i", [2, 1]),
        ("for i in 3..1 return i", [3, 2, 1]),
    ],
)
def test_positions_and_descending_ranges(source, value):
    assert from_feel(compile_expression(source).evaluate({})) == value


@pytest.mark.parametrize(
    ("satisfies", "value"),
    [
        ("x > 1", True),
        ("x > 5", False),
        ('if x = 1 then true else "không"', None),
        ('"không"', None),
        ("if x = 2 then true else null", True),
        ("if x = 2 then false else null", None),
    ],
)
def test_boxed_some(model, satisfies, value):
    boxed = f"""<some iteratorVariable="x"><in>{literal("[1, 2]")}</in>
      <satisfies>{literal(satisfies.replace("<", "&lt;"))}</satisfies></some>"""
    assert decide(compile_dmn(model(one_decision(boxed))), "d", {}).value is value
