"""Hosts of URLs: their one spelling, their site, and the names before it that show the same pages."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, unquote_to_bytes

_HOST_PREFIXES = frozenset({"www", "www1", "www2", "www3", "m", "mobile", "amp", "touch", "wap"})
"""First labels of hosts that show the same pages in another dress."""
_MOBILE = frozenset({"m", "mobile", "amp"})
"""These also behind another label: `en.m.example.com` is `en.example.com`."""
_HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+|[0-9a-f:.]*:[0-9a-f:.]*")


def host_of(parts: SplitResult) -> str | None:
    """The host in lower case, ASCII form; None if it can't be one."""
    try:
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if "%" in host:
        host = unquote_to_bytes(as_utf8(host)).decode("utf-8", "replace").lower()
    if not host.isascii():
        import idna

        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return None
    if _HOST.fullmatch(host) or _ADDRESS.fullmatch(host):
        return host
    return None


@lru_cache(maxsize=4096)
def plain_host(host: str) -> str | None:
    """The host of a plain URL as it stands in a key, None where the whole URL must be looked at."""
    is_viewer = host.endswith(".cdn.ampproject.org") or host.startswith("www.google.")
    return None if is_viewer or _ADDRESS.fullmatch(host) else without_prefix(host)


def port_of(parts: SplitResult) -> str:
    """`:8080`; empty for the usual ones."""
    try:
        port = parts.port
    except ValueError:
        return ""
    return f":{port}" if port not in (None, 80, 443) else ""


@lru_cache(maxsize=4096)
def without_prefix(host: str) -> str:
    """`www.m.example.com` → `example.com`; but `amp.co.uk`, a name of its own, stays."""
    if _ADDRESS.fullmatch(host):
        return host
    labels = host.split(".")
    own = max(registrable(host).count(".") + 1, 2)
    below, site = labels[:-own], labels[-own:]
    while below and below[0] in _HOST_PREFIXES:
        del below[0]
    return ".".join([*(label for label in below if label not in _MOBILE), *site])


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """`news.example.co.uk` → `example.co.uk`; an address or single name as it is."""
    if _ADDRESS.fullmatch(host):
        return host
    suffix = _public_suffix(host)
    if suffix == host:
        return host
    return ".".join(host.split(".")[-suffix.count(".") - 2 :])


def _public_suffix(host: str) -> str:
    """The part of a host under which anybody can register: `co.uk`; unknown ones: the last label."""
    from tld import get_tld

    # A name is put before it, as the list's reader knows no host that is itself a suffix.
    found = get_tld(f"http://x.{host}/", as_object=True, fail_silently=True, search_private=True)
    return str(getattr(found, "tld", host.rpartition(".")[2]))


def as_utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")
