"""Where SpiffWorkflow 3.2.0 loses what was there: a new version of the diagram, two processes on one instance."""

from __future__ import annotations

import contextlib
import time
from datetime import timedelta

import pytest
from factories.office_life import OfficeLife
from office import Office, chain, draw
from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.util.diff import SpecDiff, WorkflowDiff, migrate_workflow
from SpiffWorkflow.util.task import TaskState
from upstream import Upstream

from engine.domain.errors import Conflict
from engine.store.process import instances
from engine.workflow.migration import migrate
from engine.workflow.spec import load_process

WAITING_AN_HOUR = draw(
    '<startEvent id="s"/><intermediateCatchEvent id="b"><timerEventDefinition><timeDuration>{}</timeDuration>'
    '</timerEventDefinition></intermediateCatchEvent><endEvent id="e"/>' + chain("s", "b", "e")
).decode()


def test_12_a_timer_keeps_its_instant_when_the_diagram_changes():
    theirs, newer = (Upstream(WAITING_AN_HOUR.format('"PT1H"').encode()) for _ in range(2))

    def due() -> str:
        (waiting,) = theirs.workflow.get_tasks(state=TaskState.WAITING)
        return str(waiting.internal_data["event_value"])

    before = due()
    time.sleep(0.01)
    change = SpecDiff(BpmnWorkflowSerializer().registry, theirs.workflow.spec, newer.workflow.spec)
    migrate_workflow(WorkflowDiff(theirs.workflow, change), theirs.workflow, newer.workflow.spec)
    assert due() > before, "upstream begins the hour anew"
    old = load_process(WAITING_AN_HOUR.format("PT1H").encode())
    new = load_process(WAITING_AN_HOUR.format("PT1H").replace('id="e"', 'id="e" name="Xong"').encode())
    ours = Office(old)
    moved = migrate(old, ours.last.snapshot, new, {}, ours.now + timedelta(minutes=30))
    assert moved.snapshot is not None
    assert (moved.timers, moved.cancelled_timers) == ((), ()), "the row of the timer stays as it is"


def test_16_two_processes_on_one_instance_do_not_undo_each_other(platform):
    both = draw(
        '<startEvent id="s"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/><endEvent id="e"/>'
        + chain("s", "f", "a", "e")
        + chain("f", "b", "e")
    )
    serializer = BpmnWorkflowSerializer()
    stored = serializer.serialize_json(Upstream(both).workflow)
    for element in ("a", "b"):  # both read before either writes; the later one is kept
        theirs = Upstream(both)
        theirs.workflow = serializer.deserialize_json(stored)
        theirs.workflow.script_engine = PythonScriptEngine()
        last = theirs.do(element)
    assert last.open == ["a"], "upstream: the first one's step is gone without a word"
    life = OfficeLife.founded(platform)
    dossier_id = life.sent(life.citizen())
    seen = life.instance(dossier_id)
    for second in (False, True):
        with pytest.raises(Conflict) if second else contextlib.nullcontext(), platform.database.begin() as tx:
            instances.change_version(tx, seen["id"], seen["version"], {"variables": {"by": second}})
    assert life.instance(dossier_id)["variables"] == {"by": False}
