"""Which small wrong changes would no test notice? A script that takes hours, not a test.

    ./motcua test long mutation [--sample 1000] [--seed 1] [--seconds 30] [--workers 2] [--only PATH]
                                [--again survived] [--fresh] [--report]

First the tests run once under coverage: which of them run which line, and how long each takes (`var/mutation.json`;
`--fresh` looks anew). Then every mutant runs in a copy of the project against the tests that run its line, on SQLite,
its own first, then the quickest, as many as fit into `--seconds`; it is killed, survives, or runs out of time. Out of
time is not killed: on a busy machine the tests may only have been slow, so it is listed, and asked again by the next
run. What is known is kept in `var/mutation.jsonl`: broken off, the next run goes on; a mutant whose text has changed
since is asked again, with `--again survived` one that survived too. The exit code is 1 below 90 % killed.
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

from mutation.covering import Covering, look, statement_of  # noqa: E402 - the script stands outside every package
from mutation.mutants import Mutant, mutants_of  # noqa: E402 - the script stands outside every package

KEPT = ROOT / "var" / "mutation.jsonl"
ASKED = ("engine/actions", "engine/domain", "rules/fees")
ENOUGH = 0.9
LEFT_HERE = (".venv", ".git", ".tools", "node_modules", "var", ".*_cache", ".hypothesis", "__pycache__")
COVERED = ROOT / "var" / "mutation.json"
_FIRST_S = 4.0  # what the first few tests of a mutant may take together
_SLOWER = 4  # a machine may be as busy as this compared with the day the tests were timed


def tell(line: str) -> None:
    """One line on the terminal, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def modules(only: str) -> list[str]:
    """The modules that are asked about, by name."""
    found = [path for place in ASKED for path in (ROOT / place).rglob("*.py") if path.name != "__init__.py"]
    names = sorted(path.relative_to(ROOT).as_posix() for path in found)
    return [name for name in names if name.startswith(only)]


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
    """A copy of the project in which one mutant at a time lives, and the process that runs tests in it."""

    def __init__(self, folder: Path, covering: Covering) -> None:
        self.root = folder / "project"
        self._covering = covering
        shutil.copytree(ROOT, self.root, ignore=shutil.ignore_patterns(*LEFT_HERE), symlinks=True)
        if (ROOT.parent / "shared").is_dir():
            (folder / "shared").symlink_to(ROOT.parent / "shared")
        own = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
        env = {**own, "CI": "", "TMPDIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
        # What nobody changed is compiled here once; no run writes bytecode: two mutants of one length within a second
        # would be taken for one another.
        subprocess.run(
            [sys.executable, "-m", "compileall", "-q", str(self.root)], stdout=subprocess.DEVNULL, check=False
        )
        command = [sys.executable, str(ROOT / "tests" / "mutation" / "forking.py"), str(self.root)]
        self._runner = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def close(self) -> None:
        """End the process."""
        assert self._runner.stdin is not None
        self._runner.stdin.close()
        self._runner.wait(timeout=60)

    def outcome(self, mutant: Mutant, seconds: float) -> str:
        """`killed`, `timeout`, `survived`, `unseen` when no test runs the line, `broken` when pytest could not run."""
        path = self.root / mutant.path
        source, told = path.read_bytes(), path.stat()
        last = mutant.line + mutant.before.count("\n")
        tests = self._covering.tests_of(mutant.path, statement_of(source, mutant.line, last))
        if not tests:
            return "unseen"
        path.write_bytes(mutant.applied(source))
        try:
            return self._judged(tests, seconds)
        finally:
            path.write_bytes(source)
            os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))

    def _judged(self, tests: Sequence[str], seconds: float) -> str:
        """First the few that most likely see it: most mutants die there. Then the others, as many as fit."""
        first, rest, sum_s = [], [], 0.0
        for test in tests:
            sum_s += self._covering.seconds.get(test, 1.0)
            if first and sum_s > seconds:
                break
            (rest if first and sum_s > _FIRST_S else first).append(test)
        outcome = self._run(first, seconds)
        return self._run(rest, seconds) if rest and outcome == "survived" else outcome

    def _run(self, tests: Sequence[str], seconds: float) -> str:
        took = sum(self._covering.seconds.get(test, 1.0) for test in tests)
        asked = {"tests": tests, "seconds": 20 + _SLOWER * min(took, seconds)}
        assert self._runner.stdin is not None
        assert self._runner.stdout is not None
        self._runner.stdin.write(json.dumps(asked) + "\n")
        self._runner.stdin.flush()
        return str(json.loads(self._runner.stdout.readline())["outcome"])


def judge(mutants: Sequence[Mutant], workers: int, seconds: float, again: str) -> None:
    """Ask about each mutant that is not known yet and write down at once what comes of it."""
    settled = {"killed", "survived", "unseen"} - {again}
    found = known()
    waiting: queue.SimpleQueue[Mutant] = queue.SimpleQueue()
    # In an order of chance: what a run that is broken off has asked is a sample, too.
    for mutant in random.Random(len(mutants)).sample(mutants, len(mutants)):
        if found.get(mutant.key, {}).get("outcome") not in settled:
            waiting.put(mutant)
    tell(f"{len(mutants)} mutants, {waiting.qsize()} to ask")
    covering = look(ROOT, COVERED, ASKED)
    pen = threading.Lock()

    def work() -> None:
        with tempfile.TemporaryDirectory(prefix="motcua-mutation-", ignore_cleanup_errors=True) as folder:
            copy = Copy(Path(folder), covering)
            for mutant in _taken(waiting):
                outcome = copy.outcome(mutant, seconds)
                row = {"key": mutant.key, "outcome": outcome, "mutant": str(mutant)}
                with pen, KEPT.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
                    tell(f"{outcome:9} {mutant}")
            copy.close()

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
    parser.add_argument("--seconds", type=float, default=30, help="how long the tests of one mutant may take together")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", default="", help="modules whose path begins so")
    parser.add_argument("--again", default="", choices=("survived", "unseen"), help="ask these once more")
    parser.add_argument("--fresh", action="store_true", help="look anew which tests run which line")
    parser.add_argument("--report", action="store_true", help="ask nothing, tell what is known")
    told = parser.parse_args()
    mutants = drawn(told.only, told.sample, told.seed)
    if not told.report:
        if told.fresh:
            COVERED.unlink(missing_ok=True)
        judge(mutants, told.workers, told.seconds, told.again)
    return 0 if report(mutants) >= ENOUGH else 1


if __name__ == "__main__":
    sys.exit(main())
