"""Every connector of the list with its adapters, and the sandboxes that can stand in for them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final

from connectors.folders import FOLDERS
from connectors.kit import Kit, SandboxServer

KITS: Final[tuple[Kit, ...]] = tuple(import_module(f"connectors.{folder}.kit").KIT for folder in FOLDERS)
# By name, each once: one server may play several providers.
SANDBOXES: Final[Mapping[str, SandboxServer]] = MappingProxyType({kit.sandbox.name: kit.sandbox for kit in KITS})
