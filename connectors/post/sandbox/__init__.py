"""The postal service of the training ground: takes orders, is moved on by hand, reports deliveries."""

from connectors.post.sandbox.server import make_server

__all__ = ["make_server"]
