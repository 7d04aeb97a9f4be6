"""How the live sources do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dateline.edges.clock import Clock
from dateline.edges.lake import Lake
from dateline.edges.sources import Source
from dateline.errors import UsageError
from dateline.remembered import crawl_state
from dateline.settings import Settings


@dataclass(frozen=True)
class SourceHealth:
    """How a source does.

    Args:
        last_answer: when one of its feeds last answered as asked; None if none ever did.
        failing: feeds whose last try failed.
    """

    last_answer: datetime | None
    failing: int


def of_sources(settings: Settings, known: Iterable[Source]) -> dict[str, SourceHealth]:
    """Slug → health of every source that was ever asked, from the lake's attempts."""
    try:
        lake = Lake.open(settings.lake, create=False)
    except UsageError:
        return {}
    state = crawl_state(lake, Clock.of(settings).now())
    found = {}
    for source in known:
        answers = [state.last_success(feed) for feed in source.feeds]
        failing = sum(state.failures(feed) > 0 for feed in source.feeds)
        if failing or any(answers):
            latest = max((answer for answer in answers if answer), default=None)
            found[source.slug] = SourceHealth(latest, failing)
    return found
