"""Which element of the new diagram takes the place of which element of the old one: proposed, and judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.workflow.findings import label
from engine.workflow.spec import ElementInfo, ProcessSpec

WAITS = frozenset(
    {
        "user_task",
        "manual_task",
        "service_task",
        "send_task",
        "receive_task",
        "business_rule_task",
        "script_task",
        "call_activity",
        "sub_process",
        "transaction",
        "boundary_event",
        "intermediate_catch_event",
        "parallel_gateway",
        "inclusive_gateway",
    }
)
"""Kinds of elements on which a token may rest between two steps, so that a person may have to say where it goes."""


@dataclass(frozen=True)
class Pairing:
    """An element of the old diagram that is not in the new one by its id. `proposed`: its likely successor, or None."""

    element_id: str
    name: str
    kind: str
    proposed: str | None


@dataclass(frozen=True)
class MappingFault:
    """Why one line of a mapping cannot be used."""

    element_id: str
    message_vi: str
    message_en: str


def pairings(olds: Iterable[ProcessSpec], new: ProcessSpec) -> tuple[Pairing, ...]:
    """Every element of the old diagrams that has to be mapped or left; a successor has the same kind and name."""
    found: dict[str, Pairing] = {}
    for old in olds:
        for info in old.elements.values():
            if info.kind in WAITS and info.id not in new.elements:
                found.setdefault(info.id, Pairing(info.id, info.name, info.kind, _successor(info, old, new)))
    return tuple(found.values())


def _successor(info: ElementInfo, old: ProcessSpec, new: ProcessSpec) -> str | None:
    name = _plain(info.name)
    fitting = [
        other.id
        for other in new.elements.values()
        if name and _plain(other.name) == name and _alike(info, other) and other.id not in old.elements
    ]
    return fitting[0] if len(fitting) == 1 else None


def _alike(one: ElementInfo, other: ElementInfo) -> bool:
    return (one.kind, one.event) == (other.kind, other.event)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def mapping_faults(
    olds: Iterable[ProcessSpec], new: ProcessSpec, mapping: Mapping[str, str]
) -> tuple[MappingFault, ...]:
    """Judge a mapping; empty when each line names an element of an old diagram and a like one of the new."""
    known = {info.id: info for old in olds for info in old.elements.values()}
    return tuple(fault for line in mapping.items() if (fault := _fault(known.get(line[0]), new, *line)) is not None)


def _fault(before: ElementInfo | None, new: ProcessSpec, source: str, target: str) -> MappingFault | None:
    after = new.elements.get(target)
    if before is None:
        vi = f"Không có bước “{source}” trong sơ đồ nào của các hồ sơ đang chạy. Hãy xem lại mã bước."
        return MappingFault(source, vi, f"No running dossier's diagram has a step “{source}”. Check the id.")
    if after is None:
        vi = f"Sơ đồ mới không có bước “{target}” để thay cho “{source}”. Hãy chọn một bước của sơ đồ mới."
        return MappingFault(source, vi, f"The new diagram has no step “{target}”. Choose one of its steps.")
    if _alike(before, after):
        return None
    vi = f"Bước {label(before.name, source)} và bước {label(after.name, target)} khác loại nên không thay nhau được."
    en = f"The steps {label(before.name, source)} and {label(after.name, target)} are of different kinds."
    return MappingFault(source, vi, en)
