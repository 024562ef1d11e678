"""What a diagram throws reaches the step that waits for it, at once or when the dossier gets there; nothing is lost."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from factories.office_life import OfficeLife, pack

from engine.actions.procedures import PublishProcedure, publish_procedure
from engine.actions.process import own_messages
from engine.domain.actor import SYSTEM
from engine.store.history import events
from engine.store.process import messages, tasks
from engine.workflow.spec import check_model

HERE = Path(__file__).parent
CODE = "2.000635"
NAMES = ("A", "B", "X", "Y")


def office(platform, diagram: str) -> OfficeLife:
    """An office whose procedure runs by this diagram."""
    life = OfficeLife.founded(platform, ())
    files = pack(platform.settings.processes, CODE) | {"process.bpmn": diagram}
    told = yaml.safe_load(files["procedure.yaml"]) | {"tasks": {}, "lanes": {"reception": "reception"}}
    files["procedure.yaml"] = yaml.safe_dump(told, allow_unicode=True, sort_keys=False)
    life.do(publish_procedure, PublishProcedure(SYSTEM, files, date(2020, 1, 1)))
    return life


@pytest.fixture
def life(platform) -> OfficeLife:
    """An office whose procedure throws messages to steps beside and behind."""
    return office(platform, (HERE / "own_messages.bpmn").read_text("utf-8"))


def chain(*steps: str) -> str:
    """A diagram of one way: `!A` throws A, `!A=1` with a payload, `?A` waits for A, any other word is a task."""
    nodes, ids = [], ["submitted"]
    for number, step in enumerate(steps):
        kind, told = step[0], step[1:].partition("=")
        ids.append(step if kind not in "!?" else f"s{number}")
        sign = f'<bpmn:messageEventDefinition messageRef="m_{told[0]}"/>'
        given = f'<bpmn:extensionElements><motcua:input name="told" value="{told[2] or 0}"/></bpmn:extensionElements>'
        nodes.append(
            {
                "!": f'<bpmn:intermediateThrowEvent id="s{number}">{given}{sign}</bpmn:intermediateThrowEvent>',
                "?": f'<bpmn:intermediateCatchEvent id="s{number}" motcua:outputs="told">{sign}'
                "</bpmn:intermediateCatchEvent>",
            }.get(kind, f'<bpmn:userTask id="{step}" name="{step}" motcua:audience="staff"/>')
        )
    ids.append("done")
    lane = "".join(f"<bpmn:flowNodeRef>{one}</bpmn:flowNodeRef>" for one in ids)
    flows = "".join(
        f'<bpmn:sequenceFlow id="f{number}" sourceRef="{one}" targetRef="{other}"/>'
        for number, (one, other) in enumerate(pairwise(ids))
    )
    return (
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:motcua="https://motcua.vn/bpmn" id="d" targetNamespace="https://motcua.vn/processes">'
        + "".join(f'<bpmn:message id="m_{name}" name="{name}"/>' for name in NAMES)
        + '<bpmn:process id="p" name="Thông điệp" isExecutable="true"><bpmn:laneSet id="l">'
        f'<bpmn:lane id="lane_reception" name="Một cửa">{lane}</bpmn:lane></bpmn:laneSet>'
        '<bpmn:startEvent id="submitted" name="Đã gửi" motcua:status="1"/>'
        f'{"".join(nodes)}<bpmn:endEvent id="done"/>{flows}</bpmn:process></bpmn:definitions>'
    )


def open_steps(life: OfficeLife, dossier_id: str) -> set[str]:
    rows = life.see(tasks.of_dossier, dossier_id)
    return {str(row["element_id"]) for row in rows if row["state"] == "open"}


def kept(life: OfficeLife, dossier_id: str) -> dict[str, str]:
    return {row["name"]: str(row["state"]) for row in life.see(messages.of_dossier, dossier_id)}


def test_thrown_within_a_dossier_it_reaches_who_waits_and_who_will(life: OfficeLife) -> None:
    dossier_id = life.sent(life.citizen())
    code = life.dossier(dossier_id)["code"]
    assert kept(life, dossier_id) == {"Báo trước": "waiting"}
    assert open_steps(life, dossier_id) == {"one"}
    life.complete(dossier_id, "one", {"figure": "42"})
    assert open_steps(life, dossier_id) == {"two"}
    assert kept(life, dossier_id) == {"Báo trước": "waiting", "Số liệu đã có": "taken"}
    assert life.instance(dossier_id)["variables"]["seen"] == "42"
    life.complete(dossier_id, "two", {"note_two": "x"})
    assert kept(life, dossier_id)["Báo trước"] == "taken"
    assert life.instance(dossier_id)["variables"]["told"] == code
    life.complete(dossier_id, "three", {"note_three": "x"})
    assert life.instance(dossier_id)["state"] == "ended"
    assert kept(life, dossier_id) == {"Báo trước": "taken", "Số liệu đã có": "taken", "Không ai chờ": "late"}
    said = [row["data"]["name"] for row in life.see(events.of_chain, dossier_id) if row["kind"] == "message.thrown"]
    assert said == ["Báo trước", "Số liệu đã có", "Không ai chờ"]


@pytest.mark.parametrize(
    "steps",
    [
        ("!A", "first", "?A", "!B", "?B", "last"),
        ("!X", "!Y", "?Y", "?X", "last"),
        ("!B", "!A", "first", "?A", "?B", "last"),
    ],
    ids=["thrown after a kept one", "kept and passed over", "kept in another order"],
)
def test_no_order_of_throwing_and_waiting_leaves_a_dossier_beside_its_message(platform, steps: tuple[str, ...]) -> None:
    life = office(platform, chain(*steps))
    dossier_id = life.sent(life.citizen())
    if "first" in steps:
        life.complete(dossier_id, "first", {})
    assert open_steps(life, dossier_id) == {"last"}
    assert set(kept(life, dossier_id).values()) == {"taken"}


def test_messages_of_one_name_come_in_the_order_they_were_thrown(platform) -> None:
    life = office(platform, chain("!A=1", "!A=2", "first", "!A=3", "?A", "one", "?A", "two", "?A", "three"))
    dossier_id = life.sent(life.citizen())
    told = []
    for step in ("first", "one", "two"):
        life.complete(dossier_id, step, {})
        told.append(life.instance(dossier_id)["variables"]["told"])
    assert told == [1, 2, 3]


def test_beyond_the_bound_of_a_step_nothing_is_lost(platform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_messages, "MOST", 1)
    life = office(platform, chain("!A", "!B", "?A", "!X", "?B", "?X", "last"))
    dossier_id = life.sent(life.citizen())
    assert kept(life, dossier_id) == {"A": "taken", "B": "waiting", "X": "waiting"}


def test_what_nobody_waits_for_is_told_at_check() -> None:
    found = check_model((HERE / "own_messages.bpmn").read_bytes())
    assert [(one.code, one.element) for one in found] == [("message_unclaimed", "done")]
