"""Which tests run which line of the asked modules, and how long each takes: seen once, kept in `var/mutation.json`."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData

# On SQLite, without a browser: what a fault costs there is found on every database.
CANDIDATES = (
    "tests/engine/domain",
    "tests/engine/papers",
    "tests/engine/actions",
    "tests/engine/queries",
    "tests/engine/jobs",
    "tests/engine/cli",
    "tests/engine/store",
    "tests/admin_ui",
    "tests/rules/fees",
    "tests/procedures",
)
SQLITE = ["-k", "not postgresql", "-m", "not browser and not redis and not postgres"]
QUIET = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider"]


@dataclass(frozen=True)
class Covering:
    """`lines`: module → line → tests that ran it; `seconds`: test → how long it took, its set-up included."""

    lines: Mapping[str, Mapping[int, frozenset[str]]]
    seconds: Mapping[str, float]

    def tests_of(self, path: str, wanted: range) -> list[str]:
        """The tests that run one of these lines: the module's own first, then one of each file in turn.

        Tests of one file see the same faults; who asks all of one file before the next learns little for the time.
        A line that runs when the module is imported stands for the whole module.
        """
        ran = self.lines.get(path, {})
        found = frozenset().union(*(ran.get(line, frozenset()) for line in wanted))
        if not found and set(wanted) & ran.keys():
            found = frozenset().union(*ran.values())
        parts = Path(path).with_suffix("").parts
        own = Path("tests", *parts[:-1], f"test_{parts[-1]}.py").as_posix()
        near = Path("tests", *parts[:-1]).as_posix()
        quickest: dict[str, float] = {}
        for test in found:
            file = test.split("::")[0]
            quickest[file] = min(self.seconds.get(test, 1.0), quickest.get(file, 1e9))

        turn: Counter[str] = Counter()
        ranked: list[tuple[tuple[int, int, bool, float], str]] = []
        for test in sorted(found, key=lambda one: self.seconds.get(one, 1.0)):
            file = test.split("::")[0]
            round_ = 0 if file == own else turn[file] + 1
            turn[file] += 1
            ranked.append(((round_, int(file != own), not file.startswith(near), quickest[file]), test))
        return [test for _, test in sorted(ranked)]


def statement_of(source: bytes, first: int, last: int) -> range:
    """The lines of the smallest statement around a change: a tracer sees some of them only."""
    best = range(first, last + 1)
    width = 10**9
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.stmt) and node.lineno <= first and (node.end_lineno or node.lineno) >= last:
            # Of a compound statement only its head is meant: the body has statements of its own.
            body = getattr(node, "body", None)
            end = body[0].lineno - 1 if isinstance(body, list) and body else node.end_lineno or node.lineno
            if end >= last and end - node.lineno < width:
                best, width = range(node.lineno, max(end, last) + 1), end - node.lineno
    return best


def look(root: Path, kept: Path, asked: Iterable[str]) -> Covering:
    """Read what is kept, or run the candidates once under coverage and keep it."""
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        _run(root, kept, tuple(asked))
    told = json.loads(kept.read_text(encoding="utf-8"))
    names = told["tests"]
    lines = {
        path: {int(line): frozenset(names[number] for number in tests) for line, tests in ran.items()}
        for path, ran in told["lines"].items()
    }
    return Covering(lines, told["seconds"])


def _run(root: Path, kept: Path, asked: tuple[str, ...]) -> None:
    with tempfile.TemporaryDirectory(prefix="motcua-covering-") as folder:
        times, data = Path(folder, "seconds.json"), Path(folder, "coverage")
        rc = Path(folder, "coveragerc")
        rc.write_text("\n".join(["[run]", f"data_file = {data}", "source =", *(f"    {one}" for one in asked)]) + "\n")
        env = {**os.environ, "MOTCUA_MUTATION_SECONDS": str(times), "COVERAGE_CORE": "ctrace", "CI": ""}
        env.pop("MOTCUA_TEST_POSTGRES_URL", None)
        env.pop("MOTCUA_TEST_REDIS_URL", None)
        command = [sys.executable, "-m", "pytest", *QUIET, *SQLITE, "-p", "mutation.seconds", "--cov"]
        command += [f"--cov-config={rc}", "--cov-context=test", "--cov-report=", *CANDIDATES]
        env["PYTHONPATH"] = os.pathsep.join([str(root), str(root / "tests")])
        done = subprocess.run(command, cwd=root, env=env, check=False)
        if done.returncode != 0:
            raise SystemExit("The tests fail without any change: mend them first.")
        seen = CoverageData(basename=str(data))
        seen.read()
        seconds = json.loads(times.read_text(encoding="utf-8"))
        number = {test: at for at, test in enumerate(seconds)}
        lines: dict[str, dict[str, list[int]]] = {}
        for file in seen.measured_files():
            path = Path(file).relative_to(root).as_posix()
            lines[path] = {
                str(line): sorted({number[one] for one in map(_test, contexts) if one in number})
                for line, contexts in seen.contexts_by_lineno(file).items()
            }
    told = {"tests": list(seconds), "seconds": seconds, "lines": lines}
    kept.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _test(context: str) -> str:
    """A context is `test|phase`."""
    return context.rpartition("|")[0]
