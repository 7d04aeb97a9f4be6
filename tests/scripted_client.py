"""Asking a scripted web with small limits."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from aiohttp.abc import AbstractResolver

from dateline.contracts.exchanges import EXCHANGES
from dateline.edges.clock import Clock
from dateline.edges.http import Client, Limits, Request
from dateline.settings import Settings
from scripted_web import Web

NOON = Clock(datetime(2024, 3, 25, 12, tzinfo=UTC))
QUICK = Limits(
    total=1.0, connect=0.5, silence=0.3, body=20_000, robots=2_000, retries=1, backoff=0.01, gap=0.0,
    least_gap=0.0, patience=0.5, rest=0.2, header=4_000, headers=40, head=8_000,
)  # fmt: skip
PAGE = "http://www.paper.test/a"


def get(
    scripts: dict[str, Any],
    *requests: Request | str,
    limits: Limits = QUICK,
    resolver: AbstractResolver | None = None,
    deadline: float = 60.0,
    **settings: Any,
) -> tuple[list[dict[str, Any]], Web, list[dict[str, Any]]]:
    """The exchanges for these requests one after the other, the web they met, the exchanges beside."""

    async def run() -> tuple[list[dict[str, Any]], Web, list[dict[str, Any]]]:
        async with Web(scripts) as web:
            given = {"connect_to": web.connect_to, **settings}
            async with Client(Settings(**given), NOON, limits, resolver) as client:
                until = asyncio.get_running_loop().time() + deadline
                found = [await client.get(_request(one), until) for one in requests]
                return found, web, client.drain()

    found, web, beside = asyncio.run(run())
    EXCHANGES.batch([{"seq": seq, **exchange} for seq, exchange in enumerate([*found, *beside])])
    return found, web, beside


def _request(one: Request | str) -> Request:
    return one if isinstance(one, Request) else Request(one, "paper")
