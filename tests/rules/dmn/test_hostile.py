"""Files made to hurt: refused with a sentence, quickly, without reading anything else."""

import random
import time

import pytest

from rules.dmn import compile_dmn, decide, decide_all, read_dmn, write_dmn
from rules.errors import DmnReadError, FeelLimitError, RulesError
from rules.feel import Limits

DMN = "https://www.omg.org/spec/DMN/20230324/MODEL/"
BOMB = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9))
    + "]>"
)
HOSTILE = {
    "entity bomb": f'{BOMB}<definitions xmlns="{DMN}" name="&j;"/>'.encode(),
    "foreign file": f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><definitions xmlns="{DMN}" name="n">'
    "<description>&x;</description></definitions>".encode(),
    "foreign dtd": f'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><definitions xmlns="{DMN}" name="n"/>'.encode(),
    "50 MB": f'<definitions xmlns="{DMN}"><description>{"a" * 50_000_000}</description></definitions>'.encode(),
    "deep": f'<definitions xmlns="{DMN}" name="n">{"<list>" * 100_000}{"</list>" * 100_000}</definitions>'.encode(),
    "deep but parsable": f'<definitions xmlns="{DMN}" name="n">{"<a>" * 240}{"</a>" * 240}</definitions>'.encode(),
    "not xml": b"\x00\xff\xfe{}",
    "empty": b"",
    "other xml": b"<html/>",
    "bpmn": b'<definitions xmlns="urn:bpmn"/>',
    "wrong encoding": b'<?xml version="1.0" encoding="utf-99"?><a/>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_refused_quickly(name):
    began = time.monotonic()
    with pytest.raises(DmnReadError) as caught:
        read_dmn(HOSTILE[name])
    assert time.monotonic() - began < 15
    assert caught.value.message_vi
    assert caught.value.message_en


def test_endless_decisions_are_stopped(model):
    data = model(
        '<decision id="d" name="d"><variable name="d"/><literalExpression>'
        "<text>for i in 1..1000000000 return i</text></literalExpression></decision>"
    )
    with pytest.raises(FeelLimitError):
        decide(compile_dmn(data), "d", {}, limits=Limits(seconds=0.5))


def test_endless_recursion_between_knowledge_models_is_stopped(model):
    data = model("""<businessKnowledgeModel id="b" name="f"><variable name="f"/><encapsulatedLogic>
      <formalParameter name="x"/><literalExpression><text>f(x + 1)</text></literalExpression></encapsulatedLogic>
      </businessKnowledgeModel><decision id="d" name="d"><variable name="d"/>
      <knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>
      <literalExpression><text>f(1)</text></literalExpression></decision>""")
    with pytest.raises(FeelLimitError):
        decide(compile_dmn(data), "d", {})


def test_types_that_contain_themselves(model):
    data = model("""<itemDefinition name="a"><typeRef>b</typeRef></itemDefinition>
      <itemDefinition name="b"><itemComponent name="c"><typeRef>a</typeRef></itemComponent></itemDefinition>
      <decision id="d" name="d"><variable name="d" typeRef="a"/><literalExpression><text>{c: {c: null}}</text>
      </literalExpression></decision>""")
    decide(compile_dmn(data), "d", {})


def broken(data, rng):
    """The bytes with a few pieces cut, doubled, moved or changed."""
    data = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        start = rng.randrange(len(data))
        size = rng.randint(1, 60)
        piece = bytes(data[start : start + size])
        action = rng.randrange(4)
        if action == 0:
            del data[start : start + size]
        elif action == 1:
            data[start:start] = piece * rng.randint(1, 3)
        elif action == 2:
            at = rng.randrange(len(data))
            data[at:at] = piece
        else:
            data[start : start + 1] = bytes([rng.randrange(256)])
        if not data:
            return b""
    return bytes(data)


@pytest.mark.shared
def test_broken_models_give_our_errors_only(kit):
    rng = random.Random(1)
    sources = [path.read_bytes() for path in sorted(kit.rglob("*.dmn")) if path.stat().st_size < 30_000]
    understood = 0
    for _ in range(400):
        data = broken(rng.choice(sources), rng)
        try:
            decide_all(compile_dmn(data), {})
            write_dmn(read_dmn(data))
            understood += 1
        except RulesError:
            continue
    assert understood > 0


def test_tags_shuffled_under_wrong_parents(model):
    tags = [
        *("decision", "context", "contextEntry", "literalExpression", "text", "decisionTable", "input", "output"),
        *("rule", "inputEntry", "outputEntry", "invocation", "binding", "parameter", "list", "relation", "row"),
        *("column", "for", "in", "return", "filter", "match", "conditional", "if", "variable", "itemDefinition"),
        *("typeRef", "import", "businessKnowledgeModel", "encapsulatedLogic", "informationRequirement"),
        *("requiredDecision", "decisionService"),
    ]

    def build(rng, depth):
        tag = rng.choice(tags)
        inner = rng.choice(["", "1", "a+"])
        if depth:
            inner = "".join(build(rng, depth - 1) for _ in range(rng.randint(0, 3)))
        href = f' href="#{rng.choice("ab")}"' if rng.random() < 0.3 else ""
        return f'<{tag} id="{rng.choice("abc")}" name="{rng.choice(["a", "b c", ""])}"{href}>{inner}</{tag}>'

    for seed in range(200):
        rng = random.Random(seed)
        data = model("".join(build(rng, 5) for _ in range(4)))
        try:
            definitions = read_dmn(data)
            decide_all(compile_dmn(data), {"a": 1})
            write_dmn(definitions)
        except RulesError:
            continue
