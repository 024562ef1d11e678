"""A scratch office with dossiers on the measured diagram, on one database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from engine.actions.filing import FileAtCounter, file_at_counter
from engine.actions.procedures import PublishProcedure, publish_procedure
from engine.actions.tasks import CompleteTask, complete_task
from engine.bench.model import ROLE_OF, ROLES, dossier_model
from engine.bootstrap import Platform, build
from engine.domain.actor import SYSTEM, Actor, ActorKind, Role
from engine.domain.procedures import read_pack
from engine.domain.vocabulary import DeliveryMethod, PersonKind, UnitKind
from engine.settings import Settings
from engine.store.accounts import staff
from engine.store.process import tasks

CODE: Final = "2.000635"
APPLICANT: Final = {
    "kind": PersonKind.PERSON,
    "full_name": "Nguyễn Văn An",
    "national_id": "038203000123",
    "birth_on": "17/05/2003",
    "sex": "male",
    "phone": "0912 345 678",
    "address": "12 Lê Lợi, phường Hạc Thành, tỉnh Thanh Hóa",
}
FORM: Final = {
    "extract_type": "birth",
    "copies": "2",
    "relation": "self",
    "subject_name": "Nguyễn Văn An",
    "subject_birth_on": "17/05/2003",
    "registered_at": "UBND xã Hoằng Hóa (dữ liệu mẫu)",
    "pledge": "on",
}


@dataclass
class BenchOffice:
    """A scratch office at work: its officials by their only role."""

    platform: Platform
    officials: Mapping[str, Actor]

    def complete(self, task_id: str, element: str, outputs: Mapping[str, str]) -> str:
        """One whole action, as the web's door runs it; gives the next task, or nothing at the end."""
        command = CompleteTask(self.officials[ROLE_OF[element]], task_id, outputs)
        with self.platform.database.begin() as tx:
            done = complete_task(tx, self.platform.office, command)
        return done.next_task_ids[0] if done.next_task_ids else ""


@contextmanager
def opened(settings: Settings, url: str, folder: Path) -> Iterator[BenchOffice]:
    """The office in a scratch database, with everything beside the database in a scratch folder."""
    platform = build(replace(settings, database_url=url, var=folder, travel_clock=None, inference="off"))
    try:
        yield BenchOffice(platform, _officials(platform))
    finally:
        platform.close()


def found_office(settings: Settings, url: str, folder: Path, dossiers: int) -> list[str]:
    """An empty database becomes an office with so many dossiers; gives the task that is open in each."""
    with opened(settings, url, folder) as office:
        _found(office.platform)
    with opened(settings, url, folder) as office:
        return [_file(office, number) for number in range(dossiers)]


def _found(platform: Platform) -> None:
    """One unit, an official for each lane, the procedure with the measured diagram."""
    with platform.database.begin() as tx:
        unit_id = staff.add_unit(tx, {**_unit(), "agency_code": platform.settings.agency_code})
        for role in ROLES:
            person = {"username": role, "full_name": f"Cán bộ {role}", "password_hash": "-"}
            staff.add(tx, {**person, "roles": [role], "unit_id": unit_id})
        publish_procedure(tx, platform.office, PublishProcedure(SYSTEM, _pack(platform), date(2020, 1, 1)))


def _pack(platform: Platform) -> dict[str, str]:
    """A shipped procedure with the measured diagram in place of its own; what it says about its own tasks goes too."""
    files = dict(read_pack(platform.settings.processes, CODE))
    said = yaml.safe_load(files["procedure.yaml"])
    kept = {name: value for name, value in said.items() if name != "tasks"}
    return files | {
        "procedure.yaml": yaml.safe_dump(kept, allow_unicode=True),
        "process.bpmn": dossier_model().decode(),
    }


def _file(office: BenchOffice, number: int) -> str:
    """Take a dossier in at the counter; gives its first task."""
    clerk = office.officials[Role.RECEPTION]
    filing = FileAtCounter(clerk, CODE, APPLICANT, None, FORM, {"method": DeliveryMethod.COUNTER}, f"bench-{number}")
    with office.platform.database.begin() as tx:
        filed = file_at_counter(tx, office.platform.office, filing)
        return str(tasks.of_dossier(tx, filed.dossier_id)[0]["id"])


def _unit() -> dict[str, Any]:
    names = {"name_vi": "Bộ phận Một cửa (đo tốc độ)", "name_en": "One-stop desk (measured)"}
    return {"code": "bench", "kind": UnitKind.ONE_STOP, **names}


def _officials(platform: Platform) -> dict[str, Actor]:
    platform.database.migrate()
    with platform.database.read() as tx:
        rows = [row for name in ROLES if (row := staff.by_username(tx, name)) is not None]
    return {
        row["username"]: Actor(ActorKind.STAFF, row["id"], row["full_name"], frozenset(row["roles"]), row["unit_id"])
        for row in rows
    }
