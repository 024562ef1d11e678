"""The diagrams that are measured, drawn once for us (FEEL) and once for SpiffWorkflow as it comes (Python)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from engine.domain.actor import Role

# The walk of one dossier: the task, and what its official decides; one round of the supplement loop is in it. No form
# of the borrowed procedure has these names.
WALK: Final = (
    ("receive", {"note": "ok"}),
    ("check", {"decision": "supplement"}),
    ("add_papers", {"note": "ok"}),
    ("check", {"decision": "accept"}),
    ("verify", {"note": "ok"}),
    ("consult", {"note": "ok"}),
    ("draft", {"note": "ok"}),
    ("approve", {"note": "ok"}),
    ("return_result", {"note": "ok"}),
)
_LANES: Final = {
    Role.RECEPTION: ("receive", "return_result"),
    Role.CASE_OFFICER: ("check", "add_papers", "verify", "consult", "draft"),
    Role.APPROVER: ("approve",),
}
ROLES: Final = tuple(_LANES)
ROLE_OF: Final = {task: role for role, tasks in _LANES.items() for task in tasks}
_BPMN: Final = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:motcua="https://motcua.vn/bpmn"'


def dossier_model(*, plain: bool = False) -> bytes:
    """Eight user tasks with a supplement loop and a message to the citizen on it.

    `plain`: for SpiffWorkflow's own parser, with Python in the condition and a script where we send.
    """
    tasks = [task for lane in _LANES.values() for task in lane]
    body = [
        '<startEvent id="begin" motcua:status="4"/>',
        *(_task(name, "decision" if name == "check" else "note") for name in tasks),
        _send(plain=plain),
        '<exclusiveGateway id="enough" default="enough.verify"/><exclusiveGateway id="again"/><endEvent id="end"/>',
        _chain("begin", "receive", "again", "check", "enough"),
        _flow("enough", "tell", 'decision == "supplement"' if plain else 'decision = "supplement"'),
        _chain("tell", "add_papers", "again"),
        _chain("enough", "verify", "consult", "draft", "approve", "return_result", "end"),
    ]
    return _process([_lanes(), *body])


def blocks_model(blocks: int, branches: int) -> bytes:
    """Sequential blocks of parallel branches, one user task in each branch."""
    body = ['<startEvent id="begin"/><endEvent id="end"/>']
    for block in range(blocks):
        fork, join = f"fork{block}", f"join{block}"
        body.append(f'<parallelGateway id="{fork}"/><parallelGateway id="{join}"/>')
        body.append(_flow(f"join{block - 1}" if block else "begin", fork))
        for branch in range(branches):
            task = f"task{block}_{branch}"
            body += [_task(task, "note"), _chain(fork, task, join)]
    body.append(_flow(f"join{blocks - 1}", "end"))
    return _process(body)


def _process(parts: Iterable[str]) -> bytes:
    inner = "".join(parts)
    return (
        f'<definitions {_BPMN} targetNamespace="t"><process id="p" isExecutable="true">{inner}</process></definitions>'
    ).encode()


def _lanes() -> str:
    lanes = (
        f'<lane id="lane_{role}">{"".join(f"<flowNodeRef>{task}</flowNodeRef>" for task in tasks)}</lane>'
        for role, tasks in _LANES.items()
    )
    return f'<laneSet id="lanes">{"".join(lanes)}</laneSet>'


def _task(name: str, output: str) -> str:
    return f'<userTask id="{name}" name="{name}" motcua:outputs="{output}" motcua:hours="4"/>'


def _send(*, plain: bool) -> str:
    if plain:
        return '<scriptTask id="tell"><script>told = True</script></scriptTask>'
    inputs = '<motcua:input name="to" value="applicant_phone"/><motcua:input name="text" value="dossier_code"/>'
    return (
        '<sendTask id="tell" motcua:connector="sms.send" motcua:wait="false">'
        f"<extensionElements>{inputs}</extensionElements></sendTask>"
    )


def _chain(*names: str) -> str:
    return "".join(_flow(source, target) for source, target in pairwise(names))


def _flow(source: str, target: str, condition: str = "") -> str:
    inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}.{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'
