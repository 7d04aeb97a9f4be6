"""Where a connection may go: public addresses only, judged by the address that is connected to.

A host is judged three times. Its URL: an address written out must be public and in its one canonical
form. Its resolution: addresses that are not public are left out. Its socket: the address that is about
to be connected to is judged again, whatever was resolved before.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from dateline.edges.http.networks import is_public
from dateline.edges.http.spelling import spelled
from dateline.errors import UsageError

MAX_URL = 8_192
"""Longer addresses are refused: no publisher needs them, and every row would carry them."""

UNREADABLE = (ValueError, TypeError, IndexError)
"""What the library raises at URLs that are none; the last of them at `http://[]@/`."""

# Labels that are empty or too long are no names for Python's resolver either: it raises at them.
_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_HOST = re.compile(r"\.?[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?")
# A last label that a resolver of the C library reads as a number makes the whole host an address in
# disguise: 2130706433, 127.1, 0177.0.0.1, 0x7f.1.
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)


class AddressRefusedError(OSError):
    """This address is not connected to. An OSError, as the HTTP library expects of a failed connection."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where the connections to a host are sent instead."""

    address: str
    port: int


class Guard:
    """Judges hosts, addresses and sockets.

    Args:
        targets: host, or `.host` for all hosts below it, → where its connections go.
    """

    def __init__(self, targets: dict[str, Target]) -> None:
        self._targets = targets
        self._open = {(target.address, target.port) for target in targets.values()}

    @classmethod
    def of(cls, connect_to: str) -> Guard:
        """The guard that `settings.connect_to` describes: `HOST=ADDRESS:PORT,…`.

        Raises:
            UsageError: a pair can't be read.
        """
        targets: dict[str, Target] = {}
        for pair in filter(None, (part.strip() for part in connect_to.split(","))):
            host, _, there = pair.partition("=")
            address, _, port = there.rpartition(":")
            try:
                target = Target(str(ipaddress.ip_address(address.strip("[] "))), int(port))
            except ValueError as error:
                raise _no_pair(pair) from error
            host = host.strip().lower()
            if not _HOST.fullmatch(host) or not 0 < target.port < 65_536:
                raise _no_pair(pair)
            targets[host] = target
        return cls(targets)

    def target(self, host: str) -> Target | None:
        """Where connections to this host are sent; None if to its own address."""
        host = host.lower().rstrip(".")
        if host in self._targets:
            return self._targets[host]
        labels = host.split(".")
        for start in range(1, len(labels)):
            if found := self._targets.get("." + ".".join(labels[start:])):
                return found
        return None

    def url(self, text: str) -> URL:
        """The URL, fit to be asked for (`spelling.spelled`): no fragment, and no credentials. These are never
        meant for us, and would be sent along.

        Raises:
            AddressRefusedError: it is no http(s) URL, or its host is an address that is not public.
        """
        if len(text) > MAX_URL:
            raise AddressRefusedError("the URL is too long")
        try:
            url = spelled(text)
        except UNREADABLE as error:
            raise AddressRefusedError("the URL can't be read") from error
        if url is None:
            raise AddressRefusedError("only http and https URLs are asked for")
        if len(str(url)) > MAX_URL:
            raise AddressRefusedError("the URL is too long")
        self._judge_host(url.raw_host or "")
        return url

    def socket(self, info: tuple[Any, Any, int, str, tuple[Any, ...]]) -> socket.socket:
        """A socket for an address that may be connected to (the connector's `socket_factory`).

        Raises:
            AddressRefusedError: it may not.
        """
        family, kind, protocol, _, address = info
        if (address[0], address[1]) not in self._open and not is_public(address[0]):
            raise AddressRefusedError(f"{address[0]} is not a public address")
        return socket.socket(family=family, type=kind, proto=protocol)

    def _judge_host(self, host: str) -> None:
        if self.target(host):
            return
        try:
            ipaddress.ip_address(host)
        except ValueError:
            if not _NAME.fullmatch(host.lower()):
                raise AddressRefusedError("the host is no name that a resolver should be given") from None
            if _NUMBER.fullmatch(host.rpartition(".")[2]):
                raise AddressRefusedError(f"{host[:80]} is an address in disguise") from None
            return
        if not is_public(host):
            raise AddressRefusedError(f"{host} is not a public address")


class Resolver(AbstractResolver):
    """Resolves hosts to the addresses that the guard allows."""

    def __init__(self, guard: Guard, inner: AbstractResolver | None = None) -> None:
        self._guard = guard
        self._inner = inner or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a host.

        Raises:
            AddressRefusedError: it has addresses, but none that may be connected to.
            OSError: it can't be resolved.
        """
        if target := self._guard.target(host):
            return [_result(host, target)]
        found = await self._inner.resolve(host, port, family)
        allowed = [result for result in found if is_public(result["host"])]
        if found and not allowed:
            raise AddressRefusedError(f"{host} has no public address")
        return allowed

    async def judge(self, host: str, port: int) -> None:
        """Make sure that a host may be connected to by another who resolves its name for himself: a proxy.

        Raises:
            AddressRefusedError: one of its addresses may not be connected to; he might take that one.
            OSError: it can't be resolved here.
        """
        for result in await self._inner.resolve(host, port, socket.AF_UNSPEC):
            if not is_public(result["host"]):
                raise AddressRefusedError(f"{host} has an address that is not public")

    async def close(self) -> None:
        """Nothing is held open."""
        await self._inner.close()


def _result(host: str, target: Target) -> ResolveResult:
    family = socket.AF_INET6 if ":" in target.address else socket.AF_INET
    return ResolveResult(
        hostname=host,
        host=target.address,
        port=target.port,
        family=family,
        proto=0,
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )


def _no_pair(pair: str) -> UsageError:
    return UsageError(f"DATELINE_CONNECT_TO: {pair[:80]!r} is no HOST=ADDRESS:PORT")
