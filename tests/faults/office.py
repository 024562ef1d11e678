"""The office under the storm: its settings, its people, its dossiers waiting to be sent, and three kinds of peers."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from factories.office_life import EXTRACT_FORM, OfficeLife, pack
from sqlalchemy import insert, select

from connectors.port import Outcome
from connectors.registry import Registry
from connectors.sms.config import SmsConfig
from connectors.sms.gateway import SmsGateway
from connectors.training.config import SandboxConfig
from engine.actions.procedures import PublishProcedure, publish_procedure
from engine.bootstrap import Platform, build
from engine.domain.actor import SYSTEM, Actor
from engine.domain.clock import SystemClock
from engine.domain.identifiers import new_id
from engine.jobs.redis_wakeup import make_notifier
from engine.settings import Settings
from engine.store.schema.dossiers import dossier

PACK = Path(__file__).parent / "pack"
QUOTAS = tuple(
    f"MOTCUA_{name}_PER_DAY" for name in ("DRAFTS", "FILINGS", "SMS_PER_NUMBER", "SMS_PER_ACCOUNT", "UPLOAD_MB")
)
CODE = "2.000635"
STEPS = {"review_one": "note_one", "review_two": "note_two", "approve": "note_three"}
LEASE_S = 8


class Telegraph(SmsGateway):
    """A peer that promises nothing: it takes a repeated key for a new message and answers no questions."""

    kind = "telegram.send"
    offers_find = False

    def find(self, key: str) -> Outcome | None:
        return None


@dataclass(frozen=True)
class Places:
    """Where the parts of one storm are found; handed to every process as JSON."""

    var: str
    database_url: str
    redis_url: str | None
    sms_port: int
    post_port: int
    telegraph_port: int

    def settings(self) -> Settings:
        given = {
            "MOTCUA_VAR": self.var,
            "MOTCUA_DATABASE_URL": self.database_url,
            "MOTCUA_SANDBOX_SMS_PORT": str(self.sms_port),
            "MOTCUA_SANDBOX_POST_PORT": str(self.post_port),
            "MOTCUA_PRACTICE": "on",
            "MOTCUA_INFERENCE": "off",
            "MOTCUA_SWEEP_SECONDS": "1",
            "MOTCUA_LEASE_SECONDS": str(LEASE_S),
            "MOTCUA_WORKER_THREADS": "3",
            "MOTCUA_MAX_ATTEMPTS": "40",
            "MOTCUA_RATE_LIMITS": "off",  # one address asks for everybody
            **dict.fromkeys(QUOTAS, "100000"),  # and a few accounts file what a whole province would
            "MOTCUA_LOG_LEVEL": "error",
        }
        return Settings.from_env(given | ({"MOTCUA_REDIS_URL": self.redis_url} if self.redis_url else {}))

    def platform(self) -> Platform:
        """The platform with the three peers: keys honoured, no keys but a status query, neither."""
        built = build(self.settings(), make_notifier=make_notifier)
        sms = built.registry.connector("sms.send")
        post = built.registry.connector("post.deliver")
        office = post._office  # type: ignore[attr-defined]  # the post of this storm forgets keys
        office.config = replace(office.config, honours_keys=False)
        config = SmsConfig(
            url=f"http://127.0.0.1:{self.telegraph_port}",
            token=sms._config.token,  # type: ignore[attr-defined]  # the same sandbox, on another port
            honours_keys=False,
            reach=sms._config.reach,  # type: ignore[attr-defined]  # the same sandbox, on another port
        )
        registry = Registry([sms, post, Telegraph(config)], [], built.registry.storage)
        return replace(built, registry=registry)


def sandbox_config(folder: Path) -> SandboxConfig:
    return SandboxConfig(folder, SystemClock().now)


@dataclass(frozen=True)
class People:
    """Who acts: citizens file, officials decide."""

    citizen: Actor
    officials: tuple[Actor, ...]
    head: Actor

    def dump(self) -> str:
        actors = {"citizen": self.citizen, "head": self.head, "officials": list(self.officials)}
        return json.dumps(actors, default=lambda one: sorted(one) if isinstance(one, frozenset) else asdict(one))

    @classmethod
    def load(cls, text: str) -> People:
        raw = json.loads(text)
        return cls(_actor(raw["citizen"]), tuple(map(_actor, raw["officials"])), _actor(raw["head"]))


def _actor(raw: dict[str, Any]) -> Actor:
    return Actor(raw["kind"], raw["id"], raw["name"], frozenset(raw["roles"]), raw["unit_id"])


def found(platform: Platform) -> People:
    """Migrate, publish the storm's procedure, hire the people."""
    platform.database.migrate()
    life = OfficeLife.founded(platform, ())
    files = pack(platform.settings.processes, CODE) | {
        "process.bpmn": (PACK / "process.bpmn").read_text(encoding="utf-8")
    }
    told = yaml.safe_load(files["procedure.yaml"])
    # The parcel goes out in the middle of the process, and nobody in the storm pays: the fee comes afterwards.
    told |= {"tasks": {}, "lanes": {"reception": "reception"}, "fee_after_result": True}
    files["procedure.yaml"] = yaml.safe_dump(told, allow_unicode=True, sort_keys=False)
    life.do(publish_procedure, PublishProcedure(SYSTEM, files, date(2020, 1, 1)))
    citizen = life.citizen()
    officials = (life.officials["reception"], life.second("reception"))
    return People(citizen, officials, life.officials["admin"])


def leave_drafts(platform: Platform, citizen: Actor, how_many: int) -> list[str]:
    """One draft filled in by the citizen, and its copies: the storm begins with the sending."""
    life = OfficeLife(platform)
    first = life.draft(citizen, CODE, EXTRACT_FORM, {"method": "online"}, owner=None)
    ids = [first]
    for begin in range(1, how_many, 500):
        with platform.database.begin() as tx:
            row = dict(tx.execute(select(dossier).where(dossier.c.id == first)).mappings().one())
            copies = [{**row, "id": new_id(tx.now)} for _ in range(begin, min(begin + 500, how_many))]
            tx.execute(insert(dossier), copies)
            ids += [copy["id"] for copy in copies]
    return ids
