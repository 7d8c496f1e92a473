"""Connections that only ever reach the public internet, and only for a limited time.

Belongs here: which addresses may be connected to, and the clock over a connection. Does not belong here: HTTP
(`fetch`).
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore
import httpx

Resolve = Callable[[str, int], list[str]]

_IPV6_IN_USE = ipaddress.ip_network("2000::/3")
# Public by their number, but they carry an IPv4 address inside or belong to special services.
_SPECIAL = [
    ipaddress.ip_network(one)
    for one in ("2002::/16", "2001::/32", "2001:db8::/32", "3fff::/20", "192.0.0.0/24", "192.88.99.0/24")
]


class BlockedAddressError(Exception):
    """A name led to an address that is not on the public internet."""


class DeadlineError(Exception):
    """The exchange took longer than it may in all."""


def is_public(address: str) -> bool:
    """True for addresses of the public internet: not private, loopback, link-local, mapped, translated, metadata …"""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip not in _IPV6_IN_USE:
            return False
    is_special = any(ip.version == network.version and ip in network for network in _SPECIAL)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not is_special


def is_loopback(address: str) -> bool:
    """True for this machine's own address."""
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host name, as the system answers. Raises OSError where there is none."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


class _Stream(httpcore.NetworkStream):
    """A stream that ends at a deadline, however busily bytes drip."""

    def __init__(self, inner: httpcore.NetworkStream, backend: GuardedBackend) -> None:
        self._inner = inner
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._backend.time_left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._backend.time_left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._backend.time_left(timeout))
        return _Stream(inner, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Resolves a name, checks every answer, and connects to the very address that was checked.

    A name that is asked twice may be answered twice: what was checked must be what is connected to. One answer that is
    not public blocks the name.
    """

    def __init__(self, allow_loopback: bool = False, resolve_name: Resolve = resolve) -> None:
        self._inner = httpcore.SyncBackend()
        self._allow_loopback = allow_loopback
        self._resolve = resolve_name
        self._deadline = float("inf")

    def start_clock(self, seconds: float) -> None:
        """Give what follows so many seconds in all."""
        self._deadline = time.monotonic() + seconds

    def is_over(self) -> bool:
        """True where the time in all is used up."""
        return time.monotonic() >= self._deadline

    def time_left(self, timeout: float | None) -> float:
        """What one operation may take. Raises DeadlineError where nothing is left."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise DeadlineError
        return left if timeout is None else min(timeout, left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers, all of them having been checked."""
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} is not known") from error
        for address in addresses:
            if not (is_public(address) or (self._allow_loopback and is_loopback(address))):
                raise BlockedAddressError(f"{host} is at {address}")
        failure: Exception = httpcore.ConnectError(f"the name {host} has no address")
        for address in addresses:
            try:
                inner = self._inner.connect_tcp(address, port, self.time_left(timeout), local_address, socket_options)
                return _Stream(inner, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Never: a socket of this machine is no address on the internet."""
        raise BlockedAddressError("a local socket")


class GuardedTransport(httpx.HTTPTransport):
    """httpx's own transport over guarded connections; proxies of the environment are not used."""

    def __init__(self, backend: GuardedBackend) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            network_backend=backend,
            max_connections=1,
            max_keepalive_connections=0,
        )
