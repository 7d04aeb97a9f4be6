"""Which addresses lie on the public internet: a table of networks that do not, each with its source.

Python knows the registries too (`is_global`), but each version as they were when it was made; and what clouds
put behind numbers that look public stands in no registry. Both are asked, and either may refuse. That errs
towards refusing: a few addresses inside are public, and none of them is a publisher's.
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

NOT_PUBLIC: tuple[tuple[str, str, str], ...] = (
    ("0.0.0.0/8", "this network", "RFC 791 §3.2"),
    ("10.0.0.0/8", "private", "RFC 1918"),
    ("100.64.0.0/10", "shared by carriers; 100.100.100.200 is metadata of Alibaba Cloud", "RFC 6598"),
    ("127.0.0.0/8", "loopback", "RFC 1122 §3.2.1.3"),
    ("169.254.0.0/16", "link-local; 169.254.169.254 is metadata of most clouds", "RFC 3927"),
    ("172.16.0.0/12", "private", "RFC 1918"),
    ("192.0.0.0/24", "protocol assignments; 192.0.0.192 is metadata of Oracle Cloud", "RFC 6890 §2.1"),
    ("192.0.2.0/24", "documentation", "RFC 5737"),
    ("192.88.99.0/24", "6to4 relays, given up", "RFC 7526"),
    ("192.168.0.0/16", "private", "RFC 1918"),
    ("198.18.0.0/15", "benchmarks", "RFC 2544"),
    ("198.51.100.0/24", "documentation", "RFC 5737"),
    ("203.0.113.0/24", "documentation", "RFC 5737"),
    ("224.0.0.0/4", "multicast", "RFC 5771"),
    ("240.0.0.0/4", "reserved, and the limited broadcast", "RFC 1112 §4, RFC 8190"),
    ("168.63.129.16/32", "the platform of Azure, from within it", "Microsoft: what is 168.63.129.16"),
    ("199.36.153.4/30", "restricted APIs of Google, from within its cloud", "Google: private access options"),
    ("199.36.153.8/30", "private APIs of Google, from within its cloud", "Google: private access options"),
    ("161.26.0.0/16", "services of IBM Cloud, from within it", "IBM: service endpoints for VPC"),
    ("166.8.0.0/14", "services of IBM Cloud, from within it", "IBM: service endpoints for VPC"),
    ("2001::/23", "protocol assignments: Teredo, benchmarks, ORCHID", "RFC 2928, RFC 6890 §2.2"),
    ("2001:db8::/32", "documentation", "RFC 3849"),
    ("3fff::/20", "documentation", "RFC 9637"),
)
"""Network, what it is for, where that is said."""

_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All else of IPv6 is unassigned, local or special (RFC 4291 §2.4, RFC 3587)."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""Without 64:ff9b:1::/48 (RFC 8215): where in that the other address lies, its own network alone knows."""

_ISATAP = 0x5EFE
"""An interface identifier that holds an IPv4 address of the same site (RFC 5214 §6.1)."""


def is_public(text: str) -> bool:
    """Whether an address lies on the public internet, also one that an IPv6 address wraps."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return _is_public(address)
    if address.scope_id:
        return False
    if wrapped := _wrapped(address):
        return _is_public(wrapped)
    site = int(address) >> 32 & 0xFFFF_FFFF
    return address in _UNICAST and site & ~0x0200_0000 != _ISATAP and _is_public(address)


def _is_public(address: Address) -> bool:
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return not any(address in network for network in _networks(address.version))


def _wrapped(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address inside a mapped, 6to4 or NAT64 address (RFC 4291 §2.5.5.2, RFC 3056, RFC 6052)."""
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour


@lru_cache(maxsize=2)
def _networks(version: int) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    networks = (ipaddress.ip_network(network) for network, _, _ in NOT_PUBLIC)
    return tuple(network for network in networks if network.version == version)


def is_private(host: str) -> bool:
    """Whether a URL's host is, as it is written, an address that is not public, or this machine's name."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return not is_public(host)
