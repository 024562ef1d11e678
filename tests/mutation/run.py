"""Which small wrong changes would no test notice? A script that takes hours, not a test.

    ./motcua test long mutation [--sample 1000] [--seed 1] [--seconds 180] [--workers 2] [--only PATH] [--report]

Every mutant runs in a copy of the project against the tests that stand for its module, on SQLite, and is killed,
survives, or runs out of time. Out of time is not killed: on a busy machine the tests may only have been slow, so it is
listed, and asked again by the next run (with more `--seconds`). What is known is kept in `var/mutation.jsonl`: broken
off, the next run goes on; a mutant whose text has changed since is asked again. The exit code is 1 below 90 % killed.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import random
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from mutation.mutants import Mutant, mutants_of  # noqa: E402 - the script stands outside every package

KEPT = ROOT / "var" / "mutation.jsonl"
ASKED = ("engine/actions", "engine/domain", "rules/fees")
ENOUGH = 0.9
LEFT_HERE = (".venv", ".git", ".tools", "node_modules", "var", ".*_cache", ".hypothesis", "__pycache__")
JOURNEYS = ("tests/engine/actions/test_extract_journey.py", "tests/engine/actions/test_business_journey.py")


def tell(line: str) -> None:
    """One line on the terminal, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def modules(only: str) -> list[str]:
    """The modules that are asked about, by name."""
    found = [path for place in ASKED for path in (ROOT / place).rglob("*.py") if path.name != "__init__.py"]
    names = sorted(path.relative_to(ROOT).as_posix() for path in found)
    return [name for name in names if name.startswith(only)]


def guarding(module: str) -> list[str]:
    """The tests that stand for a module, the nearest first: its own, its package's, its floor's, the journeys."""
    parts = Path(module).with_suffix("").parts
    own = Path("tests", *parts[:-1], f"test_{parts[-1]}.py")
    nearest = [own, *(Path("tests", *parts[:depth]) for depth in range(len(parts) - 1, 1, -1))]
    if parts[0] == "rules":
        return _here([*nearest, Path("tests/procedures/fees")])
    floor = Path("tests", *parts[:2])
    return _here([*(one for one in nearest if one != floor or parts[1] == "domain"), *map(Path, JOURNEYS)])


def _here(wanted: Sequence[Path]) -> list[str]:
    return list(dict.fromkeys(path.as_posix() for path in wanted if (ROOT / path).exists()))


def drawn(only: str, size: int, seed: int) -> list[Mutant]:
    """The sample: the same for the same text, seed and size."""
    every = [mutant for module in modules(only) for mutant in mutants_of(ROOT, module)]
    picked = random.Random(seed).sample(every, min(size, len(every)))
    return sorted(picked, key=lambda mutant: (mutant.path, mutant.start))


def known() -> dict[str, dict[str, object]]:
    """What earlier runs found, by the key of the mutant."""
    lines = KEPT.read_text(encoding="utf-8").splitlines() if KEPT.exists() else []
    return {row["key"]: row for row in map(json.loads, lines)}


class Copy:
    """A copy of the project in which one mutant at a time lives."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "project"
        shutil.copytree(ROOT, self.root, ignore=shutil.ignore_patterns(*LEFT_HERE), symlinks=True)

    def outcome(self, mutant: Mutant, seconds: int) -> str:
        """`killed`, `timeout` or `survived`."""
        path = self.root / mutant.path
        source, told = path.read_bytes(), path.stat()
        path.write_bytes(mutant.applied(source))
        try:
            return self._judged(mutant, seconds)
        finally:
            path.write_bytes(source)
            os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))

    def _judged(self, mutant: Mutant, seconds: int) -> str:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider"]
        command += ["-k", "not postgresql", *guarding(mutant.path)]
        # No bytecode is written: two mutants of one length within a second would be taken for one another.
        env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "CI": ""}
        try:
            done = subprocess.run(command, cwd=self.root, env=env, capture_output=True, timeout=seconds, check=False)
        except subprocess.TimeoutExpired:
            return "timeout"
        return "survived" if done.returncode == 0 else "killed"


def judge(mutants: Sequence[Mutant], workers: int, seconds: int) -> None:
    """Ask about each mutant that is not known yet and write down at once what comes of it."""
    KEPT.parent.mkdir(exist_ok=True)
    found = known()
    waiting: queue.SimpleQueue[Mutant] = queue.SimpleQueue()
    for mutant in mutants:
        if found.get(mutant.key, {}).get("outcome") not in ("killed", "survived"):
            waiting.put(mutant)
    tell(f"{len(mutants)} mutants, {waiting.qsize()} not asked yet")
    pen = threading.Lock()

    def work() -> None:
        with tempfile.TemporaryDirectory(prefix="motcua-mutation-") as folder:
            copy = Copy(Path(folder))
            for mutant in _taken(waiting):
                outcome = copy.outcome(mutant, seconds)
                row = {"key": mutant.key, "outcome": outcome, "mutant": str(mutant)}
                with pen, KEPT.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
                    tell(f"{outcome:9} {mutant}")

    hands = [threading.Thread(target=work) for _ in range(min(workers, waiting.qsize()))]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()


def _taken(waiting: queue.SimpleQueue[Mutant]) -> Iterator[Mutant]:
    while True:
        try:
            yield waiting.get_nowait()
        except queue.Empty:
            return


def report(mutants: Sequence[Mutant]) -> float:
    """Print what was not killed; gives the share of the killed among those that were asked."""
    found = known()
    asked = [(mutant, str(found[mutant.key]["outcome"])) for mutant in mutants if mutant.key in found]
    for mutant, outcome in asked:
        if outcome != "killed":
            tell(f"{outcome:9} {mutant}")
    counts = Counter(outcome for _, outcome in asked)
    share = counts["killed"] / len(asked) if asked else 0.0
    tell(f"{len(asked)} of {len(mutants)} asked: {dict(counts)}, {share:.1%} killed")
    return share


def main() -> int:
    """Draw, ask, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=180, help="the most one mutant may take")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", default="", help="modules whose path begins so")
    parser.add_argument("--report", action="store_true", help="ask nothing, tell what is known")
    told = parser.parse_args()
    mutants = drawn(told.only, told.sample, told.seed)
    if not told.report:
        judge(mutants, told.workers, told.seconds)
    return 0 if report(mutants) >= ENOUGH else 1


if __name__ == "__main__":
    sys.exit(main())
