"""Models that import one another, from a tree of files and from the files of a pack."""

import pytest

from rules.dmn import compile_dmn, decide, load_dmn, load_packed, packed_decision, write_dmn
from rules.errors import DmnLookupError, DmnReadError

KIND = "https://www.omg.org/spec/DMN/20230324/MODEL/"
SHARED = """<decision id="d1" name="đơn giá"><variable name="đơn giá"/><literalExpression><text>{}</text>
  </literalExpression></decision>"""
ASKS = """<import name="chung" namespace="urn:chung" {} importType="{}"/>
  <decision id="x" name="tổng"><variable name="tổng"/>
  <informationRequirement><requiredDecision href="urn:chung#d1"/></informationRequirement>
  <literalExpression><text>chung.đơn giá + 1</text></literalExpression></decision>"""


def asking(location=""):
    return ASKS.format(f'locationURI="{location}"' if location else "", KIND)


def written(root, files):
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


@pytest.mark.parametrize(
    ("place", "location"),
    [
        ("a/chung.dmn", "chung.dmn"),
        ("a/chung.dmn", ""),
        ("a/sub/chung.dmn", "sub/chung.dmn"),
        ("a/sub/chung.dmn", "./sub/chung.dmn"),
        ("a/sub/deep/chung.dmn", ""),
        ("b/chung.dmn", "../b/chung.dmn"),
        ("a/chung.dmn", "../../b/chung.dmn"),
        ("a/chung.dmn", "file:///C:/models/chung.dmn"),
        ("a/ch%20ung.dmn".replace("%20", " "), "ch%20ung.dmn"),
    ],
)
def test_an_import_is_found_where_it_says_or_by_its_namespace(tmp_path, model, place, location):
    files = {place: model(SHARED.format(2), "urn:chung"), "a/riêng.dmn": model(asking(location), "urn:rieng")}
    written(tmp_path, files)
    assert decide(load_dmn(tmp_path / "a" / "riêng.dmn"), "tổng", {}, strict=True).lawful() == 3
    texts = {path: data.decode() for path, data in files.items()}
    assert decide(load_packed(texts, "a/riêng.dmn"), "tổng", {}, strict=True).lawful() == 3


def test_nothing_is_read_outside_the_tree(tmp_path, model):
    written(
        tmp_path,
        {
            "chung.dmn": model(SHARED.format(2), "urn:chung"),
            "a/b/riêng.dmn": model(asking("../../chung.dmn"), "urn:rieng"),
        },
    )
    loaded = load_dmn(tmp_path / "a" / "b" / "riêng.dmn")
    assert [each.error.code for each in loaded.problems] == ["dmn_lookup", "dmn_lookup"]
    assert decide(loaded, "tổng", {}, strict=True).doubts


def test_of_two_files_of_one_name_the_location_tells(tmp_path, model):
    files = {
        "a/x/chung.dmn": model(SHARED.format(2), "urn:chung"),
        "a/y/chung.dmn": model(SHARED.format(5), "urn:chung"),
        "a/riêng.dmn": model(asking("y/chung.dmn"), "urn:rieng"),
    }
    written(tmp_path, files)
    assert decide(load_dmn(tmp_path / "a" / "riêng.dmn"), "tổng", {}, strict=True).lawful() == 6


def test_a_decision_of_a_pack_is_one(model):
    one, two = (model(SHARED.format(number), f"urn:{number}").decode() for number in (1, 2))
    assert packed_decision({"decisions/a.dmn": one}, "d1")[1].name == "đơn giá"
    assert packed_decision({"decisions/a.dmn": one}, "đơn giá")[1].element.id == "d1"
    with pytest.raises(DmnLookupError, match="2 quyết định"):
        packed_decision({"decisions/a.dmn": one, "decisions/b.dmn": two}, "d1")
    with pytest.raises(DmnLookupError, match="d2"):
        packed_decision({"decisions/a.dmn": one}, "d2")
    with pytest.raises(DmnReadError):
        packed_decision({"decisions/a.dmn": "<"}, "d1")


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20151101/dmn11.xsd",
        "http://www.omg.org/spec/DMN/20151101",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20240513/MODEL/",
    ],
)
def test_every_namespace_dmn_had_is_read(model, namespace):
    read = compile_dmn(model(SHARED.format(2), version=namespace))
    assert decide(read, "d1", {}, strict=True).lawful() == 2
    assert decide(compile_dmn(write_dmn(read.definitions)), "d1", {}, strict=True).lawful() == 2


@pytest.mark.parametrize(
    "namespace", ["http://www.omg.org/spec/DMN/20130901", "urn:x", "http://www.omg.org/spec/BPMN/20100524/MODEL"]
)
def test_another_namespace_is_refused_by_its_name(model, namespace):
    with pytest.raises(DmnReadError, match=namespace):
        compile_dmn(model(SHARED.format(2), version=namespace))


def test_a_decision_without_a_name_goes_by_its_id(model):
    body = SHARED.format(2).replace('name="đơn giá"', "")
    asked = """<decision id="x" name="tổng"><variable name="tổng"/>
      <informationRequirement><requiredDecision href="#d1"/></informationRequirement>
      <literalExpression><text>d1 + 1</text></literalExpression></decision>"""
    assert decide(compile_dmn(model(body + asked)), "tổng", {}, strict=True).lawful() == 3
