"""What can go wrong with the others, said to the person who can do something about it."""

from __future__ import annotations


class ConnectorError(Exception):
    """An outside party, or its settings, made something impossible. `str(e)` is the Vietnamese text."""

    code = "connector_error"

    def __init__(self, message_vi: str, message_en: str, *, code: str | None = None) -> None:
        super().__init__(message_vi)
        self.message_vi = message_vi
        self.message_en = message_en
        if code is not None:
            self.code = code


class NotConfigured(ConnectorError):  # noqa: N818 - the name says what happened
    """No connector of that kind, or no identity provider of that name, is set up."""

    code = "not_configured"


class AddressForbidden(ConnectorError):  # noqa: N818 - the name says what happened
    """The address is outside the configured hosts, or leads into a network we must not reach."""

    code = "address_forbidden"


class BadNumber(ConnectorError):  # noqa: N818 - the name says what happened
    """Not a Vietnamese mobile number; the sentence is for the person who typed it."""

    code = "bad_number"


class HttpFailure(ConnectorError):  # noqa: N818 - the name says what happened
    """The HTTP exchange broke. `sent` tells whether the request may have reached the other side."""

    code = "http_failure"
    sent = True


class NotSent(HttpFailure):
    """No connection came about: the other side cannot have acted."""

    code = "unreachable"
    sent = False


class ReplyLost(HttpFailure):
    """The request left us; the reply was cut, late, too long or unreadable."""

    code = "reply_lost"


class IdentityRefused(ConnectorError):  # noqa: N818 - the name says what happened
    """The sign-in is not valid: replayed code, forged token, wrong nonce, level too low, person declined."""

    code = "identity_refused"


class IdentityUnreachable(ConnectorError):  # noqa: N818 - the name says what happened
    """The identity provider does not answer just now; the person may try again or choose another one."""

    code = "identity_unreachable"


class WebhookRefused(ConnectorError):  # noqa: N818 - the name says what happened
    """A message that came to us unsigned, wrongly signed, too old or from the future."""

    code = "webhook_refused"


class StorageError(ConnectorError):
    """The file store failed."""

    code = "storage_error"


class FileMissing(StorageError):  # noqa: N818 - the name says what happened
    """No file is stored under that key."""

    code = "file_missing"


class KeyRefused(StorageError):  # noqa: N818 - the name says what happened
    """The key is not a safe relative path, or is taken already."""

    code = "key_refused"
