"""Coverage-guided fuzzing of everything the rules read. A script, not a test: it needs atheris and minutes.

    .venv/bin/python tests/rules/fuzz/run.py [feel|unary|dmn|yaml …] [--seconds 60]

Whatever is written, only our own errors may come out, with a sentence in both languages, within ten seconds and one
gigabyte. The first input that breaks this is kept in the folder named at the end, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import html
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit(
        "atheris is not here: python3 -m pip --python .venv/bin/python install atheris==3.0.0"
        " (needs clang's runtime; Linux, Python ≤ 3.13)"
    )

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["rules"]):
    from rules.dmn import compile_dmn, decide_all, read_dmn, write_dmn
    from rules.errors import RulesError
    from rules.feel import BUILTINS, Limits, compile_expression, compile_unary_tests, from_feel
    from rules.fees import verify_schedule
    from rules.fees.reading.schedule import build_schedule, read_files
    from rules.tables import verify_table
    from rules.tables.yaml_table import table_from
    from rules.yaml_reader import read_yaml

PROCESSES = ROOT / "processes"
TCK = ROOT.parent / "shared" / "tck"
CONTEXT = {"a": 1, "hồ sơ": {"phí": 3, "tên": "Nguyễn Văn A"}, "số bản sao": [1, 2, 3]}
TIGHT = Limits(steps=20_000, seconds=1.0)
SCRATCH = Path(tempfile.mkdtemp(prefix="motcua-fuzz-"))
SHARED_FILES = read_files(PROCESSES)[0]
FEEL_SEEDS = (
    "if a > 1 then hồ sơ.phí * 0.7 else null",
    "for i in 1..3, j in số bản sao return {x: i ** j, y: function(z) z + x}",
    "some x in số bản sao satisfies x in [1..2)",
    '@"2026-01-31" + @"P1M" < date and time("2026-01-31T10:00:00@Asia/Ho_Chi_Minh")',
    'replace("abc", "(b)", "[$1]", "i") instance of string',
    '{a: 1, "b c": [1, 2][item > 1]}.b c',
    "function(a: number, b: list<string>) external {java: {}}",
    "sort(số bản sao, function(x, y) x > y)[1] between 1 and 2",
)
UNARY_SEEDS = ("-", "not(1, 2)", ">= 1, < 0, [1..3]", '"a", ? != null and a = 1', '< @"2026-01-31"', "]1..a[", "null")
DMN_HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="n" namespace="n" id="n">'


def feel(data: bytes) -> None:
    """An expression in an expression field."""
    source = data.decode("utf-8", "ignore")
    from_feel(compile_expression(source, names=tuple(CONTEXT)).evaluate(CONTEXT, limits=TIGHT))


def unary(data: bytes) -> None:
    """A cell of a decision table."""
    tests = compile_unary_tests(data.decode("utf-8", "ignore"), names=tuple(CONTEXT))
    for value in (None, 1, "a", [1], {"a": 1}, True):
        tests.test(value, CONTEXT, limits=TIGHT)


def dmn(data: bytes) -> None:
    """A model that is imported: read, written, read again, decided."""
    definitions = read_dmn(data)
    read_dmn(write_dmn(definitions))
    decide_all(compile_dmn(data), CONTEXT, limits=TIGHT)


def yaml(data: bytes) -> None:
    """A fee file beside the shipped ones, or a decision table: read and verified."""
    path = SCRATCH / "fees.yaml"
    path.write_bytes(data)
    node = read_yaml(path)
    for judge in (
        lambda: verify_schedule(build_schedule(SHARED_FILES, [node], guard=False)),
        lambda: verify_table(table_from(node)),
    ):
        quietly(lambda _, judge=judge: judge(), b"")


def quietly(target: Callable[[bytes], object], data: bytes) -> None:
    """Errors of ours are answers, if they speak."""
    refusal = None
    try:
        target(data)
    except RulesError as error:
        refusal = error
    if refusal is not None and not (refusal.message_vi and refusal.message_en):
        raise AssertionError("a refusal without a sentence")


def files(folder: Path, pattern: str, limit: int = 150) -> Iterable[bytes]:
    """Real files to start from."""
    return [path.read_bytes() for path in sorted(folder.rglob(pattern))[:limit] if path.stat().st_size < 20_000]


def texts(tag: str) -> Iterable[bytes]:
    """Expressions out of the kit's models, where the kit is beside the project."""
    found = (one for data in files(TCK, "*.dmn") for one in re.findall(rb"<(?:\w+:)?text>([^<]+)<", data))
    entries = {html.unescape(one.decode("utf-8", "ignore")).strip() for one in found}
    return [one.encode() for one in sorted(entries) if tag == "expression" or len(one) < 40]


SEEDS: dict[str, Callable[[], Iterable[bytes]]] = {
    "feel": lambda: [*(text.encode() for text in FEEL_SEEDS), *texts("expression")],
    "unary": lambda: [*(text.encode() for text in UNARY_SEEDS), *texts("cell")],
    "dmn": lambda: [(DMN_HEAD + "</definitions>").encode(), *files(TCK, "*.dmn")],
    "yaml": lambda: files(PROCESSES, "fees.yaml"),
}
TARGETS = {"feel": feel, "unary": unary, "dmn": dmn, "yaml": yaml}
WORDS = (
    *sorted(BUILTINS),
    *[
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "function",
        "external",
        "instance",
        "of",
        "between",
        "and",
        "or",
        "not",
        "null",
    ],
    *CONTEXT,
    *("..", "**", "!=", '@"', "item", "partial", "?", "date and time(", "Asia/Ho_Chi_Minh", "[*]"),
    *("<decision", "<decisionTable hitPolicy=", "<literalExpression>", "<text>", "<context>", "<invocation>", "<list>"),
    *("valid_from: ", "charges: [", "tariff: ", "required", "authority: ", "&a ", "*a", "!!python/object:"),
)


def one(name: str, seconds: int, kept: Path) -> int:
    """Fuzz one target in a process of its own; libFuzzer ends the process, not us."""
    corpus = Path(tempfile.mkdtemp(prefix=f"motcua-fuzz-{name}-"))
    for number, seed in enumerate(SEEDS[name]()):
        (corpus / f"seed-{number:04}").write_bytes(seed)
    words = corpus.with_suffix(".dict")
    words.write_text("".join(f'"{quoted(word)}"\n' for word in WORDS), encoding="ascii")
    flags = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=1024", f"-dict={words}"]
    flags += ["-max_len=8192", "-len_control=10", f"-artifact_prefix={kept}/{name}-", "-print_final_stats=1"]
    command = [sys.executable, __file__, "--inside", name, *flags, str(corpus)]
    return subprocess.run(command, check=False, cwd=ROOT).returncode


def quoted(word: str) -> str:
    """As libFuzzer reads a dictionary."""
    return "".join(chr(byte) if 32 < byte < 127 and byte not in b'"\\' else f"\\x{byte:02X}" for byte in word.encode())


def main() -> int:
    """Fuzz the targets one after the other."""
    if sys.argv[1:2] == ["--inside"]:
        target = TARGETS[sys.argv[2]]
        atheris.Setup([sys.argv[0], *sys.argv[3:]], lambda data: quietly(target, data))
        atheris.Fuzz()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="target", choices=[[], *TARGETS], default=[])
    parser.add_argument("--seconds", type=int, default=60)
    args = parser.parse_args()
    kept = Path(tempfile.mkdtemp(prefix="motcua-fuzz-kept-"))
    broken = [name for name in args.targets or TARGETS if one(name, args.seconds, kept)]
    said = f"broken: {', '.join(broken)}; inputs in {kept}" if broken else "nothing broke"
    sys.stdout.write(f"{said}\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
