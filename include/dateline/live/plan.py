"""What a poll goes by, beside its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.edges.http.sites import Remembered
from dateline.edges.http.turns import Holds
from dateline.live.leading import Index
from dateline.live.moves import Reread
from dateline.live.turns import Exchange
from dateline.text.crawl_past import Capture, Known, Moment
from dateline.text.crawl_state import State
from dateline.text.forgotten import NOTHING, Forgotten

Recall = Callable[[Sequence[Capture]], Mapping[str, Known]]
"""Capture id → what is known of it, as far as the lake still has it."""


Led = Callable[[Sequence[Moment]], Mapping[Moment, dict[str, Any]]]
"""Rows of `attempts` → what led there, as far as the lake still has it."""


def _nothing(_: Sequence[Any]) -> Mapping[Any, Any]:
    return {}


def _no_index(_: Capture) -> None:
    return None


def _none() -> Iterable[Exchange]:
    return ()


def _gone(_: Capture) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Plan:
    """How a poll goes, beside its sources.

    Args:
        state: what earlier attempts left behind.
        recall: looks earlier captures up; without it no page is looked at again unless a lead asks for it,
            and then whole.
        holds: keep other tasks off a host while this one asks it; None where there are none.
        sites: what sites said of themselves to earlier polls (`edges.http.sites.Remembered`).
        force: asks every feed, sitemap and section page, due or not.
        forgotten: what was taken down, and is not asked for.
        left: what named pages in runs that did not come to their end (`recalled.leading`).
        reread: gives an earlier capture of a page; without it every move makes a new article, and a 304 is
            not enough where what led to a page has new facts.
        led: looks up what led to pages that were asked for in vain.
        index: looks up what an index of sitemaps held (`recalled.index`).
    """

    state: State
    recall: Recall = _nothing
    holds: Holds | None = None
    sites: Remembered | None = None
    force: bool = False
    forgotten: Forgotten = NOTHING
    left: Callable[[], Iterable[Exchange]] = _none
    reread: Reread = _gone
    led: Led = _nothing
    index: Index = _no_index
