"""What strikes: kill -9, cut connections, restarts and flushes, at instants drawn from a seed."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass

from faults.office import Places
from faults.servers import Peers, PrivatePostgres, PrivateRedis, python_environment

_BETWEEN_S = (0.0, 0.25)


@dataclass(frozen=True)
class Strike:
    """One fault: its kind, when it struck and when what we broke ourselves stood again."""

    kind: str
    at: float
    until: float


class Nursery:
    """The parent of the web and worker processes, seen from outside: who lives, and who may be killed."""

    def __init__(self, places: Places, web: int, workers: int) -> None:
        command = [sys.executable, "-m", "faults.nursery", json.dumps(asdict(places)), str(web), str(workers)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=python_environment()
        )
        self._out = self._process.stdout
        assert self._out is not None
        self.port, self.pages_port = map(int, self._out.readline().split()[1:3])
        self.alive: dict[str, list[int]] = {"web": [], "worker": []}
        self.births: Counter[str] = Counter()
        self._lock = threading.Lock()
        threading.Thread(target=self._listen, daemon=True).start()

    def kill(self, role: str, chance: random.Random, *, all_of_them: bool = False) -> int:
        """kill -9 one of them, or all; gives how many were struck."""
        with self._lock:
            pids = list(self.alive[role])
            chance.shuffle(pids)
            struck = pids if all_of_them else pids[:1]
            self.alive[role] = [pid for pid in self.alive[role] if pid not in struck]
        for pid in struck:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return len(struck)

    def end(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _listen(self) -> None:
        assert self._out is not None
        for line in self._out:
            role, pid, _ = line.split()
            with self._lock:
                self.alive[role.decode()].append(int(pid))
                self.births[role.decode()] += 1


class Weather:
    """Strikes until so many processes were killed, spread over the work of the crowd."""

    def __init__(
        self,
        nursery: Nursery,
        peers: Peers,
        chance: random.Random,
        kills: int,
        postgres: PrivatePostgres | None,
        redis: PrivateRedis | None,
    ) -> None:
        self._nursery, self._peers, self._chance = nursery, peers, chance
        self._postgres, self._redis = postgres, redis
        self._wanted = kills
        self.kills = 0
        self.strikes: list[Strike] = []
        self.stopped = threading.Event()

    def rage(self, progress: Callable[[], float], is_over: Callable[[], bool]) -> None:
        """Keep pace with the work: at half of the work half of the kills are done."""
        kinds, weights = self._kinds()
        while not is_over() and not self.stopped.is_set():
            time.sleep(self._chance.uniform(*_BETWEEN_S))
            if self.kills > self._wanted * min(progress() * 1.1, 1.0):
                continue
            act = self._chance.choices(kinds, weights)[0]
            began = time.time()
            act()
            self.strikes.append(Strike(act.__name__.strip("_").replace("_", " "), began, time.time()))

    def _kinds(self) -> tuple[list[Callable[[], None]], list[float]]:
        kinds: dict[Callable[[], None], float] = {
            self._kill_web: 42,
            self._kill_worker: 42,
            self._kill_all_web: 2,
            self._kill_all_workers: 2,
            self._trouble_the_peers: 8,
        }
        if self._postgres is not None:
            kinds |= {self._cut_connections: 6, self._restart_postgresql: 0.8, self._crash_postgresql: 0.8}
        if self._redis is not None:
            kinds |= {self._flush_redis: 3, self._restart_redis: 1.5}
        return list(kinds), list(kinds.values())

    def _kill_web(self) -> None:
        self.kills += self._nursery.kill("web", self._chance)

    def _kill_worker(self) -> None:
        self.kills += self._nursery.kill("worker", self._chance)

    def _kill_all_web(self) -> None:
        self.kills += self._nursery.kill("web", self._chance, all_of_them=True)

    def _kill_all_workers(self) -> None:
        self.kills += self._nursery.kill("worker", self._chance, all_of_them=True)

    def _trouble_the_peers(self) -> None:
        """Lost replies at all three; the ones that can be asked are also busy, or blow up."""
        name = self._chance.choice(["sms", "post", "telegraph"])
        kinds = ["lost_reply", "slow"] if name == "telegraph" else ["lost_reply", "busy", "error", "slow"]
        wish: dict[str, object] = {
            "kind": self._chance.choice(kinds),
            "times": self._chance.randint(1, 3),
            "delay_s": 0.4,
        }
        with contextlib.suppress(OSError):
            self._peers.order(name, wish)

    def _cut_connections(self) -> None:
        assert self._postgres is not None
        with contextlib.suppress(subprocess.CalledProcessError):
            self._postgres.cut_connections()

    def _restart_postgresql(self) -> None:
        assert self._postgres is not None
        self._postgres.stop("fast")
        self._postgres.start()

    def _crash_postgresql(self) -> None:
        assert self._postgres is not None
        self._postgres.stop("immediate")
        self._postgres.start()

    def _flush_redis(self) -> None:
        assert self._redis is not None
        with contextlib.suppress(OSError):
            self._redis.flush()

    def _restart_redis(self) -> None:
        assert self._redis is not None
        self._redis.kill()
        self._redis.start()
