"""Only public addresses over http and https, checked on the address that a connection is made to.

Names are resolved once, by `GuardedResolver`, and the connection is made to the addresses that it lets through, so a
name that answers differently the second time gains nothing. Behind a proxy it is the proxy that resolves: there
`GuardedHandler` checks what the URL itself says.
"""

from __future__ import annotations

import socket
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import CannotResolveHostError, DownloadFailedError
from scrapy.http import Request, Response
from scrapy.resolver import CachingHostnameResolver
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver
from zope.interface import implementer

from pipelines.urls import is_web_address
from scrapers.failure import Refused
from scrapers.response_heads import BoundedHeads, is_head_too_large

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase

Address = IPv4Address | IPv6Address

WEB_PORTS = frozenset({80, 443, 8000, 8008, 8080, 8081, 8443, 8888})

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_PRIVATE_NAMES = ("localhost", "local", "internal", "home.arpa", "lan", "intranet")  # RFC 6761, 6762, 8375 and custom


class Guard:
    """Which hosts and ports may be connected to.

    `allowed` are the exceptions, `host:port` as in the setting ALLOWED_PRIVATE_HOSTS: `["127.0.0.1:8000"]`.
    """

    def __init__(self, allowed: Sequence[str] = ()) -> None:
        self.allowed = frozenset(_host_and_port(entry) for entry in allowed if entry.strip())

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Guard:
        return cls(settings.getlist("ALLOWED_PRIVATE_HOSTS"))

    def allows(self, host: str, address: str, port: int) -> bool:
        """Whether a connection to this address, found under this host name, may be made."""
        return is_public(ip_address(address)) or self._excepted(host, port) or self._excepted(address, port)

    def check_url(self, url: str, *, resolved_elsewhere: bool) -> None:
        """Raise `Refused` if the URL itself shows that it must not be fetched.

        `resolved_elsewhere` means that a proxy resolves the name, so no other check will follow.
        """
        parts = urlsplit(url)
        host, scheme = parts.hostname or "", parts.scheme
        try:
            port = (443 if scheme == "https" else 80) if parts.port is None else parts.port
        except ValueError as error:
            raise Refused("port", f"{url}: {error}") from error
        if scheme not in ("http", "https"):
            raise Refused("scheme", f"{url}: only http and https are fetched")
        if port not in WEB_PORTS and not any(port == allowed for _, allowed in self.allowed):
            raise Refused("port", f"{url}: port {port} is none of the web's; ALLOWED_PRIVATE_HOSTS can allow host:port")
        if not is_web_address(url):  # Twisted never ends the look-up of a name that it cannot encode
            raise Refused("dns", f"{url}: {host!r} is no name of a host")
        if resolved_elsewhere and not self._excepted(host, port):
            address = literal_address(host)
            if not is_public(address) if address else _is_private_name(host):
                raise private_address(host, port, str(address or host))

    def check_proxy(self, proxy: str) -> None:
        """Raise `Refused` for a proxy at a private address: when it tunnels, a literal one never meets the resolver."""
        parts = urlsplit(proxy if "//" in proxy else f"//{proxy}")
        host, port = parts.hostname or "", parts.port or 80
        address = literal_address(host)
        if address and not self.allows(host, str(address), port):
            raise private_address(host, port, str(address), role="the proxy ")

    def _excepted(self, host: str, port: int) -> bool:
        host = str(literal_address(host) or _plain(host))
        if port == 0:  # Twisted resolves a tunnelling proxy's name without its port
            return any(host == allowed for allowed, _ in self.allowed)
        return (host, port) in self.allowed


def is_public(address: Address) -> bool:
    """Whether an address is routed on the internet, also when it is an IPv4 address in an IPv6 one."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not (address.is_multicast or address.is_reserved)


def literal_address(host: str) -> Address | None:
    """Return the address that a host is a spelling of: `2130706433`, `0x7f.1`, `0177.0.0.1` and `127.1` are one."""
    host = _plain(host)
    try:
        return ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(host)) if host and not host.isspace() else None
    except (OSError, UnicodeError):
        return None


def private_address(host: str, port: int, address: str, role: str = "") -> Refused:
    """Return the error that tells a person which address was refused, and how to allow it."""
    refused = role + (host if host == address else f"{host} ({address})")
    detail = f"{refused} is no public address; ALLOWED_PRIVATE_HOSTS={host}:{port} would allow it"
    return Refused("private-address", detail)


def _plain(host: str) -> str:
    """Return a host as resolvers read it: full-width digits and ideographic stops are digits and stops."""
    return unicodedata.normalize("NFKC", host).replace("。", ".").rstrip(".").lower()


def _is_private_name(host: str) -> bool:
    name = _plain(host)
    return "." not in name or any(name.endswith(f".{private}") for private in _PRIVATE_NAMES)


def _host_and_port(entry: str) -> tuple[str, int]:
    host, colon, port = entry.strip().rpartition(":")
    if not colon or not port.isdecimal() or int(port) > 65535:
        raise ValueError(f"ALLOWED_PRIVATE_HOSTS: {entry.strip()!r} is not host:port, such as 127.0.0.1:8000")
    return str(literal_address(host) or _plain(host)), int(port)


@implementer(IResolutionReceiver)
class _Sieve:
    """Hands on the addresses that the guard allows."""

    def __init__(self, receiver: Any, host: str, port: int, resolver: GuardedResolver) -> None:
        self.receiver, self.host, self.port, self.resolver = receiver, host, port, resolver
        self.passed = 0
        self.refused: str | None = None

    def resolutionBegan(self, resolutionInProgress: IHostResolution) -> None:  # noqa: N802, N803
        self.receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if self.resolver.guard.allows(self.host, address.host, self.port):
            self.passed += 1
            self.receiver.addressResolved(address)
        else:
            self.refused = address.host

    def resolutionComplete(self) -> None:  # noqa: N802
        if self.refused and not self.passed:
            self.resolver.refused[self.host.lower()] = self.refused
        self.receiver.resolutionComplete()


class GuardedResolver(CachingHostnameResolver):
    """Scrapy's resolver for IPv4 and IPv6, which keeps back every address that is not allowed."""

    def __init__(self, reactor: ReactorBase, cache_size: int, guard: Guard) -> None:
        super().__init__(reactor, cache_size)
        self.guard = guard
        self.refused: dict[str, str] = {}
        """Host -> an address that was kept back, for hosts that have no other."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        return cls(reactor, crawler.settings.getint("DNSCACHE_SIZE"), Guard.from_settings(crawler.settings))

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        sieve: Any = _Sieve(resolutionReceiver, hostName, portNumber, self)
        return super().resolveHostName(sieve, hostName, portNumber, addressTypes, transportSemantics)


class GuardedHandler(HTTP11DownloadHandler):
    """Scrapy's handler of http and https, behind the guard."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._guard = Guard.from_settings(crawler.settings)
        self._pool._factory = BoundedHeads

    @cached_property
    def _resolver(self) -> GuardedResolver:
        """The resolver of all connections; Scrapy installs it after it has made the handlers."""
        from twisted.internet import reactor

        resolver: Any = reactor.nameResolver
        if not isinstance(resolver, GuardedResolver):
            raise TypeError("TWISTED_DNS_RESOLVER must be GuardedResolver: without it private hosts are reachable")
        return resolver

    async def download_request(self, request: Request) -> Response:
        """Download a response; raise `Refused` with `private-address`, `port` or `scheme` where that is forbidden, and
        with `too-large` for one whose headers are."""
        proxy, resolver = request.meta.get("proxy"), self._resolver
        self._guard.check_url(request.url, resolved_elsewhere=bool(proxy))
        if proxy:
            self._guard.check_proxy(proxy)
        try:
            return await super().download_request(request)
        except DownloadFailedError as error:
            if is_head_too_large(error):
                raise Refused("too-large", f"{request.url}: its headers are too long") from error
            raise
        except CannotResolveHostError as error:
            parts = urlsplit(proxy) if proxy else urlparse_cached(request)
            host = parts.hostname or ""
            if address := resolver.refused.get(host):
                port = parts.port or (443 if parts.scheme == "https" else 80)
                raise private_address(host, port, address) from error
            raise
