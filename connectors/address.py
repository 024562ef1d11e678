"""Which addresses may be reached: resolve first, judge every address, then connect to the judged one."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from connectors.errors import AddressForbidden, NotSent

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
# Cloud machines give out their own credentials here, so no setting opens it.
_NEVER: Final = (ipaddress.IPv4Network("169.254.0.0/16"), ipaddress.IPv6Network("fe80::/10"))


def host_and_port(url: str) -> tuple[str, int]:
    """The host (lower case) and port an http(s) address leads to; raises AddressForbidden for others."""
    try:
        parts = urlsplit(url)
        port = parts.port or _DEFAULT_PORTS[parts.scheme]
        host = (parts.hostname or "").rstrip(".").lower()
    except (ValueError, KeyError):
        raise _forbidden("Địa chỉ phải là http:// hoặc https://.", "Only http:// and https:// work.") from None
    if not host or parts.username is not None:
        raise _forbidden("Địa chỉ thiếu tên máy chủ.", "The address lacks a plain host name.")
    return host, port


class AddressGuard:
    """Lets through the configured hosts only, and only at addresses that fit.

    An address fits when it is public, lies in one of `private_networks`, or was itself written in the
    settings as a number. A name that resolves to a fitting and an unfitting address is refused as a whole.
    """

    def __init__(self, urls: Iterable[str], private_networks: Iterable[str] = ()) -> None:
        self._hosts = frozenset(host_and_port(url) for url in urls)
        self._networks: tuple[Network, ...] = tuple(ipaddress.ip_network(n) for n in private_networks)

    def resolve(self, host: str, port: int) -> str:
        """The numeric address to connect to. Raises AddressForbidden, or NotSent when there is none."""
        host = host.rstrip(".").lower()
        if (host, port) not in self._hosts:
            raise _forbidden(
                f"Máy chủ “{host}:{port}” không có trong cấu hình kết nối.",
                f'The host "{host}:{port}" is not among the configured ones.',
            )
        literal = _literal(host)
        if literal is not None:
            if _is_never(_plain(literal)):
                raise _forbidden_address(host)
            return str(literal)
        addresses = _look_up(host, port)
        if not all(self._fits(_plain(address)) for address in addresses):
            raise _forbidden_address(host)
        return str(addresses[0])

    def _fits(self, address: Address) -> bool:
        if _is_never(address):
            return False
        return _is_public(address) or any(address in network for network in self._networks)


def _is_never(address: Address) -> bool:
    return address.is_multicast or address.is_unspecified or any(address in net for net in _NEVER)


def _is_public(address: Address) -> bool:
    tunnelled = isinstance(address, ipaddress.IPv6Address) and (
        address.sixtofour is not None or address.teredo is not None
    )
    return address.is_global and not tunnelled


def _plain(address: Address) -> Address:
    """The IPv4 address an IPv6 one stands for (::ffff:a.b.c.d, 64:ff9b::/96), else itself."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _look_up(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotSent(
            f"Không tìm thấy máy chủ “{host}”.", f'The host "{host}" cannot be found.', code="unknown_host"
        ) from error
    # A scope id ("%eth0") only comes with link-local addresses, which are refused anyway.
    return [ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in found]


def _forbidden(message_vi: str, message_en: str) -> AddressForbidden:
    return AddressForbidden(message_vi, message_en)


def _forbidden_address(host: str) -> AddressForbidden:
    return _forbidden(
        f"Máy chủ “{host}” dẫn tới một địa chỉ mạng không được phép.",
        f'The host "{host}" leads to a network address that is not allowed.',
    )
