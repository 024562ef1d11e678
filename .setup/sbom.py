"""The bill of materials: what a running installation is made of, as CycloneDX, from the locks alone."""

from __future__ import annotations

import json
import re
import uuid
from pathlib import Path

# The locks whose packages serve people; tools, tests and benches are not part of what runs.
LOCKS = ("runtime", "inference")
_ENTRY = re.compile(
    r"^([A-Za-z0-9._-]+)==([^\s;\\]+)[^\n]*\n((?:    --hash=sha256:[0-9a-f]{64}[^\n]*\n?)*)", re.MULTILINE
)


def locked(text: str) -> list[tuple[str, str, list[str]]]:
    """(name, version, sha256 of each file that may be installed) of every package of a lock."""
    return [(name, version, re.findall(r"sha256:([0-9a-f]{64})", tail)) for name, version, tail in _ENTRY.findall(text)]


def component(name: str, version: str, hashes: list[str]) -> dict[str, object]:
    """One library. The hashes are those of its files: which of them a machine takes depends on the machine."""
    plain = re.sub(r"[-_.]+", "-", name).lower()
    files = [
        {"type": "distribution", "url": f"pkg:pypi/{plain}@{version}", "hashes": [{"alg": "SHA-256", "content": one}]}
        for one in sorted(hashes)
    ]
    purl = f"pkg:pypi/{plain}@{version}"
    return {
        "type": "library", "bom-ref": purl, "name": plain, "version": version, "purl": purl, "externalReferences": files
    }  # fmt: skip


def bill(root: Path) -> str:
    """The bill as JSON. The same locks give the same bill: no time in it, and a serial number made of its content."""
    entries = [entry for lock in LOCKS for entry in locked((root / "locks" / f"{lock}.lock").read_text("utf-8"))]
    components = sorted((component(*entry) for entry in entries), key=lambda one: str(one["purl"]))
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(components, sort_keys=True))
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "motcua"}},
        "components": components,
    }
    return json.dumps(document, indent=1) + "\n"
