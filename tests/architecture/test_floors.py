"""Stairs go down only. The contracts stand in setup.cfg; here each of them is seen to hold and seen to break."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest

# Contract → what a newcomer might write, file by file. Each breaks that contract.
BREAKS = {
    "floors": {"engine/domain/dossier.py": "import engine.store.dossiers.dossiers\n"},
    "rooms": {"admin_ui/desk/pages.py": "import admin_ui.portal.pages\n"},
    "circles": {"engine/domain/a.py": "import engine.domain.b\n", "engine/domain/b.py": "import engine.domain.a\n"},
    "actions": {"engine/actions/process/x.py": "import engine.actions.filing.x\n", "engine/actions/filing/x.py": ""},
    "queries": {
        "engine/queries/tasks/x.py": "import engine.queries.operations.x\n",
        "engine/queries/operations/x.py": "",
    },
    "workflow": {"engine/workflow/bpmn/x.py": "import engine.workflow.checks.x\n", "engine/workflow/checks/x.py": ""},
    "rules": {"rules/feel/x.py": "import rules.fees.x\n", "rules/fees/x.py": ""},
    "cleaning": {"engine/actions/x.py": "import nh3\n"},
    "connectors": {"connectors/post/x.py": "import connectors.sms.x\n", "connectors/sms/x.py": ""},
    "libraries": {"engine/queries/portal/search.py": "import rapidfuzz\n"},
    "pure": {"engine/domain/x.py": "import fpdf\n"},
    "measuring": {"engine/actions/x.py": "import engine.bench.x\n", "engine/bench/x.py": ""},
    "flask": {"engine/actions/filing/submit_dossier.py": "import flask\n"},
    "werkzeug": {"connectors/http.py": "import werkzeug\n"},
    "sqlalchemy": {"admin_ui/desk/pages.py": "import sqlalchemy\n"},
    "spiff": {"engine/actions/tasks/complete_task.py": "import SpiffWorkflow\n"},
    "durable": {"rules/fees/quote.py": "import durable.lang\n"},
    "redis": {"engine/actions/filing/submit_dossier.py": "import rq\n"},
    "http": {"connectors/sms/gateway.py": "import httpx2\n"},
}
TREE = {
    "engine": ("domain", "store", "store/measuring", "workflow", "actions", "queries", "jobs", "bench", "papers"),
    "rules": (),
    "connectors": ("sms", "post", "storage", "identity", "identity/oidc", "identity/vneid"),
    "processes": (),
    "admin_ui": ("portal", "desk"),
}


def lay(folder: Path, files: dict[str, str]) -> None:
    """A small house with the same floors, and in it the files given."""
    for package, rooms in TREE.items():
        for place in (package, *(f"{package}/{room}" for room in rooms)):
            (folder / place).mkdir(parents=True)
            (folder / place / "__init__.py").touch()
    roots = {"engine/bootstrap.py": "", "engine/context.py": ""}
    named = {**roots, "engine/store/dossiers/dossiers.py": "", "admin_ui/portal/pages.py": "", **files}
    for path, text in named.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).parent.joinpath("__init__.py").touch()
        (folder / path).write_text(text, encoding="utf-8")


def lint(root: Path, folder: Path, *only: str) -> subprocess.CompletedProcess[str]:
    """import-linter with the project's own contracts over the house in `folder`."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--config", str(root / "setup.cfg")]
    chosen = [word for contract in only for word in ("--contract", contract)]
    # -P: the product itself must not be found before the small house.
    env = {"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "PYTHONSAFEPATH": "1"}
    return subprocess.run([*command, *chosen], cwd=folder, env=env, capture_output=True, text=True, check=False)


def contracts(root: Path) -> dict[str, str]:
    config = configparser.ConfigParser()
    config.read(root / "setup.cfg", encoding="utf-8")
    prefix = "importlinter:contract:"
    return {name.removeprefix(prefix): config[name]["name"] for name in config.sections() if name.startswith(prefix)}


def strangers(root: Path) -> set[str]:
    """Rooms of engine that no floor of the contract names: they could be imported from anywhere."""
    config = configparser.ConfigParser()
    config.read(root / "setup.cfg", encoding="utf-8")
    placed = set(re.findall(r"engine\.(\w+)", config["importlinter:contract:floors"]["layers"]))
    here = {path.name.removesuffix(".py") for path in (root / "engine").iterdir() if not path.name.startswith("__")}
    return here - placed


def test_every_contract_has_a_bad_example(root):
    assert set(BREAKS) == set(contracts(root))


def test_the_house_stands(root):
    done = lint(root, root)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("contract", sorted(BREAKS))
def test_a_breach_is_seen(contract, root, tmp_path):
    lay(tmp_path, BREAKS[contract])
    done = lint(root, tmp_path, contract)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{contracts(root)[contract]} BROKEN" in done.stdout


def test_a_small_house_without_breach_stands(root, tmp_path):
    lay(tmp_path, {"engine/actions/x.py": "import engine.domain\n"})
    done = lint(root, tmp_path)
    assert done.returncode == 0, done.stdout[-3000:]


def test_every_room_of_the_engine_has_its_floor(root):
    assert strangers(root) == set()


def test_a_room_without_floor_is_seen(root, tmp_path):
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "attic.py").touch()
    (tmp_path / "setup.cfg").write_text((root / "setup.cfg").read_text(encoding="utf-8"), encoding="utf-8")
    assert strangers(tmp_path) == {"attic"}
