"""The bill of materials agrees with the locks, and names every file that may be installed."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / ".setup"))

from sbom import LOCKS, bill, locked  # noqa: E402 - the root script's steps are no package


def test_the_bill_is_made_of_the_locks():
    kept = (ROOT / "locks" / "sbom.cdx.json").read_text(encoding="utf-8")
    assert kept == bill(ROOT), "run ./motcua lock"


def test_every_locked_package_and_file_is_in_it():
    listed = json.loads(bill(ROOT))["components"]
    lines = "".join((ROOT / "locks" / f"{name}.lock").read_text(encoding="utf-8") for name in LOCKS)
    names = {re.sub(r"[-_.]+", "-", name).lower() for name in re.findall(r"^([\w.-]+)==", lines, re.MULTILINE)}
    assert {one["name"] for one in listed} == names
    assert len({one["purl"] for one in listed}) == len(listed) > 40
    hashes = {one["content"] for part in listed for file in part["externalReferences"] for one in file["hashes"]}
    assert hashes == set(re.findall(r"sha256:([0-9a-f]{64})", lines))


def test_a_changed_lock_changes_the_bill(tmp_path: Path):
    (tmp_path / "locks").mkdir()
    for name in LOCKS:
        (tmp_path / "locks" / f"{name}.lock").write_text(
            f"a-{name}==1.0 \\\n    --hash=sha256:{'0' * 64}\n", encoding="utf-8"
        )
    first = bill(tmp_path)
    (tmp_path / "locks" / "runtime.lock").write_text("a-runtime==1.1\n", encoding="utf-8")
    assert bill(tmp_path) != first
    assert [one["version"] for one in json.loads(bill(tmp_path))["components"]] == ["1.0", "1.1"]
    assert locked("A_b==2 ; python_version < '3.13'\n") == [("A_b", "2", [])]
