"""Imports stand at the top, and some things are imported nowhere."""

from __future__ import annotations

import ast

# The roof is opened by name where a lower floor starts it; a library that may be missing is looked for by name;
# a connector is found by its folder in the one list; Alembic and the PDF library are loaded when they are needed, so
# that a worker is soon back after a crash.
BY_NAME = (
    "engine/cli",
    "engine/jobs/",
    "rules/inference",
    "connectors/folders.py",
    "connectors/kits.py",
    "engine/store/connection/database.py",
    "engine/papers/render.py",
)
# The judged door and its address check; a worker that signs its jobs with the machine's name; the start, which asks
# whether a port of this machine is free.
NET_DOORS = (
    "connectors/http.py",
    "connectors/address.py",
    "engine/jobs/job_runner.py",
    "engine/cli/serving/ports.py",
    "admin_ui/serving/web_worker.py",
)
NET = {"urllib.request", "http.client", "socket", "smtplib", "ftplib", "telnetlib", "ssl"}
NEVER = {"pickle", "marshal", "shelve", "imp", "code", "xml.etree.ElementTree", "xml.dom.minidom", "xml.sax"}
RUNS_TEXT = {"eval", "exec", "compile", "__import__"}


def imported(tree):
    """(line, dotted name) of every import, `from a import b` as both a and a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def inner_imports(sources):
    """An import inside a function is a sign of standing on the wrong floor."""
    found = []
    for source in sources:
        for function in ast.walk(source.tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                found += [
                    f"{source.path}:{node.lineno} import inside a function"
                    for node in ast.walk(function)
                    if isinstance(node, ast.Import | ast.ImportFrom)
                ]
    return found


def imports_by_name(sources):
    found = []
    for source in sources:
        if source.path.startswith((*BY_NAME, "tests/")):
            continue
        names = {"import_module", "import_string", "__import__"}
        for node in ast.walk(source.tree):
            name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
            if name in names:
                found.append(f"{source.path}:{node.lineno} {name}")
    return found


def forbidden_imports(sources):
    found = []
    for source in sources:
        sandbox = source.path.startswith("connectors/") and "/sandbox/" in source.path
        for line, name in imported(source.tree):
            if name in NEVER or (name in NET and source.path not in NET_DOORS and not sandbox):
                found.append(f"{source.path}:{line} {name}")
    return found


def running_text(sources):
    """Python from models, tables or people is never run: the bare built-ins are called nowhere (re.compile is fine)."""
    found = []
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RUNS_TEXT:
                found.append(f"{source.path}:{node.lineno} {node.func.id}()")
    return found


def test_imports_stand_at_the_top(all_python):
    assert inner_imports(all_python) == []


def test_nothing_is_imported_by_name_except_at_the_named_places(product):
    assert imports_by_name(product) == []


def test_the_network_has_one_door_and_unsafe_readers_none(product):
    assert forbidden_imports(product) == []


def test_no_text_is_run_as_python(product):
    assert running_text(product) == []


def test_bad_imports_are_seen(bad):
    assert inner_imports(bad("rules/x.py", "def f():\n    import json\n    return json\n"))
    assert imports_by_name(bad("engine/domain/x.py", "import importlib\nimportlib.import_module('flask')\n"))
    assert forbidden_imports(bad("engine/x.py", "from urllib import request\n"))
    assert forbidden_imports(bad("rules/x.py", "import pickle\n"))
    assert forbidden_imports(bad("connectors/sms/sandbox/x.py", "import socket\n")) == []


def test_run_text_is_seen(bad):
    assert running_text(bad("rules/x.py", "eval('1')\n")) == ["rules/x.py:1 eval()"]
    assert running_text(bad("rules/x.py", "import re\nre.compile('a')\n")) == []
