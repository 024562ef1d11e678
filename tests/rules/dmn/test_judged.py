"""What is wrong with a model is found before anybody asks it, and then never answered."""

import pytest
from factories.dmn_models import ask, literal, one_decision, plain_table

from rules.dmn import compile_dmn, given_names, judge_model
from rules.errors import FeelNameError


def codes(model, body):
    return [(each.error.code, each.severity) for each in judge_model(compile_dmn(model(body)))]


def test_a_column_without_an_arrow_takes_the_value_given_by_its_name(model):
    body = one_decision(plain_table("customerType", [('"VIP"', "1"), ("-", "2")], "string"))
    compiled = compile_dmn(model(body))
    assert ask(compiled, "d", customerType="VIP").lawful() == 1
    with pytest.raises(FeelNameError, match="customerType"):
        ask(compiled, "d", customertype="VIP").lawful()
    assert codes(model, body) == [("dmn_arrow_missing", "warning")]
    assert given_names(compiled, "d") == {"customerType"}


def test_the_answer_of_a_required_decision_goes_by_its_id_or_output_too(model):
    upper = plain_table("x", [("&gt; 3", '"cao"'), ("-", '"thấp"')]).replace('name="r"', 'name="mức"')
    body = f"""<decision id="grade" name="Xếp mức"><variable name="Xếp mức"/>{upper}</decision>""" + one_decision(
        "{}", requirements='<informationRequirement><requiredDecision href="#grade"/></informationRequirement>'
    )
    for column in ("grade", "mức", "Xếp mức"):
        filled = body.replace("{}", plain_table(column, [('"cao"', "1"), ("-", "2")]))
        assert ask(compile_dmn(model(filled)), "d", x=5).lawful() == 1
        assert codes(model, filled) == [("dmn_arrow_missing", "warning")]  # of x alone


INPUT = '<inputData id="i" name="channel"><variable name="channel" typeRef="string"/></inputData>'
ARROW = '<informationRequirement><requiredInput href="#i"/></informationRequirement>'


@pytest.mark.parametrize(
    ("logic", "word"),
    [
        (plain_table("kenh", [('"online"', "1")]), "kenh"),
        (plain_table("chanel", [('"online"', "1")]), "“channel”"),
        (plain_table("channel", [("VIP", "1")]), '"VIP"'),
        (plain_table("channel", [('"a"', "phí + 1")]), "phí"),
        (literal('uper case(channel)'), "upper case"),
        (literal("for i in [1] return i + j"), "“j”"),
        (f"<context><contextEntry><variable name='a'/>{literal('b')}</contextEntry></context>", "“b”"),
    ],
)  # fmt: skip
def test_a_name_that_nothing_gives_is_refused_before_anybody_asks(model, logic, word):
    found = judge_model(compile_dmn(model(one_decision(logic, INPUT, ARROW))))
    (error,) = [each for each in found if each.severity == "error"]
    assert error.error.code == "dmn_name"
    assert word in error.error.message_vi + error.hint.vi


@pytest.mark.parametrize(
    "logic",
    [
        literal("for i in [1, 2] return i + count(partial)"),
        literal("[{a: 1}][a = 1 and channel = channel][1].a"),
        literal("{a: 1, b: a}.b"),
        literal("(function(n) n + 1)(1)"),
        "<context><contextEntry><variable name='f'/><functionDefinition><formalParameter name='n'/>"
        + literal("if n = 0 then 0 else f(n - 1)")
        + f"</functionDefinition></contextEntry><contextEntry>{literal('f(2)')}</contextEntry></context>",
        f"<for iteratorVariable='v'><in>{literal('[1]')}</in><return>{literal('v + 1')}</return></for>",
        f"<filter><in>{literal('[{p: 1}]')}</in><match>{literal('p = 1')}</match></filter>",
    ],
)
def test_names_an_expression_binds_itself_are_known(model, logic):
    assert codes(model, one_decision(logic, INPUT, ARROW)) == []


RULE = "<rule><inputEntry><text>1</text></inputEntry><outputEntry><text>\"x\"</text></outputEntry></rule>"  # fmt: skip
COLUMN = "<input><inputExpression><text>channel</text></inputExpression></input>"


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (f'<decisionTable hitPolicy="Nonsense">{COLUMN}<output name="r"/>{RULE}</decisionTable>', "dmn_hit_policy"),
        (f'<decisionTable hitPolicy="unique">{COLUMN}<output name="r"/>{RULE}</decisionTable>', "dmn_hit_policy"),
        (
            f'<decisionTable hitPolicy="COLLECT" aggregation="AVG">{COLUMN}<output name="r"/>{RULE}</decisionTable>',
            "dmn_aggregation",
        ),
        (
            f'<decisionTable hitPolicy="FIRST" aggregation="SUM">{COLUMN}<output name="r"/>{RULE}</decisionTable>',
            "dmn_aggregation",
        ),
        (f'<decisionTable>{COLUMN}{COLUMN}<output name="r"/>{RULE}</decisionTable>', "dmn_row_length"),
        (f'<decisionTable><output name="r"/>{RULE}</decisionTable>', "dmn_row_length"),
        (f'<decisionTable>{COLUMN}<output name="r"/><output name="s"/>{RULE}</decisionTable>', "dmn_row_length"),
        (f'<decisionTable>{COLUMN}<output name="r"/></decisionTable>', "dmn_no_rows"),
        (f"<decisionTable>{COLUMN}{RULE.replace('outputEntry', 'x')}</decisionTable>", "dmn_no_output"),
        (
            f'<decisionTable>{COLUMN}<output name="r"><outputValues><text>"y", "z"</text></outputValues></output>'
            f"{RULE}</decisionTable>",
            "dmn_not_among",
        ),
        (f'<decisionTable hitPolicy="PRIORITY">{COLUMN}<output name="r"/>{RULE}</decisionTable>', "dmn_no_order"),
        (
            COLUMN.join(("<decisionTable>", '<output name="r"/>'))
            + RULE.replace("<inputEntry>", '<inputEntry expressionLanguage="groovy">')
            + "</decisionTable>",
            "dmn_language",
        ),
        ('<literalExpression expressionLanguage="python"><text>1</text></literalExpression>', "dmn_language"),
        ("", "dmn_no_logic"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_structure_is_found_and_never_answered(model, table, code):
    compiled = compile_dmn(model(one_decision(table, INPUT, ARROW)))
    assert code in [each.error.code for each in judge_model(compiled) if each.severity == "error"]
    result = ask(compiled, "d", channel=1)
    assert result.doubts


def test_two_of_one_name_are_found(model):
    two = one_decision(literal("1")) + one_decision(literal("2")).replace('id="d"', 'id="e"')
    assert ("dmn_name_twice", "error") in codes(model, two)
    assert ask(compile_dmn(model(two)), "d").doubts
    assert ("dmn_id_twice", "error") in codes(model, two.replace('id="e"', 'id="d"'))
    table = f'<decisionTable>{COLUMN}<output name="r"/><output name="r"/>{RULE}</decisionTable>'
    assert ("dmn_output_twice", "error") in codes(model, one_decision(table, INPUT, ARROW))


def test_a_circle_is_shown_as_the_way_around(model):
    body = "".join(
        f'<decision id="{a}" name="{a}"><variable name="{a}"/><informationRequirement><requiredDecision href="#{b}"/>'
        f"</informationRequirement>{literal(b)}</decision>"
        for a, b in ("ab", "bc", "ca")
    )
    (found,) = judge_model(compile_dmn(model(body)))
    assert found.error.code == "dmn_circle"
    assert "a → b → c → a" in found.error.message_vi
    assert ask(compile_dmn(model(body)), "b").doubts


def test_a_text_that_is_no_feel_is_told_with_row_column_and_a_way_out(model):
    table = plain_table("channel", [('"a"', "1"), ("&gt; &gt;", "2")]).replace("<input>", '<input label="Kênh nộp">')
    (found,) = judge_model(compile_dmn(model(one_decision(table, INPUT, ARROW))))
    assert found.element == "d"
    assert "dòng 2, cột “Kênh nộp”, ô «> >»" in found.error.message_vi
    assert "ngoặc kép" in found.hint.vi
