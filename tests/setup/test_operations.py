"""Whoever runs the platform finds every setting in docs/operations.md, and nothing there that does not exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from connectors.folders import configs
from connectors.kits import SANDBOXES
from connectors.settings import Setting, declared
from connectors.storage import StorageConfig
from engine.store.schema import metadata

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = {"MOTCUA_INSTALLER", "MOTCUA_TEST_LONG", "MOTCUA_TEST_POSTGRES_URL", "MOTCUA_TEST_REDIS_URL"}


def settings_read(source: str) -> set[str]:
    """The variables that engine.settings asks its reader for: `read.text("HOST", …)` means MOTCUA_HOST."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    asked = (
        node for node in calls if isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "read"
    )
    return {f"MOTCUA_{node.args[0].value}" for node in asked if node.args and isinstance(node.args[0], ast.Constant)}


def connector_settings() -> list[Setting]:
    """Every setting a connector declares, each once, in the order of the list."""
    every = [StorageConfig, *configs()]
    return list({one.variable: one for config in every for one in declared(config)}.values())


def shown_default(one: Setting) -> str:
    if one.shown_default or one.required:
        return one.shown_default or "–"
    if isinstance(one.default, bool):
        return "`on`" if one.default else "`off`"
    return f"`{one.default}`" if one.default else "none"


def connector_table() -> str:
    """The part of the handbook that the connectors' declarations make."""
    rows = [
        (one.variable, shown_default(one), one.about.en + (" · *needed*" if one.required else ""))
        for one in connector_settings()
    ]
    rows += [
        (sandbox.variable, f"`{sandbox.port}`", f"the port of the sandbox “{sandbox.label.en}”")
        for sandbox in SANDBOXES.values()
    ]
    lines = [f"| `MOTCUA_{name}` | {default} | {about} |\n" for name, default, about in rows]
    return "| variable | default | meaning |\n|---|---|---|\n" + "".join(lines)


def all_settings() -> set[str]:
    """What the platform and its connectors read."""
    files = sorted((ROOT / "engine").glob("settings*.py"))
    read = set().union(*(settings_read(file.read_text(encoding="utf-8")) for file in files))
    variables = [one.variable for one in connector_settings()] + [one.variable for one in SANDBOXES.values()]
    return read | {f"MOTCUA_{name}" for name in variables}


def named(text: str) -> set[str]:
    return set(re.findall(r"`(MOTCUA_[A-Z0-9_]+)\b", text))


def test_every_setting_is_described():
    read = all_settings()
    described = named((ROOT / "docs" / "operations.md").read_text(encoding="utf-8"))
    assert len(read) > 40
    assert read - described == set()
    assert described - read - SCRIPT == set()


def test_the_connectors_settings_are_described_as_declared():
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert connector_table() in text, f"docs/operations.md wants this table:\n{connector_table()}"


def test_compose_sets_only_what_exists():
    read = all_settings()
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8") + (ROOT / "Dockerfile").read_text(encoding="utf-8")
    used = set(re.findall(r"\bMOTCUA_[A-Z0-9_]+\b", text))
    assert used
    assert used - read == set()


def test_a_forgotten_setting_is_seen():
    assert settings_read('read.text("HOST", "x")') == {"MOTCUA_HOST"}
    assert named("| `MOTCUA_HOST`, `MOTCUA_PORT` |") == {"MOTCUA_HOST", "MOTCUA_PORT"}


def test_every_table_has_its_rule_of_retention():
    """Nothing grows for ever without somebody having said so."""
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    rules = text.partition("| table | rule |")[2].partition("\n\n")[0]
    told = set(
        re.findall(r"`([a-z_]+)`", "".join(line.split("|")[1] for line in rules.splitlines() if line.count("|") > 2))
    )
    assert set(metadata.tables) - told == set()
    assert told - set(metadata.tables) == set()
