"""A process's variables for those who look after it: what may be about a person is covered until they say why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.domain.procedures import Procedure

# Facts of the platform itself that tell nothing of a person.
OPEN_NAMES: Final = frozenset(
    {"channel", "delivery_method", "procedure_code", "dossier_code", "dossier_id", "copies", "fee_vnd"}
)
_CHOSEN: Final = frozenset({"select", "radio", "checkbox"})
COVER: Final = "••••"


@dataclass(frozen=True)
class VariableRow:
    """One variable, or one part of one (`form.copies`). `covered`: the value stands there but is not shown."""

    name: str
    value: str
    covered: bool


def variable_rows(
    variables: Mapping[str, Any], procedures: tuple[Procedure, ...], *, open_all: bool
) -> tuple[VariableRow, ...]:
    """Every value by its path. Shown are yes and no, choices from a form's list and the platform's own facts."""
    known = OPEN_NAMES | {
        entry.key for one in procedures for form in one.forms.values() for entry in form.fields if entry.type in _CHOSEN
    }
    return tuple(_row(path, value, known, open_all) for path, value in _paths("", variables))


def _row(path: str, value: Any, known: frozenset[str], open_all: bool) -> VariableRow:
    harmless = value is None or isinstance(value, bool) or value in ("", [], {})
    if open_all or harmless or path.rpartition(".")[2] in known:
        return VariableRow(path, _word(value), covered=False)
    return VariableRow(path, COVER, covered=True)


def _word(value: Any) -> str:
    """As FEEL writes it: one copy is 1, not true."""
    if value is None:
        return "—"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _paths(prefix: str, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, dict) and value:
            yield from _paths(f"{prefix}{name}.", value)
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            yield from _paths(f"{prefix}{name}.", {str(place): one for place, one in enumerate(value, 1)})
        else:
            yield f"{prefix}{name}", value
