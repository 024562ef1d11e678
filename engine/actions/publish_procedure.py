"""A procedure pack becomes the version under which new dossiers are filed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from engine.domain.actor import Actor
from engine.domain.clock import local_day
from engine.domain.errors import Invalid
from engine.domain.procedure import PackError, Procedure, parse_pack
from engine.domain.text import Text
from engine.office import Office
from engine.store import events, procedures
from engine.store.database import Tx
from engine.workflow.finding import ModelRefused
from engine.workflow.spec import ProcessSpec, load_process


@dataclass(frozen=True)
class PublishProcedure:
    """`files`: the whole pack, path → text. `valid_from` None: today."""

    actor: Actor
    files: Mapping[str, str]
    valid_from: date | None = None


@dataclass(frozen=True)
class PublishedProcedure:
    """`changed` False: this very pack was already the published version."""

    version_id: str
    code: str
    number: int
    changed: bool = True


def publish_procedure(tx: Tx, office: Office, cmd: PublishProcedure) -> PublishedProcedure:
    """Check the pack and its diagram, and let it hold from a day on; open dossiers keep their own version.

    Raises Invalid with the faults found, each a sentence.
    """
    cmd.actor.must_have_role("admin")
    procedure = _checked(cmd.files)
    digest = _digest(cmd.files)
    newest = next(iter(procedures.versions(tx, procedure.code)), None)
    if newest is not None and newest["content_hash"] == digest:
        return PublishedProcedure(newest["id"], procedure.code, newest["number"], changed=False)
    valid_from = cmd.valid_from or (local_day(tx.now) if newest is not None else None)
    number = procedures.next_number(tx, procedure.code)
    version_id = _enter(tx, procedure, cmd.files, digest, number, valid_from)
    if valid_from is not None:
        procedures.retire_others(tx, procedure.code, version_id, valid_from - timedelta(days=1))
    data = {"code": procedure.code, "number": number, "hash": digest}
    events.append(tx, events.OFFICE, cmd.actor, "procedure.published", data)
    return PublishedProcedure(version_id, procedure.code, number)


def _checked(files: Mapping[str, str]) -> Procedure:
    try:
        procedure = parse_pack(files)
        spec = load_process(procedure.process_xml)
    except PackError as error:
        raise Invalid({f"pack.{n}": fault for n, fault in enumerate(error.sentences)}, error.sentences[0]) from error
    except ModelRefused as error:
        raise Invalid({"process.bpmn": Text(error.message_vi, error.message_en)}) from error
    _check_starts(spec)
    _check_choices(procedure, spec)
    unmapped = sorted({info.lane for info in spec.elements.values() if info.lane} - set(procedure.lanes))
    if unmapped:
        names = ", ".join(unmapped)
        raise Invalid(
            {
                "lanes": Text(
                    f"Làn {names} trong sơ đồ chưa được giao cho vai trò nào trong procedure.yaml (mục lanes).",
                    f"No role is named for the lanes {names} in procedure.yaml (lanes).",
                )
            }
        )
    return procedure


def _check_starts(spec: ProcessSpec) -> None:
    """A dossier starts the process by being sent; the diagram must say at which start event."""
    starts = spec.plan.starts[spec.process_id]
    if len(starts) > 1 and not any(spec.elements[start].event == "none" for start in starts):
        raise Invalid(
            {
                "process.bpmn": Text(
                    "Sơ đồ có nhiều sự kiện bắt đầu mà không có sự kiện bắt đầu thường; hồ sơ gửi lên không biết "
                    "bắt đầu từ đâu. Thêm một sự kiện bắt đầu không dấu hiệu.",
                    "The diagram has several start events and none of them plain, so a dossier that is sent would not "
                    "know where to begin. Add a start event without a sign.",
                )
            }
        )


def _check_choices(procedure: Procedure, spec: ProcessSpec) -> None:
    """The ways on are picked, and events are recorded, at the desk: not by the citizen."""
    for info in spec.elements.values():
        if (info.chooses or info.by_hand) and procedure.lanes.get(info.lane or "") == "applicant":
            name = info.name or info.id
            raise Invalid(
                {
                    "process.bpmn": Text(
                        f"“{name}” để người nộp hồ sơ chọn hoặc ghi nhận. Đặt điều kiện cho các mũi tên, "
                        "hoặc chuyển vào làn của cán bộ.",
                        f'"{name}" would be left to the applicant. Give the flows conditions, '
                        "or move it to the lane of an official.",
                    )
                }
            )


def _digest(files: Mapping[str, str]) -> str:
    """The same for the same content, whatever order the files come in."""
    text = json.dumps(dict(files), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _enter(
    tx: Tx, procedure: Procedure, files: Mapping[str, str], digest: str, number: int, valid_from: date | None
) -> str:
    return procedures.add(
        tx,
        {
            "code": procedure.code,
            "number": number,
            "content_hash": digest,
            "state": "published",
            "valid_from": valid_from,
            "name_vi": procedure.names.vi,
            "name_en": procedure.names.en,
            "sector_vi": procedure.sector.vi,
            "sector_en": procedure.sector.en,
            "search_text": procedure.search_text(),
            "files": dict(files),
            "published_at": tx.now,
        },
    )
