"""What was read is written so that reading it again gives the same model, and the same answers."""

import pytest

from rules.dmn import compile_dmn, decide, read_dmn, read_dmn_file, write_dmn, write_dmn_13
from rules.errors import DmnReadError

MODELER = """
<extensionElements><tool:info xmlns:tool="urn:tool" version="1">giữ <tool:b/> nguyên</tool:info></extensionElements>
<inputData id="i" name="tuổi"><variable id="v" name="tuổi" typeRef="number"/></inputData>
<knowledgeSource id="ks" name="Nghị quyết"><locationURI>nq</locationURI></knowledgeSource>
<decision id="d" name="miễn"><description>Điều 5</description>
  <extensionElements><x:y xmlns:x="urn:x"/></extensionElements>
  <question>Có miễn không?</question><allowedAnswers>có, không</allowedAnswers><variable id="v2" name="miễn"/>
  <informationRequirement id="r"><requiredInput href="#i"/></informationRequirement>
  <authorityRequirement id="a"><requiredAuthority href="#ks"/></authorityRequirement>
  <decisionTable id="t" hitPolicy="FIRST" preferredOrientation="Rule-as-Row">
    <input id="in" label="Tuổi" xmlns:biodi="http://bpmn.io/schema/dmn/biodi/2.0" biodi:width="192">
      <inputExpression id="e" typeRef="number"><text>tuổi</text></inputExpression>
      <inputValues id="iv"><text>[0..150]</text></inputValues></input>
    <output id="o" label="Miễn" name="miễn" typeRef="boolean"/><annotation name="Căn cứ"/>
    <rule id="r1"><description>NQ 28</description><inputEntry id="c1"><text>&gt;= 60</text></inputEntry>
      <outputEntry id="x1"><text>true</text></outputEntry><annotationEntry><text>Điều 5</text></annotationEntry></rule>
    <rule id="r2"><inputEntry id="c2"><text></text></inputEntry>
      <outputEntry id="x2"><text>false</text></outputEntry></rule>
  </decisionTable></decision>
<textAnnotation id="ta"><text>ghi chú</text></textAnnotation>
<dmndi:DMNDI xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/">
  <dmndi:DMNDiagram id="D"><dmndi:DMNShape id="S" dmnElementRef="d"><dc:Bounds height="80" width="180" x="160" y="100"/>
  </dmndi:DMNShape></dmndi:DMNDiagram></dmndi:DMNDI>
"""


def test_a_modelling_tools_file_keeps_everything(model):
    definitions = read_dmn(model(MODELER))
    written = write_dmn(definitions)
    assert read_dmn(written) == definitions
    text = written.decode()
    for kept in (
        "giữ",
        "urn:x",
        "Điều 5",
        "NQ 28",
        "biodi/2.0",
        'x="160"',
        "knowledgeSource",
        "ghi chú",
        "[0..150]",
        "Có miễn không?",
        "Căn cứ",
        "requiredAuthority",
    ):
        assert kept in text
    assert decide(compile_dmn(written), "miễn", {"tuổi": 61}).value is True


def test_a_namespace_without_a_scheme_is_kept_as_written(model):
    """It has no canonical form; found by fuzzing."""
    odd = MODELER.replace("http://www.omg.org/spec/DMN/20180521/DC/", "hduringwww.omg.org/DC/")
    definitions = read_dmn(model(odd))
    written = write_dmn(definitions)
    assert b"hduringwww" in written
    assert read_dmn(written) == definitions


def test_writing_twice_changes_nothing(model):
    once = write_dmn(read_dmn(model(MODELER)))
    assert write_dmn(read_dmn(once)) == once


@pytest.mark.shared
def test_every_model_of_the_kit(kit):
    paths = sorted(kit.rglob("*.dmn"))
    assert len(paths) > 50
    for path in paths:
        definitions = read_dmn_file(path)
        assert read_dmn(write_dmn(definitions)) == definitions, path.name


def test_the_modeller_gets_the_edition_it_reads(model):
    definitions = read_dmn(model(MODELER.replace("20191111", "20230324")))
    written = write_dmn_13(definitions)
    assert b"20191111/MODEL/" in written
    assert b"20191111/DMNDI/" in written
    assert b"20230324" not in written
    assert decide(compile_dmn(written), "miễn", {"tuổi": 61}).value is True


def test_what_the_modeller_would_throw_away_is_refused(model):
    body = """<decision id="d" name="d"><variable name="d"/><conditional><if><literalExpression><text>true</text>
      </literalExpression></if><then><literalExpression><text>1</text></literalExpression></then><else>
      <literalExpression><text>2</text></literalExpression></else></conditional></decision>"""
    with pytest.raises(DmnReadError, match="Trình vẽ"):
        write_dmn_13(read_dmn(model(body)))
