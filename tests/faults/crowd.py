"""People at their browsers: citizens send, officials decide. They click twice, and try again when no answer comes."""

from __future__ import annotations

import json
import queue
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from faults.pages import Portal

_PAUSE_S = 0.05
_PATIENCE_S = 120.0
_TWICE = 0.05  # so many clicks are double clicks


@dataclass
class Ledger:
    """What people were told was done. The storm's end compares it with the record."""

    sent: dict[str, str] = field(default_factory=dict)  # dossier → code
    completed: dict[tuple[str, str], str] = field(default_factory=dict)  # (dossier, element) → what was written
    successes: list[tuple[float, float]] = field(default_factory=list)  # first try and answer of each step
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, what: str) -> None:
        with self.lock:
            self.counts[what] += 1

    def complain(self, what: str) -> None:
        with self.lock:
            self.wrong.append(what)


class Browser:
    """One person's way to the web processes; None means that no answer came."""

    def __init__(self, port: int, ledger: Ledger, portal: Portal | None = None) -> None:
        """`portal`: where given, citizens send and officials decide at the pages themselves."""
        self._port = port
        self._ledger = ledger
        self._portal = portal

    def once(self, wish: Mapping[str, Any]) -> dict[str, Any] | None:
        at_the_pages = self._portal is not None and wish["do"] in ("send", "complete")
        said = self._portal.do(wish) if self._portal is not None and at_the_pages else self._at_the_clerk(wish)
        if said is None:
            self._ledger.note("no answer")
            return None
        if "again" in said:
            self._ledger.note("said try again")
            return None
        if "broken" in said:
            self._ledger.complain(f"{wish['do']}: {said['broken']}")
        return said

    def _at_the_clerk(self, wish: Mapping[str, Any]) -> dict[str, Any] | None:
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=5) as line:
                line.settimeout(30)
                line.sendall(json.dumps(wish).encode() + b"\n")
                answer = line.makefile("rb").readline()
        except OSError:
            return None
        return dict(json.loads(answer)) if answer.endswith(b"\n") else None

    def until_answered(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        """Press again until somebody answers."""
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            said = self.once(wish)
            if said is not None and "broken" not in said:
                return said
            time.sleep(_PAUSE_S)
        self._ledger.complain(f"nobody answered for {_PATIENCE_S:.0f} s: {wish['do']}")
        return {}


class Crowd:
    """Threads of citizens and officials over one list of drafts."""

    def __init__(self, port: int, portal: Portal, drafts: list[str], seed: int, most_open: int, minutes: float) -> None:
        self.ledger = Ledger()
        self.over = threading.Event()
        self._browser = Browser(port, self.ledger, portal)
        self._drafts = list(reversed(drafts))
        self._total = len(drafts)
        self._most_open = most_open
        self._desk: queue.Queue[tuple[str, str, str]] = queue.Queue()
        self._seed = seed
        self._closes_at = time.monotonic() + 60 * minutes
        self._at_work = 0  # citizens who have pressed and wait for their answer
        self._threads: list[threading.Thread] = []

    def start(self, citizens: int, officials: int) -> None:
        for number in range(citizens + officials):
            chance = random.Random(self._seed * 1000 + number)
            act = self._be_citizen if number < citizens else self._be_official
            self._threads.append(threading.Thread(target=act, args=(chance, number % 2), daemon=True))
        self._threads.append(threading.Thread(target=self._share_out, daemon=True))
        for thread in self._threads:
            thread.start()

    @property
    def progress(self) -> float:
        """0 to 1: how much of what people have to do is done."""
        return (len(self.ledger.sent) + len(self.ledger.completed)) / (4 * self._total)

    @property
    def is_done(self) -> bool:
        """Whether everything that was sent has been decided, and nobody sends any more."""
        nobody_sends = not self._drafts or time.monotonic() > self._closes_at
        return nobody_sends and self._at_work == 0 and len(self.ledger.completed) == 3 * len(self.ledger.sent)

    def _be_citizen(self, chance: random.Random, number: int) -> None:
        while not self.over.is_set():
            if len(self.ledger.sent) - self.ledger.counts["approved"] > self._most_open:
                time.sleep(0.2)
                continue
            with self.ledger.lock:
                if not self._drafts or time.monotonic() > self._closes_at:
                    return
                dossier_id = self._drafts.pop()
                self._at_work += 1
            self._send(chance, dossier_id)
            with self.ledger.lock:
                self._at_work -= 1

    def _send(self, chance: random.Random, dossier_id: str) -> None:
        began = time.time()
        wish = {"do": "send", "dossier": dossier_id, "key": f"key-{dossier_id}"}
        if chance.random() < _TWICE:
            threading.Thread(target=self._browser.once, args=(wish,), daemon=True).start()
            self.ledger.note("double clicks")
        said = self._browser.until_answered(wish)
        if "done" not in said:
            self.ledger.complain(f"not sent: {said}")
            return
        with self.ledger.lock:
            self.ledger.sent[dossier_id] = said["done"]
            self.ledger.successes.append((began, time.time()))

    def _share_out(self) -> None:
        """One looks at the office's queue for all, as a busy desk does; what nobody has in hand is handed out."""
        known: set[str] = set()
        while not self.over.is_set() and not self.is_done:
            rows = self._browser.once({"do": "queue", "most": 2 * self._most_open})
            for task_id, dossier_id, element in (rows or {}).get("done", []):
                if task_id not in known:
                    known.add(task_id)
                    self._desk.put((task_id, dossier_id, element))
            time.sleep(0.4)

    def _be_official(self, chance: random.Random, number: int) -> None:
        while not self.over.is_set() and not self.is_done:
            try:
                task_id, dossier_id, element = self._desk.get(timeout=0.5)
            except queue.Empty:
                continue
            self._complete(chance, number, task_id, dossier_id, element)

    def _complete(self, chance: random.Random, official: int, task_id: str, dossier_id: str, element: str) -> None:
        """Decide; in doubt look whether it is one's own word that stands there."""
        began, nonce = time.time(), f"n-{chance.getrandbits(64):016x}"
        wish = {"do": "complete", "task": task_id, "element": element, "nonce": nonce, "official": official}
        if chance.random() < _TWICE:
            rival = {**wish, "nonce": f"rival-{nonce}", "official": 1 - official}
            threading.Thread(target=self._browser.once, args=(rival,), daemon=True).start()
            self.ledger.note("rivals")
        while not self.over.is_set():
            said = self._browser.until_answered(wish)
            stands = self._browser.until_answered({"do": "look", "task": task_id}) if "done" not in said else None
            if stands is None or (stands.get("done") or {}).get("state") == "completed":
                break
            self.ledger.note("looked and tried again")
            time.sleep(_PAUSE_S)
        written = nonce if stands is None else next(iter(stands["done"]["outputs"].values()))
        if stands is not None:
            self.ledger.note("done, but not told" if written == nonce else "lost to a rival")
            if not all(said.get("sentence", ("",))):
                self.ledger.complain(f"no sentence: {said}")
        with self.ledger.lock:
            self.ledger.completed[dossier_id, element] = written
            self.ledger.counts["approved"] += element == "approve"
            self.ledger.successes.append((began, time.time()))
