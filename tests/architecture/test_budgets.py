"""Small files, small functions: what cannot be read in one sitting is split before it lands."""

from __future__ import annotations

import ast

FILE_LINES = 300
FUNCTION_LINES = 40
NO_BUDGET = ("engine/store/migrations/",)  # a migration tells one change of the record, however long it is


def too_long_files(named):
    """(path, text) pairs in, complaints out."""
    counted = ((path, len(text.splitlines())) for path, text in named if not path.startswith(NO_BUDGET))
    return [f"{path}: {lines} lines, at most {FILE_LINES}" for path, lines in counted if lines > FILE_LINES]


def body_lines(node):
    """Lines from `def` to the end, without the docstring: explaining is never the thing to save on."""
    lines = node.end_lineno - node.lineno + 1
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= first.end_lineno - first.lineno + 1
    return lines


def too_long_functions(sources):
    found = []
    for source in sources:
        if source.path.startswith((*NO_BUDGET, "tests/")):
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and body_lines(node) > FUNCTION_LINES:
                found.append(
                    f"{source.path}:{node.lineno} {node.name}: {body_lines(node)} lines, at most {FUNCTION_LINES}"
                )
    return found


def test_files_are_short(all_python):
    assert too_long_files((source.path, source.text) for source in all_python) == []


def test_scripts_and_styles_are_short(root):
    client = root / "admin_ui" / "client"
    paths = [*client.glob("*.js"), *(path for path in (client / "src").rglob("*") if path.suffix in {".js", ".scss"})]
    assert paths
    assert too_long_files((path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")) for path in paths) == []


def test_functions_are_short(all_python):
    assert too_long_functions(all_python) == []


def test_a_long_file_is_seen(bad):
    source = bad("engine/long.py", "x = 1\n" * 301)[0]
    assert too_long_files([(source.path, source.text)]) == ["engine/long.py: 301 lines, at most 300"]


def test_a_long_function_is_seen_and_its_docstring_is_free(bad):
    body = "    x = 1\n" * 40
    assert len(too_long_functions(bad("engine/long.py", f"def f():\n{body}"))) == 1
    docstring = '    """Tell."""\n'
    assert too_long_functions(bad("engine/fine.py", f"def f():\n{docstring}{body[:-10]}")) == []
