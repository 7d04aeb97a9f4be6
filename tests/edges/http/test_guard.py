"""Which addresses are public, which hosts are mapped, what a URL must be."""

from __future__ import annotations

import ipaddress
import re
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.edges.http.guard import AddressRefusedError, Guard
from dateline.edges.http.networks import NOT_PUBLIC, Address, is_public
from dateline.edges.http.robots import Rules

PUBLIC = ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
PRIVATE = [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
    "192.168.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1",
    "::ffff:a9fe:a9fe", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2001::1",
    "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "2606:2800::1%eth0", "fec0::1", "ff02::1", "", "x",
    "168.63.129.16", "100.100.100.200", "192.0.0.192", "192.0.0.8", "192.0.0.9", "192.88.99.1", "161.26.0.10",
    "166.11.255.255", "199.36.153.5", "199.36.153.11", "::ffff:168.63.129.16", "64:ff9b::a83f:8110",
    "2002:a83f:8110::1", "3fff::1", "4000::1", "5f00::1", "100::1", "100:0:0:1::1", "2001:db8::1",
    "2001:20::1", "2606:2800::5efe:a9fe:a9fe", "2606:2800::200:5efe:7f00:1", "::ffff:0:127.0.0.1",
    "fd20:ce::254",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("network", [network for network, _, _ in NOT_PUBLIC])
def test_the_table_alone_refuses_its_networks(network: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this version of Python knows."""
    for kind in (ipaddress.IPv4Address, ipaddress.IPv6Address):
        for known in ("is_global", "is_multicast", "is_reserved"):
            monkeypatch.setattr(kind, known, known == "is_global")
    known = ipaddress.ip_network(network)
    for address in (known[0], known[-1]):
        assert not is_public(str(address))
    assert is_public("8.8.8.8")


def test_the_table_says_where_it_is_from() -> None:
    for network, what, source in NOT_PUBLIC:
        assert str(ipaddress.ip_network(network)) == network
        assert what
        assert re.match(r"RFC \d+|[A-Z]\w+: ", source)


@given(st.ip_addresses())
def test_what_python_does_not_call_global_is_never_public(address: Address) -> None:
    assert address.is_global or not is_public(str(address)) or _wraps(address)


def _wraps(address: Address) -> bool:
    return isinstance(address, ipaddress.IPv6Address) and bool(address.ipv4_mapped or address.sixtofour)


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_changes_nothing(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    wraps = [0xFFFF << 32 | number, 0x64_FF9B << 96 | number, 0x2002 << 112 | number << 80 | 1]
    assert {is_public(str(ipaddress.IPv6Address(wrapped))) for wrapped in wraps} == {is_public(str(address))}


@given(st.text() | st.from_regex(r"https?://[^/]{0,20}(/.{0,20})?"))
def test_a_url_is_fit_or_refused(text: str) -> None:
    try:
        url = Guard.of("").url(text)
    except AddressRefusedError:
        return
    assert url.scheme in ("http", "https")
    assert str(url).isascii()
    assert url.user is None
    Rules.parse(b"User-agent: *\nDisallow: /x", 1.0).allows(str(url))


def test_credentials_and_fragment_are_not_asked_for() -> None:
    assert str(Guard.of("").url(" http://me:secret@paper.example/a?b=c#d ")) == "http://paper.example/a?b=c"


@pytest.mark.parametrize("host", ["2130706433", "127.1", "0x7f.0.0.1", "0177.1", "paper.1", "0x7f000001."])
def test_an_address_in_disguise_is_refused_before_anything_resolves_it(host: str) -> None:
    with pytest.raises(AddressRefusedError):
        Guard.of("").url(f"http://{host}/")


def test_mapping() -> None:
    guard = Guard.of(" .test=127.0.0.1:81, paper.example=[::1]:82,")
    assert guard.target("www.paper.test") == guard.target("WWW.Paper.test.")
    assert guard.target("www.paper.test").port == 81
    assert guard.target("paper.example").address == "::1"
    for stranger in ("test", "www.paper.example", "paper.example.com", "nottest", "127.0.0.1", ""):
        assert guard.target(stranger) is None


@pytest.mark.parametrize("address", ["10.0.0.1", "::1", "169.254.169.254", "127.0.0.1"])
def test_no_socket_for_a_private_address(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with pytest.raises(AddressRefusedError):
        Guard.of(".test=127.0.0.1:81").socket((family, socket.SOCK_STREAM, 6, "", (address, 80)))
