"""The history's arithmetic: how links are sealed and how a walk along them finds what does not hold.

Pure: works on rows of the record and on the lines of an exported file alike. What is personal (the data of an event,
and a citizen's name) goes into a link only as a salted digest of its own, the `body`. So it can be removed when the
law on archives says so, and the chain still holds; and nobody can guess from what remains what was removed.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from engine.domain.actor import ActorKind
from engine.domain.history.kinds import EventKind

OFFICE: Final = "office"  # the chain of what belongs to no dossier
GENESIS: Final = "0" * 64
CLEARED: Final = EventKind.RETENTION_CLEARED
_KEPT: Final = ("chain", "number", "at", "actor_kind", "kind", "public", "body")
_ACTOR: Final = ("actor_id", "actor_name")
# Links written before personal data had a digest of their own: everything is covered directly.
_FIRST_FORM: Final = ("chain", "number", "at", "actor_kind", *_ACTOR, "kind", "data", "public")


@dataclass(frozen=True)
class BrokenLink:
    """A place where the history does not hold: a changed, missing, added or moved row."""

    chain: str
    number: int
    found: str


def seal(previous: str, link: Mapping[str, Any]) -> dict[str, Any]:
    """The link with its salt, the digest of its body, and its hash after `previous`."""
    salted = {**link, "salt": secrets.token_hex(16)}
    salted["body"] = body_digest(salted)
    return {**salted, "hash": digest(previous, salted)}


def body_digest(link: Mapping[str, Any]) -> str:
    """SHA-256 over the salt and what may be removed one day: the data, and the name of a citizen."""
    covered = {"data": link["data"]}
    if is_private(link):
        covered |= {name: link[name] for name in _ACTOR}
    return _sha256(f"{link['salt']}\n{_canonical(covered)}")


def is_private(link: Mapping[str, Any]) -> bool:
    """Whether the actor's name may be removed one day. An official answers for an official act for good."""
    return bool(link["actor_kind"] == ActorKind.CITIZEN)


def digest(previous: str, link: Mapping[str, Any]) -> str:
    """SHA-256 over the digest before and the row in canonical JSON (sorted keys, no spaces, UTC instants)."""
    if link.get("body") is None:
        names: tuple[str, ...] = _FIRST_FORM
    else:
        names = _KEPT if is_private(link) else _KEPT + _ACTOR
    covered = {name: link[name] for name in names}
    covered["at"] = _instant(link["at"])
    return _sha256(f"{previous}\n{_canonical(covered)}")


def _instant(at: datetime | str) -> str:
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass
class ChainWalk:
    """Goes along one chain, link by link, and names what does not hold. Keeps nothing but where it stands."""

    chain: str
    number: int = 0
    hash: str = GENESIS
    cleared: int = 0  # links whose personal data were removed
    _emptied: int = field(default=0, repr=False)  # the last of them
    _allowed: int = field(default=0, repr=False)  # up to which link an event says so

    def step(self, row: Mapping[str, Any]) -> Iterator[BrokenLink]:
        """Take the next row of the chain."""
        number = int(row["number"])
        if number != self.number + 1:
            yield BrokenLink(self.chain, self.number + 1, f"{self.number + 1} → {number}")
        if not self._holds(row):
            yield BrokenLink(self.chain, number, str(row["kind"]))
        if row["kind"] == CLEARED and row.get("cleared_at") is None:
            self._allowed = max(self._allowed, min(int(row["data"].get("up_to", 0)), number - 1))
        self.number, self.hash = number, str(row["hash"])

    def _holds(self, row: Mapping[str, Any]) -> bool:
        if row.get("cleared_at") is not None:
            self.cleared += 1
            self._emptied = int(row["number"])
            # The first form cannot be computed without its data; it is held by the link after it.
            return bool(not row["data"] and (row.get("body") is None or digest(self.hash, row) == row["hash"]))
        if row.get("body") is not None and body_digest(row) != row["body"]:
            return False
        return digest(self.hash, row) == str(row["hash"])

    def end(self, *, partial: bool = False) -> Iterator[BrokenLink]:
        """After the last row: were data removed that no event of the chain speaks of? Asked of whole chains only."""
        if self._emptied > self._allowed and not partial:
            yield BrokenLink(self.chain, self._emptied, "cleared without a record")
