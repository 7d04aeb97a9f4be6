"""The sample newsroom as news to poll again and again: after each poll, six hours pass there.

The first poll brings what six publishers had at 06:00 on 25 March 2026, the second what they wrote until
noon, the third what they wrote until the evening, and an update; then they have nothing new to say.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from airflow_home import ROOT

FOLDER = ROOT / "seeds" / "newsroom"
FIRST = datetime(2026, 3, 25, 6, tzinfo=UTC)
PASSES = timedelta(hours=6)

QUIET = 4.0
"""Seconds without a request, once every publisher was asked, after which a poll is over."""

QUIETER = 30.0
"""The same where some publisher was not asked, say because a task failed."""


class SampleNews:
    """The newsroom on a loopback port, and the clock that it shares with the tasks.

    Args:
        clock: file that tells the tasks the time (`DATELINE_NOW`).
        lake: polls that it has seen are past; a poll is known by its instant and never done twice.

    Raises:
        DatelineError: the lake can't be read or written.
    """

    def __init__(self, clock: Path, lake: str) -> None:
        sys.path.insert(0, str(FOLDER))
        from serve import Newsroom

        self._clock = clock
        self.room: Any = Newsroom(_after_polls(lake))
        self._seen = 0
        self._tell()

    def __enter__(self) -> SampleNews:
        self.room.__enter__()
        return self

    def __exit__(self, *raised: Any) -> None:
        self.room.__exit__(*raised)

    def variables(self) -> dict[str, str]:
        """What the tasks must be told to poll it."""
        return {
            "DATELINE_SOURCES": str(FOLDER / "sources"),
            "DATELINE_CONNECT_TO": self.room.connect_to,
            "DATELINE_NOW": f"@{self._clock}",
            "DATELINE_HOST_GAP": "0.05",  # no real publisher is asked
            "DATELINE_ARCHIVES": str(ROOT / "seeds"),
            "DATELINE_SETTLE_FOLLOWS": "1",
        }

    def tick(self) -> datetime | None:
        """Let time pass if a poll is over; what time it is then, None if it stands still."""
        requests = self.room.requests[self._seen :]
        if not requests:
            return None
        quiet = time.monotonic() - requests[-1].time
        feeds = {site.host: site.facts["feed"]["path"] for site in self.room.sites.values()}
        asked = {one.host for one in requests if feeds.get(one.host) == one.path.partition("?")[0]}
        if quiet < (QUIET if asked == set(feeds) else QUIETER):
            return None
        self._seen += len(requests)
        self.room.now += PASSES
        self._tell()
        return self.room.now

    def _tell(self) -> None:
        staged = self._clock.with_name(f".{self._clock.name}")
        staged.write_text(self.room.now.isoformat())
        staged.replace(self._clock)


def _after_polls(lake: str) -> datetime:
    """The first instant that the lake has no poll of."""
    from dateline.edges.lake import Lake

    ids = [receipt.id.split("/") for receipt in Lake.open(lake).receipts("fetch")]
    polls = [datetime.fromisoformat(words[1]) for words in ids if words[0] == "live"]
    return max([FIRST, *(poll + PASSES for poll in polls)])
