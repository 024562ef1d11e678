"""Every built-in and sign of the standard, right and wrong arguments alike; the values stand in `standard.yaml`."""

from pathlib import Path

import pytest
import yaml

from rules.feel import BUILTINS, compile_expression, from_feel

STANDARD = yaml.safe_load(Path(__file__).with_name("standard.yaml").read_text(encoding="utf-8"))
LINES = [(source, value) for chapter in STANDARD.values() for source, value in chapter]


@pytest.mark.parametrize(("source", "value"), LINES, ids=[source for source, _ in LINES])
def test_value(source, value):
    assert from_feel(compile_expression(source).evaluate({})) == value


def test_every_built_in_is_asked():
    asked = " ".join(source for source, _ in LINES)
    assert [name for name in BUILTINS if f"{name}(" not in asked] == ["today", "now"]  # they have tests of their own
