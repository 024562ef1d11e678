"""A procedure pack becomes the version under which new dossiers are filed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from engine.actions.procedures.check_pack import check_pack
from engine.context import OfficeContext
from engine.domain.actor import Actor, Role
from engine.domain.clock import local_day
from engine.domain.errors import Invalid
from engine.domain.history import EventKind
from engine.domain.procedures import PackError, Procedure, parse_pack
from engine.domain.text import Text
from engine.domain.vocabulary import VersionState
from engine.store.catalogue import procedures
from engine.store.connection import Tx
from engine.store.history import events
from engine.workflow.findings import Finding, ModelRefused
from engine.workflow.spec import load_process


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


def publish_procedure(tx: Tx, office: OfficeContext, cmd: PublishProcedure) -> PublishedProcedure:
    """Check the pack and its diagram, and let it hold from a day on; open dossiers keep their own version.

    Raises Invalid with the faults found, each a sentence.
    """
    cmd.actor.must_have_role(Role.ADMIN)
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
    events.append(tx, events.OFFICE, cmd.actor, EventKind.PROCEDURE_PUBLISHED, data)
    return PublishedProcedure(version_id, procedure.code, number)


def _checked(files: Mapping[str, str]) -> Procedure:
    try:
        procedure = parse_pack(files)
        spec = load_process(procedure.process_xml)
    except PackError as error:
        raise Invalid({f"pack.{n}": fault for n, fault in enumerate(error.sentences)}, error.sentences[0]) from error
    except ModelRefused as error:
        raise Invalid({"process.bpmn": Text(error.message_vi, error.message_en)}) from error
    wrong = [finding for finding in check_pack(procedure, spec) if finding.severity == "error"]
    if wrong:
        raise Invalid({_place(finding, n): _sentence(finding) for n, finding in enumerate(wrong)}, _sentence(wrong[0]))
    return procedure


def _place(finding: Finding, number: int) -> str:
    """Where in the pack the fault stands; the number keeps several of one place apart."""
    place = "lanes" if finding.code in ("lane_unmapped", "role_unknown") else "process.bpmn"
    return f"{place}.{number}" if number else place


def _sentence(finding: Finding) -> Text:
    return Text(f"{finding.message_vi} {finding.hint_vi}", f"{finding.message_en} {finding.hint_en}")


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
            "state": VersionState.PUBLISHED,
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
