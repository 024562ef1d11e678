"""Every exception from a check says why, on its own line; nothing half-done is left lying about."""

from __future__ import annotations

import io
import re
import tokenize
import tomllib

EXCEPTION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:|nosec|ruff:\s*noqa)", re.IGNORECASE)
# The code in the form of its tool, then at least two words of reason.
GIVEN = re.compile(
    r"#\s*(?:(?:ruff:\s*)?noqa:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*"
    r"|type:\s*ignore\[[\w-]+(?:,\s*[\w-]+)*\]|pragma:\s*no cover)"
    r"\s*(?:#|-|–|:)?\s*[^\W\d_]\S*\s+\S+"
)
HALF_DONE = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")


def comments(text):
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def unexplained(sources):
    return [
        f"{source.path}:{line} {comment}"
        for source in sources
        for line, comment in comments(source.text)
        if EXCEPTION.search(comment) and not GIVEN.search(comment)
    ]


def half_done(sources):
    marked = [
        f"{source.path}:{line} {comment}"
        for source in sources
        for line, comment in comments(source.text)
        if HALF_DONE.search(comment)
    ]
    raised = [
        source.path for source in sources if re.search(r"^\s*raise NotImplementedError", source.text, re.MULTILINE)
    ]
    return marked + raised


def unexplained_settings(text):
    """Lines of ruff's exception lists that carry no comment."""
    found, inside = [], False
    for line in text.splitlines():
        if line.startswith(("ignore = [", "[tool.ruff.lint.per-file-ignores]")):
            inside = True
        elif line.startswith(("]", "[")):
            inside = False
        elif inside and line.strip() and not line.lstrip().startswith("#") and " # " not in line:
            found.append(line.strip())
    return found


def test_every_exception_says_why(all_python):
    assert unexplained(all_python) == []


def test_nothing_is_half_done(all_python):
    assert half_done(all_python) == []


def test_the_settings_say_why(root):
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["tool"]["ruff"]["lint"]["ignore"]
    assert unexplained_settings(text) == []


def test_a_bare_exception_is_seen(bad):
    mark = "# no" + "qa: S101"
    assert unexplained(bad("rules/x.py", f"x = 1  {mark}\n"))
    assert unexplained(bad("rules/x.py", f"x = 1  {mark} - compared, not bound\n")) == []
    ignore = "# type: ig" + "nore[misc]"
    assert unexplained(bad("rules/x.py", f"x = 1  {ignore}\n"))
    assert unexplained(bad("rules/x.py", f"x = 1  {ignore}  # the library has no types\n")) == []
    assert unexplained_settings('ignore = [\n    "D105",\n]\n') == ['"D105",']


def test_half_done_work_is_seen(bad):
    assert half_done(bad("rules/x.py", "# TO" + "DO later\n"))
    assert half_done(bad("rules/x.py", "def f():\n    raise NotImplementedError\n"))
