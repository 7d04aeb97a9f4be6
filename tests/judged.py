"""What a hostile site might have seen, made up for its judges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from dateline.politeness.evidence import Poll, Row, Seen
from dateline.politeness.site import Asked

NOON = datetime(2026, 3, 25, 12, tzinfo=UTC)
US = {"user-agent": "dateline/1 (+https://desk.test)"}


def asked(at: float, url: str, **facts: Any) -> Asked:
    """A request that was answered at once."""
    host, _, path = url.partition("/")
    headers = US | facts.pop("headers", {})
    return Asked(at, host, f"/{path}", headers, 1, **({"ended": at + 0.001, "status": 200} | facts))


def polls(*moments: float) -> list[Poll]:
    """Polls that began so many seconds after noon, by their clocks; each takes 100 seconds of the machine's,
    and the n-th begins at n hundred."""
    return [
        Poll(NOON + timedelta(seconds=moment), 100.0 * n, 100.0 * n + 99, batches=1)
        for n, moment in enumerate(moments)
    ]


def broken(rows: Iterable[Row]) -> list[str]:
    return [row.promised for row in rows if not row.kept]


def seen(*requests: Asked, moments: tuple[float, ...] = (0.0,), **facts: Any) -> Seen:
    return Seen(sorted(requests, key=lambda one: one.at), polls(*moments), **facts)


def with_attempts(given: Seen, *attempts: dict[str, Any]) -> Seen:
    first, *rest = given.polls
    return replace(given, polls=[replace(first, attempts=list(attempts)), *rest])


def attempt(url: str, outcome: str, kind: str = "page") -> dict[str, Any]:
    return {"url": f"http://{url}", "outcome": outcome, "input_kind": kind}
