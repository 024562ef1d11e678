"""What both providers share of OAuth: the challenge, the callback, the errors in plain words."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from connectors.errors import ConnectorError, IdentityRefused, IdentityUnreachable
from connectors.http import Reply

_DECLINED: Final = "access_denied"


def code_challenge(code_verifier: str) -> str:
    """PKCE S256 (RFC 7636): proves at the exchange that we are the ones who started."""
    digest = hashlib.sha256(code_verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def with_query(url: str, query: Mapping[str, str]) -> str:
    """The address with the query added to what it may already have."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode(query)}"


def callback_code(callback: Mapping[str, str]) -> str:
    """The code in a callback; raises IdentityRefused when the provider reports an error instead."""
    error = callback.get("error")
    if error == _DECLINED:
        raise IdentityRefused(
            "Bạn đã hủy đăng nhập. Hãy chọn lại cách đăng nhập khi sẵn sàng.",
            "You cancelled the sign-in. Choose a way to sign in when you are ready.",
            code=_DECLINED,
        )
    code = callback.get("code")
    if error or not code:
        raise refused("provider_error")
    return code


def accepted(reply: Reply) -> dict[str, object]:
    """The JSON of a 2xx reply. 4xx: the code or token is not valid; anything else: the provider is away."""
    if reply.ok:
        return reply.json()
    if reply.status in (400, 401, 403):
        raise refused("code_invalid")
    raise unreachable(f"http_{reply.status}")


def refused(code: str) -> IdentityRefused:
    """A sign-in that must be started again; `code` says why, for the records."""
    return IdentityRefused(
        "Phiên đăng nhập không hợp lệ hoặc đã được sử dụng. Hãy bấm Đăng nhập để bắt đầu lại.",
        "This sign-in is not valid or was used already. Press Sign in to start again.",
        code=code,
    )


def unreachable(code: str) -> IdentityUnreachable:
    """The provider does not answer."""
    return IdentityUnreachable(
        "Hệ thống định danh đang không trả lời. Hãy thử lại sau ít phút hoặc chọn cách đăng nhập khác.",
        "The identity provider does not answer. Try again in a few minutes or choose another way to sign in.",
        code=code,
    )


def as_unreachable(error: ConnectorError) -> IdentityUnreachable:
    """An HTTP failure, as the person signing in needs to hear it."""
    return unreachable(error.code)
