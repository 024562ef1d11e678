"""The words by which other engines extend BPMN: whose they are, and which of them move nothing."""

from __future__ import annotations

from typing import Final

from lxml import etree

from engine.workflow.bpmn import MOTCUA

CAMUNDA: Final = "http://camunda.org/schema/1.0/bpmn"
ZEEBE: Final = "http://camunda.org/schema/zeebe/1.0"
SEVEN: Final = {
    CAMUNDA: "camunda",
    "http://operaton.org/schema/1.0/bpmn": "operaton",
    "http://flowable.org/bpmn": "flowable",
    "http://activiti.org/bpmn": "activiti",
    "http://www.activiti.org/bpmn": "activiti",
    "http://activiti.com/modeler": "activiti",
    "http://flowable.org/modeler": "flowable",
    "http://flowable.org/design": "flowable",
}
"""Camunda 7 and its relatives: they share their words, though each writes them with its own prefix."""
etree.register_namespace("motcua", MOTCUA)
VENDORS: Final = {**SEVEN, ZEEBE: "zeebe", "http://camunda.org/schema/modeler/1.0": "modeler"}

# How an engine works through its jobs, who may look at what, and how an editor draws it.
_STILL: Final = frozenset(
    [
        "async",
        "asyncBefore",
        "asyncAfter",
        "asyncLeave",
        "asyncLeaveExclusive",
        "exclusive",
        "jobPriority",
        "taskPriority",
        "priority",
        "historyTimeToLive",
        "versionTag",
        "isStartableInTasklist",
        "candidateStarterGroups",
        "candidateStarterUsers",
        "failedJobRetryTimeCycle",
        "modelerTemplate",
        "modelerTemplateVersion",
        "modelerTemplateIcon",
        "diagramRelationId",
        "calledElementBinding",
        "calledElementVersion",
        "calledElementVersionTag",
        "calledElementTenantId",
        "calledElementType",
        "decisionRefBinding",
        "decisionRefVersion",
        "decisionRefVersionTag",
        "decisionRefTenantId",
        "fallbackToDefaultTenant",
        "sameDeployment",
        "formFieldValidation",
        "formRefBinding",
        "formRefVersion",
        "followUpDate",
        "category",
        "parallelInSameTransaction",
        "noWaitStatesAsyncLeave",
        "triggerable",
        "useLocalScopeForResultVariable",
        "completeAsync",
        "version",
        "exportDateTime",
        "modelId",
        "modelVersion",
        "modelLastUpdated",
        "palette",
        "processInstanceName",
        "inheritBusinessKey",
        "businessKey",
        "executionPlatform",
        "executionPlatformVersion",
        "isEagerExecutionFetching",
        "storeResultVariableAsTransient",
        "doNotIncludeVariables",
        "includeInHistory",
        "bindingType",
        "retries",
        "retryCounter",
        "id",
        "taskPriorityExpression",
        "taskIdVariableName",
        "taskCompleterVariableName",
        "eagerExecutionFetching",
        "inStartForm",
        "scriptAutoStoreVariables",
        "autoStoreVariables",
    ]
)
_STILL_ELEMENTS: Final = frozenset(
    [
        "properties",
        "property",
        "userTask",
        "versionTag",
        "priorityDefinition",
        "modelerTemplate",
        "failedJobRetryTimeCycle",
        "jobPriority",
        "taskHeaders",
        "header",
        "linkedResources",
        "linkedResource",
        "template",
        "templatedProperties",
        "stencilid",
        "language",
        "creationdate",
        "modificationdate",
        "work-form-field-validation",
        "activiti-idm-initiator",
        "flowable-idm-initiator",
        "allow-send-email",
        "localization",
        "potentialStarter",
        "constraint",
        "validation",
        "string",
        "list",
        "map",
        "localTransientVariables",
        "in-memory",
        "initiator-can-complete",
        "activiti-idm-assignee",
        "flowable-idm-assignee",
        "assignee-info-firstname",
        "assignee-info-lastname",
        "assignee-info-email",
        "assigneeType",
        "idm-assignee",
        "idm-assignee-field",
        "candidateUsers-info",
        "user-info-email",
        "user-info-firstname",
        "user-info-lastname",
        "group-info-name",
        "activiti-idm-candidate-group",
        "activiti-idm-candidate-user",
        "flowable-idm-candidate-group",
        "flowable-idm-candidate-user",
        "custom-resource",
    ]
)
# Without these a token goes another way or a variable has another value.
_MOVING: Final = frozenset(
    [
        "terminateAll",
        "terminateMultiInstance",
        "skipExpression",
        "collection",
        "elementVariable",
        "elementIndexVariable",
        "resultVariable",
        "resultVariableName",
        "inheritVariables",
        "useLocalScopeForOutParameters",
        "decisionRef",
        "caseRef",
        "decisionTaskThrowErrorOnNoHits",
        "variableMappingClass",
        "variableMappingDelegateExpression",
        "idVariableName",
        "errorCodeVariable",
        "errorMessageVariable",
        "escalationCodeVariable",
        "variableName",
        "variableEvents",
        "businessCalendarName",
        "endDate",
        "initiator",
        "mapDecisionResult",
        "calledElementExpression",
        "destroyOnResult",
    ]
)
_MOVING_ELEMENTS: Final = frozenset(
    [
        "in",
        "out",
        "inputOutput",
        "inputParameter",
        "outputParameter",
        "ioMapping",
        "loopCharacteristics",
        "variableAggregation",
        "calledElement",
        "calledDecision",
        "script",
        "subscription",
        "publishMessage",
        "eventInParameter",
        "eventOutParameter",
        "value",
        "conditionalFilter",
        "adHoc",
        "mapException",
        "decisionReferenceType",
        "correlationParameter",
        "eventCorrelationParameter",
    ]
)
_OF_EDITORS: Final = ("http://flowable.org/modeler", "http://activiti.com/modeler", "http://flowable.org/design")


def parts_of_name(name: object) -> tuple[str, str]:
    """Namespace and local name of a tag or attribute; ("", "") for a comment."""
    if not isinstance(name, str):
        return "", ""
    found = etree.QName(name)
    return found.namespace or "", found.localname


def runs_elsewhere(process: etree._Element) -> bool:
    """Flowable and Activiti run every process that does not say no; elsewhere one must say yes."""
    return process.get("isExecutable") is None and of_flowable(process)


def of_seven(element: etree._Element) -> bool:
    """Tell whether the file declares the words of Camunda 7 or a relative."""
    return any(uri in SEVEN for uri in element.nsmap.values())


def of_flowable(element: etree._Element) -> bool:
    """Tell whether the file declares the words of Flowable or Activiti."""
    return any(SEVEN.get(uri) in ("flowable", "activiti") for uri in element.nsmap.values())


def vendor_word(name: object) -> str:
    """The word as people know it (`camunda:in`); "" when it belongs to no engine we know."""
    namespace, local = parts_of_name(name)
    return f"{VENDORS[namespace]}:{local}" if namespace in VENDORS else ""


def stands_still(name: object, *, attribute: bool) -> bool:
    """Tell whether the word says nothing about where a token goes, what a variable holds and who works."""
    namespace, local = parts_of_name(name)
    if namespace in _OF_EDITORS or VENDORS.get(namespace) == "modeler":
        return True
    return local in (_STILL if attribute else _STILL_ELEMENTS)


def moves(name: object, *, attribute: bool) -> bool:
    """Tell whether passing over the word surely changes where a token goes or what a variable holds."""
    _, local = parts_of_name(name)
    return bool(vendor_word(name)) and local in (_MOVING if attribute else _MOVING_ELEMENTS)


def ours(local: str) -> str:
    """A name of our own namespace, for an attribute or an element."""
    return f"{{{MOTCUA}}}{local}"
