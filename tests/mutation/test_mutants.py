"""The changes are those a hand would make, and each says where it stands."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mutation.covering import Covering, statement_of
from mutation.mutants import Mutant, mutants_of
from mutation.run import ASKED, Copy, modules

SAMPLE = '''"""Thời hạn."""
LIMIT: int = 3


def late(used: int, left: int, ended: bool) -> "Text":
    """Đã hết."""
    if used > left and not ended:
        raise ValueError(f"quá hạn {used}")
    tell("Hồ sơ của bà Lê Thị Bưởi", left - 1)
    return used
'''


def changes(tmp_path: Path) -> list[str]:
    (tmp_path / "late.py").write_text(SAMPLE, encoding="utf-8")
    return [" ".join(one.after.split()) for one in mutants_of(tmp_path, "late.py")]


@pytest.mark.parametrize(
    "wanted",
    [
        "(used >= left)", "(used > left or not ended)", "(used > left)", "(not ended)", "(ended)", "4", "(left + 1)",
        "2", "pass", "return",
    ],
)  # fmt: skip
def test_what_a_tired_hand_would_do_is_among_them(tmp_path: Path, wanted: str):
    assert wanted in changes(tmp_path)


def test_guards_are_taken_away_and_shut(tmp_path: Path):
    assert {"False", "True"} <= set(changes(tmp_path))


def test_words_and_annotations_stay_and_the_rest_of_the_text_with_them(tmp_path: Path):
    changes(tmp_path)
    source = SAMPLE.encode()
    for one in mutants_of(tmp_path, "late.py"):
        changed = one.applied(source).decode()
        assert '"""Đã hết."""' in changed
        assert 'left: int, ended: bool) -> "Text":' in changed
        assert changed.encode()[: one.start] == source[: one.start]
        assert SAMPLE.splitlines()[one.line - 1].strip()


RETENTION = "engine/domain/procedures/retention.py"
NEAR = "tests/engine/domain/procedures/test_retention.py"
FAR = "tests/engine/actions/test_extract_journey.py"


def test_every_module_that_is_asked_about_is_found():
    every = modules("")
    assert all(one.startswith(ASKED) for one in every)
    assert RETENTION in every


def test_the_tests_of_a_line_come_nearest_first_then_the_quickest():
    ran = frozenset({f"{FAR}::test_quick", f"{NEAR}::test_slow", f"{NEAR}::test_quick"})
    seconds = {f"{FAR}::test_quick": 0.01, f"{NEAR}::test_slow": 2.0, f"{NEAR}::test_quick": 1.0}
    covering = Covering({RETENTION: {7: ran, 9: frozenset()}}, seconds)
    nearest_first = [f"{NEAR}::test_quick", f"{NEAR}::test_slow", f"{FAR}::test_quick"]
    assert covering.tests_of(RETENTION, range(7, 8)) == nearest_first
    assert covering.tests_of(RETENTION, range(9, 10)) == nearest_first, "a line read at import stands for all"
    assert covering.tests_of(RETENTION, range(8, 9)) == []
    assert covering.tests_of("engine/domain/clock.py", range(1, 2)) == []


def test_the_statement_around_a_change_is_its_lines_without_the_body_of_another():
    source = b"if (\n    a\n    and b\n):\n    tell(\n        c,\n        1,\n    )\n"
    assert statement_of(source, 3, 3) == range(1, 5)
    assert statement_of(source, 7, 7) == range(5, 9)


def test_a_mutant_that_breaks_a_promise_is_killed_and_the_copy_is_whole_again(tmp_path: Path):
    root = Path(__file__).resolve().parents[2]
    mutant = next(
        one for one in mutants_of(root, RETENTION) if one.before == "1" and "- 1 - months" in line_of(root, one)
    )
    tests = frozenset({f"{NEAR}::test_whole_months_never_one_too_few[12-2028-02-29 09:00-2027-02-28 09:00]"})
    copy = Copy(tmp_path, Covering({RETENTION: {mutant.line: tests}}, {}))
    try:
        before = (copy.root / RETENTION).read_bytes()
        assert copy.outcome(mutant, 60) == "killed"
        assert (copy.root / RETENTION).read_bytes() == before
        harmless = Mutant(RETENTION, mutant.line, mutant.start, mutant.end, "1", "(2 - 1)")
        assert copy.outcome(harmless, 60) == "survived"
        assert copy.outcome(Mutant(RETENTION, 1, 0, 0, "", " "), 60) == "unseen"
    finally:
        copy.close()


def line_of(root: Path, mutant: Mutant) -> str:
    return (root / mutant.path).read_text(encoding="utf-8").splitlines()[mutant.line - 1]
