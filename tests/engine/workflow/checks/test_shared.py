"""What elements share is told at check: messages nobody waits for, variables of parallel repetitions, languages."""

from __future__ import annotations

import pytest

from engine.workflow.spec import check_model

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:motcua="https://motcua.vn/bpmn" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="x">'
    '<message id="m1" name="Có số liệu"/><process id="p" isExecutable="true"><startEvent id="s"/>'
)
TAIL = '<endEvent id="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="t"/>' + (
    '<sequenceFlow id="f2" sourceRef="t" targetRef="e"/></process></definitions>'
)


def found(inside: str) -> list[tuple[str, str, str]]:
    return [(one.code, one.severity, one.element) for one in check_model(f"{HEAD}{inside}{TAIL}".encode())]


def test_a_message_nobody_waits_for() -> None:
    thrown = (
        '<intermediateThrowEvent id="t" name="Gửi"><messageEventDefinition messageRef="m1"/></intermediateThrowEvent>'
    )
    assert found(thrown) == [("message_unclaimed", "warning", "t")]
    assert found('<sendTask id="t" name="Gửi" messageRef="m1"/>') == [("message_unclaimed", "warning", "t")]
    carried = '<sendTask id="t" name="Gửi" messageRef="m1" motcua:connector="sms.send"/>'
    assert "message_unclaimed" not in {code for code, _, _ in found(carried)}


def test_a_name_longer_than_the_record_keeps_is_refused() -> None:
    long = HEAD.replace("Có số liệu", "a" * 81)
    sent = f'{long}<sendTask id="t" name="Gửi" messageRef="m1"/>{TAIL}'
    assert "event_name_long" in {one.code for one in check_model(sent.encode()) if one.severity == "error"}


def test_a_signal_nobody_catches_or_throws() -> None:
    sign = '<signalEventDefinition signalRef="x"/>'
    thrown = f'<intermediateThrowEvent id="t" name="Báo">{sign}</intermediateThrowEvent>'
    caught = f'<intermediateCatchEvent id="t" name="Chờ">{sign}</intermediateCatchEvent>'
    assert ("signal_unclaimed", "warning", "t") in found(thrown)
    assert ("signal_never_thrown", "warning", "t") in found(caught)


def test_parallel_repetitions_that_write_one_variable() -> None:
    def repeated(how: str, outputs: str = 'motcua:outputs="d"') -> str:
        loop = f'<multiInstanceLoopCharacteristics isSequential="{how}"><loopCardinality>2</loopCardinality>'
        return f'<userTask id="t" name="Hỏi" {outputs}>{loop}</multiInstanceLoopCharacteristics></userTask>'

    assert found(repeated("false")) == [("repetitions_share", "warning", "t")]
    assert found(repeated("true")) == []
    assert found(repeated("false", "")) == []


TIMER = (
    '<intermediateCatchEvent id="t" name="Chờ"><timerEventDefinition><timeDuration language="{language}">{text}'
    "</timeDuration></timerEventDefinition></intermediateCatchEvent>"
)
LOOP = (
    '<userTask id="t" name="Hỏi"><multiInstanceLoopCharacteristics isSequential="true"><loopCardinality '
    'language="{language}">{text}</loopCardinality></multiInstanceLoopCharacteristics></userTask>'
)


@pytest.mark.parametrize(
    ("shape", "language", "text", "refused"),
    [
        (TIMER, "javascript", "fee_vnd", True),
        (TIMER, "javascript", "PT1H", False),
        (TIMER, "", "PT1H", False),
        (TIMER, "feel", "PT1H", False),
        (LOOP, "groovy", "fee_vnd", True),
        (LOOP, "python", "3", False),
        (LOOP, "http://www.omg.org/spec/FEEL/20140401", "fee_vnd", False),
    ],
)
def test_an_expression_in_another_language_is_refused_wherever_it_stands(
    shape: str, language: str, text: str, refused: bool
) -> None:
    codes = {code for code, _, _ in found(shape.format(language=language, text=text))}
    assert ("language_refused" in codes) is refused


def test_a_file_of_another_namespace_or_root_is_named() -> None:
    beta = (
        b'<definitions xmlns="http://schema.omg.org/spec/BPMN/2.0" targetNamespace="t"><process id="p"/></definitions>'
    )
    (one,) = check_model(beta)
    assert one.code == "other_namespace"
    assert "http://schema.omg.org/spec/BPMN/2.0" in one.message_vi
    (other,) = check_model(b'<Package xmlns="http://www.wfmc.org/2008/XPDL2.1"/>')
    assert other.code == "not_bpmn"
    assert "Package" in other.message_en
