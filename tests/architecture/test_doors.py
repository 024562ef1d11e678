"""Transactions, the environment and the clock each have their doors; nobody climbs in through a window."""

from __future__ import annotations

import ast
import re

# Where a transaction may begin and end: the web's door and the hand it lends to routes, a job step, a command,
# and the command that brings the tables up to date.
TRANSACTION_DOORS = (
    "engine/store/connection/database.py",
    "engine/store/connection/migrate.py",
    "admin_ui/dispatch.py",
    "admin_ui/request_context.py",
    "engine/jobs/",
    "engine/cli",
    "engine/bench/",
)
TRANSACTION_WORDS = {"begin", "begin_nested", "commit", "rollback"}
MIGRATIONS = "engine/store/migrations/"  # Alembic's own frame opens the transaction of a migration
NO_DATABASE = ("engine/workflow/", "rules/")  # the floors keep the record out of reach here: their `begin` is another
ENVIRONMENT_DOOR = "engine/settings.py"
CLOCK_DOOR = "engine/domain/clock.py"
CLOCK_CALLS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("time", "time_ns"),
}
SANDBOX = re.compile(r"connectors/\w+/sandbox/")  # strangers' own servers with their own database


def calls(source):
    """(line, owner, method) of every call of the form owner.method(…)."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            yield node.lineno, name, node.func.attr


def open_transactions(sources):
    return [
        f"{source.path}:{line} .{method}("
        for source in sources
        if not source.path.startswith((*TRANSACTION_DOORS, *NO_DATABASE, MIGRATIONS)) and not SANDBOX.match(source.path)
        for line, _, method in calls(source)
        if method in TRANSACTION_WORDS
    ]


def environment_readers(sources):
    found = []
    for source in sources:
        if source.path == ENVIRONMENT_DOOR:
            continue
        for node in ast.walk(source.tree):
            owner = getattr(getattr(node, "value", None), "id", "")
            attribute = (
                isinstance(node, ast.Attribute) and owner == "os" and node.attr in {"environ", "getenv", "putenv"}
            )
            named = (
                isinstance(node, ast.ImportFrom)
                and node.module == "os"
                and {"environ", "getenv"} & {alias.name for alias in node.names}
            )
            if attribute or named:
                found.append(f"{source.path}:{node.lineno} the environment")
    return found


def clock_readers(sources):
    return [
        f"{source.path}:{line} {owner}.{method}()"
        for source in sources
        if source.path != CLOCK_DOOR
        for line, owner, method in calls(source)
        if (owner, method) in CLOCK_CALLS
    ]


def test_only_doors_open_a_transaction(product):
    assert open_transactions(product) == []


def test_only_the_settings_read_the_environment(product):
    assert environment_readers(product) == []


def test_only_the_clock_knows_what_time_it_is(product):
    assert clock_readers(product) == []


def test_a_window_is_seen(bad):
    assert open_transactions(bad("engine/actions/x.py", "def f(tx):\n    tx.commit()\n"))
    assert open_transactions(bad("engine/jobs/x.py", "def f(db):\n    db.begin()\n")) == []
    assert environment_readers(bad("rules/x.py", "import os\nos.environ['A']\n"))
    assert environment_readers(bad("rules/x.py", "from os import environ\n"))
    assert clock_readers(bad("engine/actions/x.py", "from datetime import datetime\ndatetime.now()\n"))
    assert clock_readers(bad("engine/actions/x.py", "import datetime\ndatetime.date.today()\n"))
    assert clock_readers(bad("engine/actions/x.py", "import time\ntime.time()\n"))
