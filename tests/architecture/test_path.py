"""docs/path.md leads somewhere: every file, package, module and name it speaks of is in the code."""

from __future__ import annotations

import re

PATHS = re.compile(r"`((?:admin_ui|engine|rules|connectors|tests|processes|docs)/[\w/.]+)`")
FILES = re.compile(r"`(\w+\.py)`")
NAMES = re.compile(r"`([a-z_]+)`")
PLAIN = {"tx", "office", "draft"}  # an argument, an argument, a state


def dead_ends(text, paths, words):
    """Places that text names in backticks and that are not there: (paths, file names, names of functions)."""
    files = {path.rpartition("/")[2] for path in paths}
    found = [name for name in PATHS.findall(text) if name.rstrip("/") not in paths]
    found += [name for name in FILES.findall(text) if name not in files]
    return found + [name for name in NAMES.findall(text) if name not in words and name not in PLAIN]


def test_every_stop_is_there(root, product, all_python):
    paths = {source.path for source in all_python}
    paths |= {folder for path in paths for folder in _folders(path)}
    words = {name for source in product for name in re.findall(r"\b(?:def|class) (\w+)", source.text)}
    words |= {folder.rpartition("/")[2] for folder in paths}
    text = (root / "docs" / "path.md").read_text(encoding="utf-8")
    assert len(PATHS.findall(text)) > 10
    assert dead_ends(text, paths, words | {"connector_job", "dossier_file"}) == []


def _folders(path):
    parts = path.split("/")[:-1]
    return ["/".join(parts[: number + 1]) for number in range(len(parts))]


def test_a_dead_end_is_seen():
    assert dead_ends("see `engine/nowhere.py` and `gone.py`, `no_such_act`", {"engine/x.py"}, set()) == [
        "engine/nowhere.py",
        "gone.py",
        "no_such_act",
    ]
    assert dead_ends("see `engine/x.py`, `x.py` and `act`", {"engine/x.py"}, {"act"}) == []
