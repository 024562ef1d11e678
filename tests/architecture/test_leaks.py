"""What is committed holds for every machine: no path of this one, no registry host, nothing that is made."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

HOSTS = re.compile(
    r"https?://(?!\S*(?:example|localhost|127\.0\.0\.1))\S*(?:pypi|pythonhosted|npmjs|nexus|artifactory)\S*"
)
HOME = re.compile(r"(?<![\w/.~])/(?:home|Users|root)/\w+")
MADE = (".venv/", ".tools/", "var/", "admin_ui/static/dist/", "admin_ui/client/node_modules/")
TEXT = {
    ".py",
    ".md",
    ".cfg",
    ".toml",
    ".yaml",
    ".yml",
    ".json",
    ".lock",
    ".js",
    ".scss",
    ".html",
    ".txt",
    ".in",
    "",
    ".bpmn",
    ".dmn",
    ".po",
    ".css",
    ".csv",
    ".npmrc",
}


def tracked(root: Path) -> list[str]:
    """What git knows; outside a checkout (a release archive) there is nothing to ask."""
    if shutil.which("git") is None:
        pytest.skip("no git on this machine: the committed files cannot be listed")
    asked = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=False)
    if asked.returncode:
        pytest.skip("not a git checkout: the committed files cannot be listed")
    return asked.stdout.splitlines()


def leaks(named, house):
    """(path, text) pairs in, complaints out. `house`: the folder this checkout stands in."""
    own = re.compile(re.escape(house) + r"(?=/)") if house.count("/") >= 1 and len(house) > 2 else None
    found = []
    for path, text in named:
        for number, line in enumerate(text.splitlines(), 1):
            if HOSTS.search(line) or HOME.search(line) or (own and own.search(line) and f"{house}/" in line):
                found.append(f"{path}:{number} {line.strip()[:120]}")
    return found


def test_nothing_of_this_machine_is_committed(root):
    here = Path(__file__).relative_to(root).as_posix()
    paths = [path for path in tracked(root) if Path(path).suffix in TEXT and path != here and (root / path).is_file()]
    texts = ((path, (root / path).read_text(encoding="utf-8")) for path in paths)
    assert leaks(texts, str(root)) == []


def test_nothing_that_is_made_is_committed(root):
    assert [path for path in tracked(root) if path.startswith(MADE) or path.endswith((".pyc", ".mo", ".db"))] == []


def test_locks_name_hashes_and_no_hosts(root):
    locks = sorted((root / "locks").glob("*.lock"))
    assert {path.stem for path in locks} == {"tools", "runtime", "dev", "front", "inference", "bench"}
    for path in locks:
        text = path.read_text(encoding="utf-8")
        pinned = re.findall(r"^\S+==", text, re.MULTILINE)
        assert pinned
        assert text.count("--hash=sha256:") >= len(pinned)
        assert "://" not in text
        assert "--index-url" not in text
    packages = (root / "admin_ui" / "client" / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity"' in packages
    assert '"resolved"' not in packages


def test_a_leak_is_seen():
    assert leaks([("a.md", "see /srv/house/engine/x.py")], "/srv/house")
    assert leaks([("a.lock", "https://pypi.org/simple")], "/srv/house")
    assert leaks([("a.py", "open('/home/an/x')")], "/srv/house")
    assert leaks([("a.md", "see engine/x.py, http://localhost:8000/desk/home/an")], "/srv/house") == []
