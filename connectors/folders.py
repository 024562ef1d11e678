"""The list of connectors. A new one is a folder with a `config` and a `kit`, and its name here.

Their settings can be looked at without loading an adapter: a short command need not wait for HTTP and cryptography.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

# In this order the sandboxes are started: the sign-in pages send their codes by the SMS gateway.
FOLDERS: Final = ("sms", "post", "identity.oidc", "identity.vneid")


def configs() -> tuple[type[Any], ...]:
    """The Config of each connector: a dataclass of declared settings."""
    return tuple(import_module(f"connectors.{folder}.config").CONFIG for folder in FOLDERS)
