"""Addresses that may be connected to, and those that may not."""

from __future__ import annotations

from ipaddress import ip_address
from types import SimpleNamespace
from typing import Any

import pytest
from twisted.internet.address import IPv4Address

from scrapers.failure import Refused
from scrapers.guard import Guard, GuardedResolver, is_public, literal_address


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:4700::6810:84e5", True),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::93.184.215.14", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("::127.0.0.1", False),
        ("64:ff9b::10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("2001:0:4136:e378:8000:63bf:f5ff:fffe", False),
        ("fe80::1", False),
        ("fd00:ec2::254", False),
        ("ff02::1", False),
    ],
)
def test_is_public(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) is public


@pytest.mark.parametrize(
    "spelling",
    "127.0.0.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 127.1 017700000001 127.0.0.1. １２７.０.０.１ 127。0。1".split(),
)
def test_literal_address(spelling: str) -> None:
    assert str(literal_address(spelling)) == "127.0.0.1"


@pytest.mark.parametrize("name", ["example.org", "127.0.0.1.example.org", "", "localhost", "news"])
def test_a_name_is_no_literal_address(name: str) -> None:
    assert literal_address(name) is None


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://localhost/", "private-address"),
        ("http://printer.local/", "private-address"),
        ("http://metadata.google.internal/", "private-address"),
        ("http://intranet/", "private-address"),
        ("http://0x7f.1/", "private-address"),
        ("http://[::1]/", "private-address"),
        ("http://example.org:6379/", "port"),
        ("http://example.org:99999/", "port"),
        ("http://example.org:0/", "port"),
        ("http://%ff.example.org/", "dns"),
        ("http://example..org/", "dns"),
        (f"http://{'a' * 64}.example.org/", "dns"),
        ("http://exam ple.org/", "dns"),
        ("http:///news", "dns"),
        ("ftp://example.org/", "scheme"),
        ("file:///etc/hostname", "scheme"),
    ],
)
def test_behind_a_proxy_the_url_itself_is_checked(url: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        Guard().check_url(url, resolved_elsewhere=True)
    assert refused.value.reason == reason


@pytest.mark.parametrize("url", ["http://example.org/", "https://example.org:8443/", "http://127.0.0.1:9000/"])
def test_what_passes_behind_a_proxy(url: str) -> None:
    Guard(["127.0.0.1:9000"]).check_url(url, resolved_elsewhere=True)


def test_a_proxy_at_a_private_address_must_be_allowed() -> None:
    Guard(["127.0.0.1:3128"]).check_proxy("http://127.0.0.1:3128")
    Guard().check_proxy("93.184.215.14:3128")
    with pytest.raises(Refused, match="private-address"):
        Guard(["127.0.0.1:8080"]).check_proxy("http://127.0.0.1:3128")


@pytest.mark.parametrize("entry", ["127.0.0.1", "127.0.0.1:", ":x", "localhost:http"])
def test_a_malformed_exception_is_named(entry: str) -> None:
    with pytest.raises(ValueError, match="ALLOWED_PRIVATE_HOSTS"):
        Guard([entry])


class Receiver:
    """Notes the addresses that a resolver hands on."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def resolutionBegan(self, _: Any) -> None:  # noqa: N802
        self.addresses = []

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        """Nothing to do."""


def test_each_resolution_is_sifted_so_a_name_that_is_rebound_gains_nothing() -> None:
    answers = [["93.184.215.14", "10.0.0.1"], ["127.0.0.1"]]

    class Names:
        """A name server that answers differently each time."""

        def resolveHostName(self, receiver: Any, _: str, port: int, *__: Any) -> None:  # noqa: N802
            receiver.resolutionBegan(None)
            for address in answers.pop(0):
                receiver.addressResolved(IPv4Address("TCP", address, port))
            receiver.resolutionComplete()

    reactor: Any = SimpleNamespace(nameResolver=Names())
    resolver = GuardedResolver(reactor, 0, Guard())
    first, second = Receiver(), Receiver()
    resolver.resolveHostName(first, "rebound.example", 80)
    assert first.addresses == ["93.184.215.14"]
    resolver.resolveHostName(second, "rebound.example", 80)
    assert second.addresses == []
    assert resolver.refused == {"rebound.example": "127.0.0.1"}
