"""The SMS gateway of the training ground: takes messages over HTTP and shows them in an inbox."""

from connectors.kit import SandboxServer
from connectors.port import Label
from connectors.sms.sandbox.server import make_server

__all__ = ["SANDBOX", "make_server"]

SANDBOX = SandboxServer("sms", Label("Tin nhắn SMS", "SMS inbox"), 8102, make_server, "/inbox")
