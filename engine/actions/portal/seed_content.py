"""Fills an empty portal: the guide; and, for practice only, sample news, poll, units and officials, marked so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import yaml

from engine.actions.accounts import hash_password, must_be_for_practice
from engine.context import OfficeContext
from engine.domain.actor import Actor, Role
from engine.domain.article_html import clean_html
from engine.domain.errors import Forbidden
from engine.domain.filing import GUIDE_TITLE, guide_article, guide_screens
from engine.domain.history import EventKind
from engine.domain.text import Text
from engine.domain.vocabulary import ArticleKind
from engine.store.accounts import staff
from engine.store.catalogue import content
from engine.store.connection import Tx
from engine.store.history import events

NOT_IN_EARNEST = Text(
    "Tài khoản và đơn vị mẫu chỉ được nạp ở chế độ luyện tập (MOTCUA_PRACTICE=on).",
    "Sample accounts and units are entered in practice mode only (MOTCUA_PRACTICE=on).",
)


@dataclass(frozen=True)
class SeedContent:
    """`people`: also the sample units and demo officials, which only practice may have."""

    actor: Actor
    people: bool = False


@dataclass(frozen=True)
class DemoAccount:
    """A demo official as `motcua run` prints it; the password is the practice seed's."""

    username: str
    title: Text
    password: str


@dataclass
class SeededContent:
    """What was entered, one line each; empty when everything was there already."""

    lines: list[str] = field(default_factory=list)


def seed_content(tx: Tx, office: OfficeContext, cmd: SeedContent) -> SeededContent:
    """Enter what is missing; safe to repeat. The guide's procedure must be published already.

    Raises Forbidden when sample people are asked for outside practice.
    """
    cmd.actor.must_have_role(Role.ADMIN)
    seeded = SeededContent()
    if cmd.people:
        if not office.settings.practice:
            raise Forbidden(NOT_IN_EARNEST)
        must_be_for_practice(tx)
        _units(tx, office, seeded)
        _staff(tx, office, seeded)
    _guide(tx, office, seeded)
    if office.settings.practice:
        _news(tx, office, seeded)
        _poll(tx, office, seeded)
    if seeded.lines:
        events.append(tx, events.OFFICE, cmd.actor, EventKind.CONTENT_SEEDED, {"entered": len(seeded.lines)})
    return seeded


def demo_accounts(office: OfficeContext) -> tuple[DemoAccount, ...]:
    """The demo officials to print at the start; none outside practice."""
    if not office.settings.practice:
        return ()
    data = _read(office, "office.yaml")
    password = data["demo_password"]
    return tuple(DemoAccount(row["username"], _text(row["title"]), password) for row in data["staff"])


def _units(tx: Tx, office: OfficeContext, seeded: SeededContent) -> None:
    for row in _read(office, "office.yaml")["units"]:
        if staff.unit_by_code(tx, row["code"]) is None:
            name = _text(row["name"])
            known = {key: row[key] for key in ("code", "kind", "agency_code", "valid_from") if key in row}
            staff.add_unit(tx, {**known, "name_vi": name.vi, "name_en": name.en, "sample": True})
            seeded.lines.append(f"+ {name.vi}")


def _staff(tx: Tx, office: OfficeContext, seeded: SeededContent) -> None:
    data = _read(office, "office.yaml")
    missing = [row for row in data["staff"] if staff.by_username(tx, row["username"]) is None]
    hashed = hash_password(data["demo_password"]) if missing else ""
    for row in missing:
        known = {key: row[key] for key in ("username", "full_name", "roles")}
        unit_id = _unit_id(tx, row["unit"])
        staff.add(tx, {**known, "unit_id": unit_id, "password_hash": hashed, "sample": True})
        seeded.lines.append(f"+ {row['username']} ({', '.join(row['roles'])})")


def _guide(tx: Tx, office: OfficeContext, seeded: SeededContent) -> None:
    """Written anew when the live screens have changed, so that the guide never goes stale."""
    row = _read(office, "content.yaml")["guide"]
    _, procedure = office.procedure_cache.current(tx, row["procedure"])
    written = guide_article(procedure, guide_screens(procedure))
    body = Text(clean_html(written.vi), clean_html(written.en))  # as the record keeps it, to be compared with it
    known = content.article_by_slug(tx, row["slug"])
    if known is None:
        _add_article(tx, "guide", row, GUIDE_TITLE, body, seeded)
    elif (known["body_vi"], known["body_en"]) != (body.vi, body.en):
        content.change_article(tx, known["id"], {"body_vi": body.vi, "body_en": body.en})
        seeded.lines.append(f"~ {GUIDE_TITLE.vi}")


def _news(tx: Tx, office: OfficeContext, seeded: SeededContent) -> None:
    for row in _read(office, "content.yaml")["news"]:
        if content.article_by_slug(tx, row["slug"]) is None:
            texts = [_text(paragraph) for paragraph in row["paragraphs"]]
            body = Text(_paragraphs([text.vi for text in texts]), _paragraphs([text.en for text in texts]))
            _add_article(tx, "news", row, _text(row["title"]), body, seeded)


def _poll(tx: Tx, office: OfficeContext, seeded: SeededContent) -> None:
    if content.open_poll(tx) is not None:
        return
    data = _read(office, "content.yaml")["poll"]
    question = _text(data["question"])
    poll_id = content.add_poll(tx, {"question_vi": question.vi, "question_en": question.en, "sample": True})
    options = enumerate((_text(option) for option in data["options"]), start=1)
    content.add_poll_options(
        tx,
        [
            {"poll_id": poll_id, "position": position, "label_vi": label.vi, "label_en": label.en}
            for position, label in options
        ],
    )
    seeded.lines.append(f"+ {question.vi}")


def _add_article(tx: Tx, kind: str, row: Mapping[str, Any], title: Text, body: Text, seeded: SeededContent) -> None:
    summary = _text(row["summary"])
    content.add_article(
        tx,
        {
            "slug": row["slug"],
            "kind": kind,
            "title_vi": title.vi,
            "title_en": title.en,
            "summary_vi": summary.vi,
            "summary_en": summary.en,
            "body_vi": body.vi,
            "body_en": body.en,
            "unit_id": _unit_id(tx, row["unit"]),
            "sample": kind != ArticleKind.GUIDE,
        },
    )
    seeded.lines.append(f"+ {title.vi}")


def _unit_id(tx: Tx, code: str) -> str | None:
    """The unit's id; None when the sample units are not entered (an article then has no signature)."""
    row = staff.unit_by_code(tx, code)
    return None if row is None else str(row["id"])


def _paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{escape(text, quote=False)}</p>" for text in texts)


def _text(row: Mapping[str, str]) -> Text:
    return Text(row["vi"].strip(), row["en"].strip())


def _read(office: OfficeContext, name: str) -> Any:
    path: Path = office.settings.processes / "_seed" / name
    return yaml.safe_load(path.read_text(encoding="utf-8"))
