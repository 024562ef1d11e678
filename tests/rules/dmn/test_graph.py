"""Requirement graphs: decisions, knowledge models, services, imports, boxed expressions."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from rules.dmn import call_service, compile_dmn, decide, decide_all, load_dmn
from rules.errors import DmnLookupError, DmnReadError
from rules.feel import from_feel

GRAPH = """
<itemDefinition name="tMức"><typeRef>number</typeRef>
  <allowedValues><text>[0..100]</text></allowedValues></itemDefinition>
<inputData id="i1" name="số bản"><variable name="số bản" typeRef="number"/></inputData>
<businessKnowledgeModel id="b1" name="giảm"><variable name="giảm" typeRef="number"/>
  <encapsulatedLogic><formalParameter name="giá" typeRef="number"/>
    <literalExpression><text>if giá > 50 then giá - 10 else giá</text></literalExpression></encapsulatedLogic>
</businessKnowledgeModel>
<decision id="d1" name="đơn giá"><variable name="đơn giá" typeRef="tMức"/>
  <informationRequirement><requiredInput href="#i1"/></informationRequirement>
  <literalExpression><text>số bản * 20</text></literalExpression></decision>
<decision id="d2" name="phải thu"><variable name="phải thu"/>
  <informationRequirement><requiredDecision href="#d1"/></informationRequirement>
  <knowledgeRequirement><requiredKnowledge href="#b1"/></knowledgeRequirement>
  <literalExpression><text>giảm(đơn giá)</text></literalExpression></decision>
<decision id="d3" name="không thấy"><variable name="không thấy"/>
  <literalExpression><text>đơn giá</text></literalExpression></decision>
<decision id="d4" name="vòng"><variable name="vòng"/>
  <informationRequirement><requiredDecision href="#d4"/></informationRequirement>
  <literalExpression><text>vòng</text></literalExpression></decision>
<decisionService id="s1" name="báo giá"><variable name="báo giá"/><outputDecision href="#d2"/>
  <encapsulatedDecision href="#d1"/><inputData href="#i1"/></decisionService>
<decision id="d5" name="hỏi dịch vụ"><variable name="hỏi dịch vụ"/>
  <knowledgeRequirement><requiredKnowledge href="#s1"/></knowledgeRequirement>
  <literalExpression><text>[báo giá(1), báo giá(số bản: 4)]</text></literalExpression></decision>
"""


@pytest.fixture
def graph(model):
    return compile_dmn(model(GRAPH))


def worth(model, name, **inputs):
    return from_feel(decide(model, name, {key.replace("_", " "): value for key, value in inputs.items()}).value)


def test_requirements_and_knowledge(graph):
    assert worth(graph, "phải thu", số_bản=3) == 50
    assert worth(graph, "phải thu", số_bản=2) == 40


def test_a_value_outside_its_type_is_null(graph):
    result = decide(graph, "đơn giá", {"số bản": 6})
    assert result.value is None
    assert "tMức" in result.problems[0].message_vi


def test_a_decision_sees_only_what_it_requires(graph):
    assert worth(graph, "không thấy", số_bản=3) is None


def test_missing_input_and_circle_are_told(graph):
    assert "số bản" in decide(graph, "đơn giá", {}).problems[0].message_vi
    assert "chính nó" in decide(graph, "vòng", {}).problems[0].message_vi


def test_what_is_wrong_with_a_model_is_known_before_it_is_used(model, graph):
    assert graph.problems == ()
    body = """<decision id="d" name="hỏng"><variable name="hỏng"/>
      <informationRequirement><requiredInput href="#mất"/></informationRequirement>
      <literalExpression><text>1 +</text></literalExpression></decision>"""
    problems = compile_dmn(model(body)).problems
    assert [(each.element, each.error.code) for each in problems] == [("hỏng", "feel_syntax"), ("hỏng", "dmn_lookup")]


def test_services(graph):
    assert call_service(graph, "báo giá", {"số bản": 3}).value == 50
    assert worth(graph, "hỏi dịch vụ") == [20, 70]


def test_unknown_names_list_the_known_ones(graph):
    with pytest.raises(DmnLookupError, match="phải thu"):
        decide(graph, "phải chi", {})
    with pytest.raises(DmnLookupError, match="báo giá"):
        call_service(graph, "x", {})


def test_all_decisions_at_once(graph):
    results = decide_all(graph, {"số bản": 1})
    assert results["phải thu"].value == 20
    assert not results["phải thu"].problems
    assert results["vòng"].problems


def test_imports_from_the_same_folder_only(tmp_path, model):
    (tmp_path / "chung.dmn").write_bytes(model(GRAPH, "https://motcua.vn/chung"))
    body = """<import name="chung" namespace="https://motcua.vn/chung" locationURI="../../etc/chung.dmn"
        importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>
      <decision id="x" name="tổng"><variable name="tổng" typeRef="chung.tMức"/>
        <informationRequirement><requiredDecision href="https://motcua.vn/chung#d1"/></informationRequirement>
        <knowledgeRequirement><requiredKnowledge href="https://motcua.vn/chung#b1"/></knowledgeRequirement>
        <literalExpression><text>chung.giảm(chung.đơn giá) + 1</text></literalExpression></decision>"""
    (tmp_path / "riêng.dmn").write_bytes(model(body, "https://motcua.vn/rieng"))
    loaded = load_dmn(tmp_path / "riêng.dmn")
    assert worth(loaded, "tổng", số_bản=4) == 71
    assert from_feel(decide(loaded, "tổng", {"{https://motcua.vn/chung}số bản": 4}).value) == 71


def test_circular_imports_are_refused(tmp_path, model):
    for name, other in (("a", "b"), ("b", "a")):
        body = f'<import name="{other}" namespace="urn:{other}" locationURI="{other}.dmn" importType="x"/>'
        (tmp_path / f"{name}.dmn").write_bytes(model(body, f"urn:{name}"))
    with pytest.raises(DmnReadError, match="vòng"):
        load_dmn(tmp_path / "a.dmn")


BOXED = {
    "<context><contextEntry><variable name='a b'/><literalExpression><text>2</text></literalExpression></contextEntry>"
    "<contextEntry><literalExpression><text>a b + 1</text></literalExpression></contextEntry></context>": 3,
    "<list><literalExpression><text>1</text></literalExpression></list>": [1],
    "<relation><column name='x'/><column name='y'/><row><literalExpression><text>1</text></literalExpression>"
    "<literalExpression><text>2</text></literalExpression></row></relation>": [{"x": 1, "y": 2}],
    "<conditional><if><literalExpression><text>1 = 1</text></literalExpression></if><then><literalExpression>"
    "<text>1</text></literalExpression></then><else><literalExpression><text>2</text></literalExpression></else>"
    "</conditional>": 1,
    "<filter><in><literalExpression><text>[1,2,3]</text></literalExpression></in><match><literalExpression>"
    "<text>item > 1</text></literalExpression></match></filter>": [2, 3],
    "<for iteratorVariable='i'><in><literalExpression><text>[1,2]</text></literalExpression></in><return>"
    "<literalExpression><text>i * 2</text></literalExpression></return></for>": [2, 4],
    "<some iteratorVariable='i'><in><literalExpression><text>[1,2]</text></literalExpression></in><satisfies>"
    "<literalExpression><text>i > 1</text></literalExpression></satisfies></some>": True,
    "<every iteratorVariable='i'><in><literalExpression><text>[1,2]</text></literalExpression></in><satisfies>"
    "<literalExpression><text>i > 1</text></literalExpression></satisfies></every>": False,
    "<invocation><literalExpression><text>function(số tờ) số tờ + 1</text></literalExpression><binding>"
    "<parameter name='số tờ'/><literalExpression><text>4</text></literalExpression></binding></invocation>": 5,
    "<context><contextEntry><variable name='f'/><functionDefinition><formalParameter name='x'/><literalExpression>"
    "<text>x * 2</text></literalExpression></functionDefinition></contextEntry><contextEntry><literalExpression>"
    "<text>f(4)</text></literalExpression></contextEntry></context>": 8,
}


@pytest.mark.parametrize("boxed", BOXED)
def test_boxed_expressions(model, boxed):
    compiled = compile_dmn(model(f'<decision id="d" name="d"><variable name="d"/>{boxed}</decision>'))
    assert worth(compiled, "d") == BOXED[boxed]


@pytest.mark.parametrize("year", ["20180521/MODEL/", "20191111/MODEL/", "20211108/MODEL/", "20230324/MODEL/"])
def test_every_version_is_read(model, year):
    host = "http" if year.startswith("2018") else "https"
    data = model(GRAPH, version=f"{host}://www.omg.org/spec/DMN/{year}")
    assert worth(compile_dmn(data), "phải thu", số_bản=3) == 50


@pytest.mark.parametrize(
    ("type_ref", "text", "value"),
    [
        ("string", '["a"]', "a"),
        ("string", '["a", "b"]', None),
        ("string", "1", None),
        ("tDanhSách", '"a"', ["a"]),
        ("tDanhSách", '["a", 1]', None),
        ("tDanhSách", "null", None),
        ("date and time", 'date("2026-01-01")', "2026-01-01T00:00:00Z"),
        ("date", 'date and time("2026-01-01T00:00:00Z")', None),
        ("tNgười", '{họ tên: "An", tuổi: 3}', {"họ tên": "An", "tuổi": 3}),
        ("tNgười", '{họ tên: "An", tuổi: "ba"}', None),
        ("tNgười", '{họ tên: "An"}', None),
        ("tMức", '"cao"', "cao"),
        ("tMức", '"khác"', None),
        ("tÍt", "[1, 2]", [1, 2]),
        ("tÍt", "[1, 2, 3]", None),
        ("Any", "1", 1),
        ("chưa khai báo", "1", None),
    ],
)
def test_values_are_converted_to_the_declared_type(model, type_ref, text, value):
    compiled = compile_dmn(
        model(f"""
      <itemDefinition name="tDanhSách" isCollection="true"><typeRef>string</typeRef></itemDefinition>
      <itemDefinition name="tNgười"><itemComponent name="họ tên"><typeRef>string</typeRef></itemComponent>
        <itemComponent name="tuổi"><typeRef>number</typeRef></itemComponent></itemDefinition>
      <itemDefinition name="tMức"><typeRef>string</typeRef>
        <allowedValues><text>"cao", "thấp"</text></allowedValues></itemDefinition>
      <itemDefinition name="tÍt" isCollection="true"><typeRef>number</typeRef>
        <typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>
      <decision id="d" name="d"><variable name="d" typeRef="{type_ref}"/>
        <literalExpression><text>{text}</text></literalExpression></decision>""")
    )
    assert worth(compiled, "d") == value


def test_one_model_serves_many_threads(graph):
    with ThreadPoolExecutor(8) as pool:
        values = list(pool.map(lambda copies: decide(graph, "phải thu", {"số bản": copies}).value, [1, 2, 3] * 100))
    assert values == [20, 40, 50] * 100
