"""Where the built front-end files are: read from the build's manifest, once."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

DIST = Path(__file__).parent / "static" / "dist"


@lru_cache(maxsize=1)
def _manifest() -> dict[str, dict[str, object]]:
    path = DIST / "manifest.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def scripts(entry: str) -> list[str]:
    """Addresses of the script of an entry ("app", "viewer"); none before the front end was built."""
    chunk = _manifest().get(f"src/{entry}.js")
    return [f"/static/dist/{chunk['file']}"] if chunk else []


def styles(entry: str) -> list[str]:
    """Addresses of the style sheets of an entry."""
    chunk = _manifest().get(f"src/{entry}.js")
    names = chunk.get("css", []) if chunk else []
    return [f"/static/dist/{name}" for name in names] if isinstance(names, list) else []
