"""The national account and VNeID of the training ground: sign-in pages with sample people, one-time codes by SMS."""

from connectors.identity.sandbox.server import make_server, vneid_client_key
from connectors.kit import SandboxServer
from connectors.port import Label

__all__ = ["SANDBOX", "make_server", "vneid_client_key"]

SANDBOX = SandboxServer("identity", Label("Định danh", "identity"), 8101, make_server)
