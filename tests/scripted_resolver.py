"""Resolvers that say what a script says, and ask nobody."""

from __future__ import annotations

import socket

from aiohttp.abc import AbstractResolver, ResolveResult


class Real(AbstractResolver):
    """Knows this machine alone, as the system's resolver would name it; asks nobody outside."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if host.lower().rstrip(".") != "localhost":
            raise OSError("no such name")
        return [found_at(host, "127.0.0.1", port), found_at(host, "::1", port)]

    async def close(self) -> None:
        """Nothing is open."""


class Scripted(Real):
    """Resolves any name to the next of these lists of addresses; to the last for ever."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if not answer:
            raise OSError("no such name")
        return [found_at(host, one, port) for one in answer]


def found_at(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
