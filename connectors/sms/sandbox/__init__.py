"""The SMS gateway of the training ground: takes messages over HTTP and shows them in an inbox."""

from connectors.sms.sandbox.server import make_server

__all__ = ["make_server"]
