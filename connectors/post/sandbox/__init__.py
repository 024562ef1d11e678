"""The public post of the training ground: takes orders over HTTP and lets people move the parcels."""

from connectors.kit import SandboxServer
from connectors.port import Label
from connectors.post.sandbox.server import make_server

__all__ = ["SANDBOX", "make_server"]

SANDBOX = SandboxServer("post", Label("Bưu chính", "post"), 8103, make_server)
