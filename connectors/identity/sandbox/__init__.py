"""The identity provider of the training ground: asks like the National Public Service account, and VNeID."""

from connectors.identity.sandbox.server import make_server, vneid_client_key

__all__ = ["make_server", "vneid_client_key"]
