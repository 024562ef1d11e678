"""The changes are those a hand would make, and each says where it stands."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mutation.mutants import mutants_of
from mutation.run import ASKED, Copy, guarding, modules

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


def test_every_module_has_tests_and_some_are_its_own():
    every = modules("")
    assert all(one.startswith(ASKED) for one in every)
    assert not [one for one in every if not guarding(one)]
    assert guarding("engine/domain/deadlines/deadline.py")[0] == "tests/engine/domain/deadlines/test_deadline.py"
    assert guarding("rules/fees/legal_day.py")[:2] == ["tests/rules/fees/test_legal_day.py", "tests/rules/fees"]


def test_a_mutant_that_breaks_a_promise_is_killed_and_the_copy_is_whole_again(tmp_path: Path):
    copy = Copy(tmp_path)
    path = "engine/domain/procedures/retention.py"
    mutant = next(
        one for one in mutants_of(copy.root, path) if one.before == "1" and "- 1 - months" in line_of(copy, one)
    )
    before = (copy.root / path).read_bytes()
    assert copy.outcome(mutant, 120) == "killed"
    assert (copy.root / path).read_bytes() == before


def line_of(copy: Copy, mutant) -> str:
    return (copy.root / mutant.path).read_text(encoding="utf-8").splitlines()[mutant.line - 1]
