"""One verdict for each file of another engine's tests; safe to ask in a child process, whatever the file holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.conformance.scenarios import read_scenario, readings
from engine.conformance.walking import DisagreementError, Walk
from engine.workflow.errors import WorkflowError
from engine.workflow.spec import check_model, load_process


def judge_scenario(file: str) -> dict[str, Any]:
    """Say agree, disagree, contested or refused, how the diagrams were read, and why."""
    try:
        scenario = read_scenario(Path(file))
        why = ""
        for reading, xml, called in readings(scenario):
            errors = [
                finding
                for finding in check_model(xml, process_id=scenario.process_id, called=called)
                if finding.severity == "error"
            ]
            if errors:
                why = why or " ".join(f"{finding.message_en} [{finding.element}]" for finding in errors[:3])
                continue
            spec = load_process(xml, process_id=scenario.process_id, called=called)
            return {"id": scenario.id, "reading": reading, **_walked(spec, scenario.steps, scenario.contested)}
        return {"id": scenario.id, "reading": "", "verdict": "refused", "why": why}
    except (OSError, ValueError, KeyError) as error:
        return {"id": Path(file).stem, "reading": "", "verdict": "refused", "why": f"{type(error).__name__}: {error}"}


def _walked(spec: Any, steps: Any, contested: str) -> dict[str, str]:
    try:
        walk = Walk(spec, steps[0]["start"].get("variables", {}))
        for step in steps[1:]:
            walk.take(step)
    except (DisagreementError, WorkflowError) as error:
        told = str(error) if isinstance(error, DisagreementError) else error.message_en
        return {"verdict": "contested" if contested else "disagree", "why": f"{told}. {contested}".strip()}
    return {"verdict": "agree", "why": ""}
