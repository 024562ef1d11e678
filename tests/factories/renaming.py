"""A shipped pack as another author might have written it: every field and every message under another name."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

PARTY_FORMS = ("applicant", "owner", "delivery")  # the shared forms of the people: columns of the record
_FEEL_PLACES = re.compile(r"""\b(motcua:outputs|motcua:when|value)=("[^"]*"|'[^']*')""")
_FEEL_TEXTS = re.compile(r"(<bpmn:(?:conditionExpression|script)[^>]*>)([^<]*)(</)")
_OUTPUTS = re.compile(r'(<motcua:output name=")([^"]*)(")')
_MESSAGES = re.compile(r'(<bpmn:message [^>]*name=")([^"]*)(")')


@dataclass(frozen=True)
class Renamed:
    """`names`: the old key of each field and its new one."""

    files: dict[str, str]
    names: Mapping[str, str]

    def outputs(self, values: Mapping[str, str]) -> dict[str, str]:
        """Answers as they are typed into the renamed forms."""
        return {self.names.get(key, key): value for key, value in values.items()}


def with_other_names(files: Mapping[str, str]) -> Renamed:
    """Rename all fields but those of the people's forms, and all messages; everything that refers to them follows."""
    forms = {path: json.loads(text) for path, text in files.items() if _is_renamed(path)}
    keys = sorted({row["key"] for form in forms.values() for row in _rows(form["components"]) if row.get("key")})
    names = {key: f"truong_{number}" for number, key in enumerate(keys, start=1)}
    names["withdrawal_reason"] = "bien_rut"
    told = {path: json.dumps(_form(form, names), ensure_ascii=False) for path, form in forms.items()}
    papers = {path: _paper(text, names) for path, text in files.items() if path.startswith("papers/")}
    pack = yaml.safe_load(files["procedure.yaml"])
    words = yaml.safe_dump(_pack(pack, names), allow_unicode=True, sort_keys=False)
    diagram = _diagram(files["process.bpmn"], names)
    return Renamed({**files, **told, **papers, "procedure.yaml": words, "process.bpmn": diagram}, names)


def _is_renamed(path: str) -> bool:
    name = path.rsplit("/", maxsplit=1)[-1]
    return name.endswith(".form.json") and name.removesuffix(".form.json") not in PARTY_FORMS


def _rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for row in rows for one in (row, *_rows(row.get("components") or []))]


def feel(source: str, names: Mapping[str, str], quote: str = '"') -> str:
    """The expression over the new names; what stands between quotes is no name."""
    parts = source.split(quote)
    told = [re.sub(r"[A-Za-z_]\w*", lambda word: names.get(word[0], word[0]), part) for part in parts[::2]]
    parts[::2] = told
    return quote.join(parts)


def _form(form: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    for row in _rows(form["components"]):
        row["key"] = names.get(row.get("key"), row.get("key"))
        hide = (row.get("conditional") or {}).get("hide")
        if hide:
            row["conditional"]["hide"] = feel(hide, names)
        source, _, field = (row.get("properties") or {}).get("prefill", "").partition(".")
        if source == "form":
            row["properties"]["prefill"] = f"form.{names[field]}"
    return form


def _pack(pack: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    for row in pack["components"]:
        row |= {name: feel(row[name], names) for name in ("required_when", "shown_when") if name in row}
    for row in pack.get("checks", ()):
        row |= {"field": names[row["field"]], "valid_when": feel(row["valid_when"], names)}
    pack["fee_facts"] = {fact: feel(source, names) for fact, source in pack["fee_facts"].items()}
    return pack


def _paper(text: str, names: Mapping[str, str]) -> str:
    """A result paper prints the fields by the names their author gave them."""
    return re.sub(r"\b(task|form)\.(\w+)", lambda found: f"{found[1]}.{names.get(found[2], found[2])}", text)


def _diagram(text: str, names: Mapping[str, str]) -> str:
    def attribute(found: re.Match[str]) -> str:
        quoted = found[2]
        inner = feel(quoted[1:-1], names, "&quot;" if quoted[0] == '"' else '"')
        return f"{found[1]}={quoted[0]}{inner}{quoted[0]}"

    text = _FEEL_PLACES.sub(attribute, text)
    text = _FEEL_TEXTS.sub(lambda found: found[1] + feel(found[2], names) + found[3], text)
    text = _OUTPUTS.sub(lambda found: found[1] + names.get(found[2], found[2]) + found[3], text)
    return _MESSAGES.sub(lambda found: f"{found[1]}tin_{found[2][::-1]}{found[3]}", text)
