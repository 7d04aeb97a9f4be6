"""How the live sources do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dateline.edges.clock import Clock
from dateline.edges.lake import Lake
from dateline.edges.sources import Source
from dateline.errors import UsageError
from dateline.live.pages import starts
from dateline.remembered import crawl_state
from dateline.settings import Settings
from dateline.text.crawl_state import State


@dataclass(frozen=True)
class SourceHealth:
    """How a source does. What it is polled at are its feeds, sitemaps and section pages.

    Args:
        last_answer: when one of them last answered as asked; None if none ever did.
        failing: how many failed when they were last asked.
        next_poll: when the first of them is due; None if one was never asked, and is due now.
        dead: how many have failed for so long that they are asked once a week or less.
    """

    last_answer: datetime | None
    failing: int
    next_poll: datetime | None = None
    dead: int = 0


def of_sources(settings: Settings, known: Iterable[Source]) -> dict[str, SourceHealth]:
    """Slug → health of every source that was ever asked, from the lake's attempts."""
    try:
        lake = Lake.open(settings.lake, create=False)
    except UsageError:
        return {}
    state = crawl_state(lake, Clock.of(settings).now())
    found = {source.slug: _health(source, state) for source in known}
    return {slug: health for slug, health in found.items() if health.failing or health.last_answer}


def _health(source: Source, state: State) -> SourceHealth:
    places = starts(source)
    answers = [at for kind, url in places if (at := state.last_success(url, kind)) is not None]
    polls = [state.next_poll(url, kind) for kind, url in places]
    known = [poll for poll in polls if poll is not None]
    return SourceHealth(
        last_answer=max(answers, default=None),
        failing=sum(state.failures(url, kind) > 0 for kind, url in places),
        next_poll=min(known) if len(known) == len(polls) else None,
        dead=sum(state.is_dead(url, kind) for kind, url in places),
    )
