"""A decision of a procedure is right or refused: no catch-all row answers for a fact that is missing or mistyped."""

import pytest
from factories.dmn_models import ask, literal, one_decision, plain_table

from rules.dmn import call_service, compile_dmn, decide, dmn_run
from rules.errors import DmnError, RulesError
from rules.feel import from_feel

GRAPH = """
<inputData id="i1" name="kênh"><variable name="kênh" typeRef="string"/></inputData>
<inputData id="i2" name="số bản"><variable name="số bản" typeRef="number"/></inputData>
<decision id="base" name="đơn giá"><variable name="đơn giá"/>
  <informationRequirement><requiredInput href="#i1"/></informationRequirement>
  <decisionTable hitPolicy="FIRST"><input label="Kênh nộp"><inputExpression typeRef="string"><text>kênh</text>
    </inputExpression></input><output name="giá"/>
    <rule><description>nộp trực tuyến</description><inputEntry><text>"online"</text></inputEntry>
      <outputEntry><text>0</text></outputEntry></rule>
    <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>8000</text></outputEntry></rule>
  </decisionTable></decision>
<decision id="total" name="phải thu"><variable name="phải thu"/>
  <informationRequirement><requiredDecision href="#base"/></informationRequirement>
  <informationRequirement><requiredInput href="#i2"/></informationRequirement>
  <literalExpression><text>đơn giá * số bản</text></literalExpression></decision>
"""


@pytest.mark.parametrize(
    ("kênh", "told"),
    [(5, "kiểu “string”"), (None, "không biết"), (["online", "post"], "kiểu"), ({"a": 1}, "kiểu")],
)
def test_a_wrong_value_never_falls_into_the_catch_all_row(model, kênh, told):
    result = ask(compile_dmn(model(GRAPH)), "phải thu", kênh=kênh, số_bản=2)
    with pytest.raises(DmnError) as refused:
        result.lawful()
    assert told.casefold() in refused.value.message_vi.casefold()
    assert "kênh" in refused.value.message_vi.casefold()


def test_a_missing_value_is_told_by_its_name_and_the_cell_by_its_labels(model):
    compiled = compile_dmn(model(GRAPH))
    assert "kênh" in ask(compiled, "phải thu", số_bản=2).doubts[0].message_vi
    told = ask(compiled, "đơn giá", kênh=None).doubts[0]
    assert 'dòng 1 (nộp trực tuyến), cột “Kênh nộp”, ô «"online"»' in told.message_vi
    assert "row 1 (nộp trực tuyến), column “Kênh nộp”" in told.message_en


def test_what_was_given_is_answered(model):
    compiled = compile_dmn(model(GRAPH))
    assert ask(compiled, "phải thu", kênh="online", số_bản=2).lawful() == 0
    assert ask(compiled, "phải thu", kênh="counter", số_bản="3").lawful() == 24000


def test_a_row_that_another_cell_excludes_needs_no_value(model, table):
    data = model("""
      <inputData id="a" name="a"><variable name="a"/></inputData><inputData id="b" name="b"><variable name="b"/>
      </inputData><decision id="d" name="d"><variable name="d"/>
      <informationRequirement><requiredInput href="#a"/></informationRequirement>
      <informationRequirement><requiredInput href="#b"/></informationRequirement>
      <decisionTable hitPolicy="UNIQUE"><input><inputExpression><text>a</text></inputExpression></input>
        <input><inputExpression><text>b</text></inputExpression></input><output name="r"/>
        <rule><inputEntry><text>1</text></inputEntry><inputEntry><text>&lt; 5</text></inputEntry>
          <outputEntry><text>"x"</text></outputEntry></rule>
        <rule><inputEntry><text>2</text></inputEntry><inputEntry><text>-</text></inputEntry>
          <outputEntry><text>"y"</text></outputEntry></rule></decisionTable></decision>""")
    assert ask(compile_dmn(data), "d", a=2, b=None).lawful() == "y"
    assert ask(compile_dmn(data), "d", a=1, b=None).doubts


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        ([("null", '"chưa biết"'), ("-", '"khác"')], "chưa biết"),
        ([("not(null)", '"có"'), ("-", '"không"')], "không"),
        ([("? = null", '"chưa biết"'), ("-", '"khác"')], "chưa biết"),
    ],
)
def test_a_cell_that_speaks_of_null_is_asked(model, rows, value):
    data = model(one_decision(plain_table("x", rows)))
    assert ask(compile_dmn(data), "d", x=None).lawful() == value


@pytest.mark.parametrize("rows", [[('not("a")', "1"), ("-", "2")], [('"a", "b"', "1"), ("-", "2")]])
def test_an_unknown_value_is_not_among_nor_outside_a_list(model, rows):
    assert ask(compile_dmn(model(one_decision(plain_table("x", rows)))), "d", x=None).doubts


@pytest.mark.parametrize(
    "text",
    [
        "foo + 1",
        'uper case("a")',
        '{"copies": 2}.copis * 8000',
        '"a" + 1',
        "1 &lt; \"a\"",
        'if "x" = 1 then 1 else 2',
        "if null then 1 else 2",
        'date("2024-02-30")',
        'number("mười")',
        "[1, 2][5]",
        "1 / 0",
        "min([])",
        "-true",
        "3 between 1 and \"5\"",
        "[1..\"a\"]",
        "some x in [1, \"a\"] satisfies x > 3",
        'count([1]) + sum(["a"])',
        'substring("abc")',
        "(function(a: number) a + 1)(\"b\")",
    ],
)  # fmt: skip
def test_a_null_has_a_reason(model, text):
    compiled = compile_dmn(model(one_decision(literal(text))))
    result = ask(compiled, "d")
    assert result.doubts, text
    with pytest.raises(RulesError):
        result.lawful()
    assert decide(compiled, "d", {}).problems == ()  # by the letter of the standard nothing is said


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null", None),
        ("if x = null then 0 else x + 1", 0),
        ('if date("x") = null then "sai" else "đúng"', "sai"),
        ("some v in [null, 7] satisfies v > 5", True),
        ("null > 3 or true", True),
        ("(&lt;10).start = null", True),
        ("[(&lt;10).start]", [None]),
        ('[time("10:00:00").timezone]', [None]),
        ('get value({a: 1}, "b") = null', True),
    ],
)
def test_an_expected_null_is_no_problem(model, text, value):
    result = ask(compile_dmn(model(one_decision(literal(text)))), "d")
    assert result.doubts == ()
    assert from_feel(result.value) == value


@pytest.mark.parametrize(
    ("type_ref", "given", "test", "value"),
    [
        ("date", "2023-05-01", '&lt;= date("2023-12-31")', "a"),
        ("date", "2024-05-01", '&lt;= date("2023-12-31")', "b"),
        ("dateTime", "2023-05-01T08:00:00+07:00", '&lt; date and time("2023-05-01T02:00:00Z")', "a"),
        ("date and time", "2023-05-01", '&lt; date and time("2023-05-01T02:00:00")', "a"),
        ("date and time", "2023-05-01", '&lt; date and time("2023-05-01T02:00:00Z")', None),
        ("time", "08:00:00", '&lt; time("09:00:00")', "a"),
        ("dayTimeDuration", "P3D", '&lt; duration("P4D")', "a"),
        ("yearMonthDuration", "P1Y", '&lt; duration("P13M")', "a"),
        ("number", "12", "&lt; 13", "a"),
        ("number", "1e400000", "&lt; 13", None),
        ("date", "hôm qua", "-", None),
        ("date", 20230501, "-", None),
        ("number", "mười", "-", None),
        ("number", True, "-", None),
        ("string", 5, "-", None),
        ("boolean", "true", "-", None),
    ],
)
@pytest.mark.parametrize("drawn", [True, False])
def test_text_is_read_as_the_declared_type(model, type_ref, given, test, value, drawn):
    rows = [(test, '"a"'), *([] if test == "-" else [("-", '"b"')])]
    inputs = f'<inputData id="i" name="x"><variable name="x" typeRef="{type_ref}"/></inputData>' if drawn else ""
    arrow = '<informationRequirement><requiredInput href="#i"/></informationRequirement>' if drawn else ""
    data = model(one_decision(plain_table("x", rows, type_ref), inputs, arrow))
    result = ask(compile_dmn(data), "d", x=given)
    if value is None:
        assert "x" in result.doubts[0].message_vi
        assert test != "-" or type_ref in result.doubts[0].message_vi
    else:
        assert result.lawful() == value


def test_types_inside_types_are_read_too(model):
    data = model(
        one_decision(
            literal("số ngày + count(người.đi)"),
            """<itemDefinition name="tNgười"><itemComponent name="sinh"><typeRef>date</typeRef></itemComponent>
            <itemComponent name="đi" isCollection="true"><typeRef>date</typeRef></itemComponent></itemDefinition>
            <inputData id="i" name="người"><variable name="người" typeRef="tNgười"/></inputData>
            <decision id="e" name="số ngày"><variable name="số ngày" typeRef="number"/>
              <informationRequirement><requiredInput href="#i"/></informationRequirement>
              <literalExpression><text>(người.đi[1] - người.sinh) / duration("P1D")</text></literalExpression>
            </decision>""",
            """<informationRequirement><requiredInput href="#i"/></informationRequirement>
            <informationRequirement><requiredDecision href="#e"/></informationRequirement>""",
        )
    )
    given = {"sinh": "2024-01-01", "đi": ["2024-01-11", "2024-02-01"]}
    assert ask(compile_dmn(data), "d", người=given).lawful() == 12
    assert ask(compile_dmn(data), "d", người={**given, "sinh": "xưa"}).doubts


def test_a_service_is_asked_as_strictly(model):
    body = (
        GRAPH
        + """<decisionService id="s" name="báo giá"><variable name="báo giá"/><outputDecision href="#total"/>
      <encapsulatedDecision href="#base"/><inputData href="#i1"/><inputData href="#i2"/></decisionService>"""
    )
    compiled = compile_dmn(model(body))
    good = call_service(compiled, "báo giá", {"kênh": "counter", "số bản": "2"}, strict=True)
    assert (good.lawful(), good.problems) == (16000, ())
    assert call_service(compiled, "báo giá", {"kênh": 1, "số bản": 2}, strict=True).doubts


def test_the_command_gives_no_value_after_a_problem(model, tmp_path):
    path = tmp_path / "x.dmn"
    path.write_bytes(model(GRAPH))
    answer = dmn_run(path, "phải thu", '{"kênh": 1, "số bản": 2}')
    assert answer["value"] is None
    assert answer["problems"]


def test_that_no_row_applies_is_told_and_null_is_lawful(table):
    result = decide(compile_dmn(table("UNIQUE", [("&gt; 5", "1")])), "Mức thu", {"số tờ": 3}, strict=True)
    assert [each.code for each in result.problems] == ["dmn_no_row"]
    assert "số tờ = 3" in result.problems[0].message_vi
    assert result.lawful() is None
