"""Joins sequence flows and associations to their two ends, wherever the file lists them."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from engine.workflow.bpmn.diagram import ACTIVITIES, Flow, Scope
from engine.workflow.bpmn.xml import BPMN, local_ref, tag_of
from engine.workflow.findings import Finding, finding_of


def connect(flows: Iterable[tuple[Flow, Scope]], scopes: list[Scope], definitions: etree._Element) -> list[Finding]:
    """Connect the flows of one process; a flow whose ends stand in different scopes, or nowhere, is a finding.

    Some editors list the flows of a subprocess with the process around it: what counts is where both ends stand.
    """
    findings: list[Finding] = []
    for flow, listed in flows:
        fitting = (scope for scope in (listed, *scopes) if flow.source in scope.nodes and flow.target in scope.nodes)
        scope = next(fitting, None)
        if scope is None:
            findings.append(_loose(flow, scopes, definitions))
            continue
        scope.nodes[flow.source].outgoing.append(flow)
        scope.nodes[flow.target].incoming.append(flow)
    return findings


def _loose(flow: Flow, scopes: list[Scope], definitions: etree._Element) -> Finding:
    known = {node for scope in scopes for node in scope.nodes}
    missing = [end for end, element in (("source", flow.source), ("target", flow.target)) if element not in known]
    if not missing:
        return finding_of("flow_crosses_scopes", flow.id, flow.name, source=flow.source, target=flow.target)
    elsewhere = {
        element.get("id") for element in definitions.iter() if tag_of(element) and element.get("id") not in known
    }
    ends = [flow.source if end == "source" else flow.target for end in missing]
    if len(missing) == 1 and ends[0] in elsewhere:
        return finding_of("flow_crosses_pools", flow.id, flow.name, source=flow.source, target=flow.target)
    code = "flow_without_ends" if len(missing) == 2 else f"flow_without_{missing[0]}"
    return finding_of(code, flow.id, flow.name, source=flow.source or "?", target=flow.target or "?")


def undone_by(definitions: etree._Element, scopes: list[Scope]) -> None:
    """Tell each compensation event on a border what its associations lead to, whichever end is called their source."""
    for element in definitions.iter(f"{{{BPMN}}}association"):
        ends = local_ref(element.get("sourceRef")), local_ref(element.get("targetRef"))
        for source, target in (ends, ends[::-1]):
            for scope in scopes:
                event, activity = scope.nodes.get(source), scope.nodes.get(target)
                if event is None or activity is None or activity.kind not in ACTIVITIES:
                    continue
                if event.kind == "boundary_event" and event.event_kind == "compensate":
                    event.handlers.append(target)
