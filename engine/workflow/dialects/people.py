"""Steps of people: who does them, with which form, and until when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from engine.workflow.dialects import juel
from engine.workflow.dialects.form_fields import form_of
from engine.workflow.dialects.repairs import Repairs
from engine.workflow.dialects.vocabulary import vendor_word
from engine.workflow.dialects.words import attributes, take, take_parts, write

_KEY: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_FORM_NAME: Final = re.compile(r"([A-Za-z0-9_-]+)(?:\.[A-Za-z]+)?$")


@dataclass
class Company:
    """What the files that were given together hold beside this diagram, and what is made on the way."""

    processes: frozenset[str] = frozenset()
    decisions: dict[str, tuple[str, ...]] = field(default_factory=dict)  # id or name → the data they ask for
    forms: dict[str, dict[str, object]] = field(default_factory=dict)  # key → form-js schema
    groups: dict[str, tuple[etree._Element, str, str]] = field(default_factory=dict)  # task → itself, word, group


def person(element: etree._Element, company: Company, repairs: Repairs) -> None:
    """Who does a task, with which form, and until when."""
    for local in ("assignee", "owner", "candidateUsers"):
        word, value = take(element, local)
        if word and value:
            repairs.decide("assignment", element, word, value)
    word, value = take(element, "candidateGroups")
    _groups(element, word, value, company, repairs)
    for part in take_parts(element, "assignmentDefinition"):
        _assignment(element, part, company, repairs)
    _forms(element, company, repairs)
    word, value = take(element, "dueDate")
    if word:
        repairs.decide("deadline", element, word, value)
    for part in take_parts(element, "taskSchedule"):
        repairs.decide("deadline", element, "zeebe:taskSchedule", attributes(part))


def _assignment(element: etree._Element, part: etree._Element, company: Company, repairs: Repairs) -> None:
    """Zeebe's way to say who works."""
    for local, value in part.attrib.items():
        if local == "candidateGroups":
            _groups(element, "zeebe:candidateGroups", str(value), company, repairs)
        elif value:
            repairs.decide("assignment", element, f"zeebe:{local}", str(value))


def _groups(element: etree._Element, word: str, value: str, company: Company, repairs: Repairs) -> None:
    if not value:
        return
    names = [name.strip() for name in value.removeprefix("=").strip().strip('"').split(",")]
    if len(names) == 1 and _KEY.fullmatch(names[0]) and element.get("id"):
        company.groups[element.get("id") or ""] = element, word, names[0]
    else:
        repairs.decide("assignment", element, word, value)


def _forms(element: etree._Element, company: Company, repairs: Repairs) -> None:
    for local in ("formKey", "formRef"):
        word, value = take(element, local)
        if word:
            _form(element, word, value, repairs)
    for part in take_parts(element, "formDefinition"):
        for local, given in part.attrib.items():
            if local in ("formId", "formKey", "externalReference"):
                _form(element, f"zeebe:{local}", str(given), repairs)
    parts = take_parts(element, "formData", "formProperty")
    if parts:
        fields = _made_form(element, parts, company, repairs)
        write(element, "form", element.get("id") or "form")
        if fields:
            write(element, "outputs", ", ".join(fields))


def _made_form(
    element: etree._Element, parts: list[etree._Element], company: Company, repairs: Repairs
) -> tuple[str, ...]:
    """Make the form; its line in the list says which fields it has, and which of them are of no kind we know."""
    key = element.get("id") or "form"
    fields, company.forms[key], unknown = form_of(key, element.get("name") or key, parts)
    told = ", ".join((*fields, *(f"{one} ?" for one in unknown))) or " ".join(map(attributes, parts))
    repairs.decide("form_made", element, vendor_word(parts[0].tag), told, f"{key}.form.json")
    return fields


def filing(element: etree._Element, company: Company, repairs: Repairs) -> None:
    """The form of a start event: here it is the declaration that is filed, named by the pack and not by the diagram."""
    for local in ("formKey", "formRef"):
        word, value = take(element, local)
        if word:
            repairs.decide("form_elsewhere", element, word, value, "declaration.form.json")
    for part in take_parts(element, "formDefinition"):
        repairs.decide("form_elsewhere", element, "zeebe:formDefinition", attributes(part), "declaration.form.json")
    parts = take_parts(element, "formData", "formProperty")
    if parts:
        _made_form(element, parts, company, repairs)


def _form(element: etree._Element, word: str, value: str, repairs: Repairs) -> None:
    found = _FORM_NAME.search(value)
    if found is None or juel.is_juel(value):
        repairs.decide("form_elsewhere", element, word, value, "?")
        return
    key = found[1]
    write(element, "form", key)
    if key == value:
        repairs.translated(element, word, value, f"motcua:form={key}")
    else:
        repairs.decide("form_elsewhere", element, word, value, f"{key}.form.json")
