"""Polling a scripted web, one poll after the other."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from dateline import live
from dateline.contracts.exchanges import EXCHANGES
from dateline.edges.clock import Clock
from dateline.edges.http import Client, Limits
from dateline.settings import Settings
from dateline.steps.fetch import FetchRules, fetch
from dateline.text.crawl_past import Known, Moment
from dateline.text.crawl_state import State, fold
from scripted_web import Web, answer

NOON = datetime(2024, 3, 25, 12, tzinfo=UTC)
QUICK = Limits(total=1.0, connect=0.5, silence=0.3, retries=0, gap=0.0, patience=0.0, body=100_000)


@dataclass(frozen=True)
class Paper:
    slug: str = "paper"
    feeds: tuple[str, ...] = ("http://paper.test/feed",)
    timezone: str | None = "Europe/London"
    gap_seconds: float | None = None
    max_articles: int | None = None
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    revisit: bool = False
    home: str = "http://paper.test/"


def rss(*links: str, title: str = "Tide") -> bytes:
    items = "".join(
        f"<item><title>{title}</title><guid>{link}</guid><link>{link}</link></item>" for link in links
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Paper</title>{items}</channel></rss>'
    return answer(body, content_type="application/rss+xml", etag='"1"')


class Polls:
    """Polls one after the other, an hour apart, over the state that the ones before left."""

    def __init__(self, scripts: dict[str, Any], *sources: Paper) -> None:
        self.scripts = scripts
        self.sources = sources or (Paper(),)
        self.attempts: list[Any] = []
        self.known: dict[str, Known] = {}
        self.led: dict[Moment, dict[str, Any]] = {}
        self.now = NOON
        self.web = Web({})

    def poll(self, limits: Limits = QUICK, force: bool = False, **settings: Any) -> list[dict[str, Any]]:
        plan = live.Plan(self.state, lambda _: self.known, force=force, led=lambda _: self.led)
        rows = asyncio.run(self._poll(plan, limits, settings))
        batch = EXCHANGES.batch([{"seq": seq, **row} for seq, row in enumerate(rows)])
        rules = FetchRules(batch=f"{len(self.attempts):016}")
        for contract, made in fetch(iter([batch]), rules):
            if contract.name == "attempts":
                self.attempts.append(made)
                self.led |= {
                    (row["captured"], row["batch"], row["seq"]): row["lead"]
                    for row in made.select(["captured", "batch", "seq", "lead"]).to_pylist()
                    if row["lead"]
                }
            elif contract.name == "captures":
                self.known |= {
                    row["capture_id"]: Known(row["lead"], row["body_sha256"])
                    for row in made.select(["capture_id", "lead", "body_sha256"]).to_pylist()
                }
        self.now += timedelta(hours=1)
        return rows

    @property
    def state(self) -> State:
        return fold(self.attempts)

    async def _poll(self, plan: live.Plan, limits: Limits, more: dict[str, Any]) -> list[dict[str, Any]]:
        async with Web(self.scripts) as self.web:
            settings = Settings(**({"connect_to": self.web.connect_to, "run_seconds": 30.0} | more))
            clock = Clock(self.now)
            async with Client(settings, clock, limits) as client:
                polled = live.poll(self.sources, plan, client, clock, settings)
                return [row async for rows in polled for row in rows]


def of_kind(rows: list[dict[str, Any]], kind: str = "page") -> dict[str, str | None]:
    found = {row["url"]: row["failure"] for row in rows if row["input_kind"] == kind}
    assert len(found) == sum(row["input_kind"] == kind for row in rows)
    return found


class Aside:
    """A scripted web on a loop of its own, for code that runs one itself."""

    def __init__(self, scripts: dict[str, Any]) -> None:
        self._loop = asyncio.new_event_loop()
        self._web = Web(scripts)
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._web.__aenter__(), self._loop).result(5)
        self.asked = self._web.asked
        self.connect_to = self._web.connect_to

    def close(self) -> None:
        async def stop() -> None:
            await self._web.__aexit__()
            tasks = asyncio.all_tasks() - {asyncio.current_task()}
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(stop(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()
