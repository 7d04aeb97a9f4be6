"""Pages that have moved for good within their site: where to ask for them, and what they were known by.

What is looked up here was folded out of attempts with `known_as`: only of those it is sure that the story
moved, see `text.moves`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from dateline.text.crawl_past import MOVED, Capture, Past

_FALL_BACK = 3


class Pasts(Protocol):
    """What attempts tell; see `text.crawl_state.State`."""

    def past(self, kind: str, url: str) -> Past | None: ...
    def pages(self) -> Iterator[tuple[str, Past]]: ...
    def is_active(self, past: Past) -> bool: ...


def address(state: Pasts, url: str) -> str:
    """Where to ask for a page: at its old address, if it has moved from there.

    What is known of it is known there, and a publisher may take the move back. Where the old address fails,
    or the new one was asked for or put off by itself before, it is the new one: what is owed must be had.
    """
    move = state.past(MOVED, url) if state.past("page", url) is None else None
    old = state.past("page", move.first[2]) if move else None
    if move is None or old is None or any(old.failures.values()) or len(old.failures) >= _FALL_BACK:
        return url
    return move.first[2]


def known_as(state: Pasts, url: str) -> str | None:
    """The URL by which the story at an address was known before it moved there; None if it did not."""
    move = state.past(MOVED, url)
    return move.known_as[1] if move and move.known_as else None


def is_met(state: Pasts, url: str) -> bool:
    """Whether a page was asked for at this address; to be put off is not to be asked for."""
    past = state.past("page", url)
    return past is not None and not past.was_put_off


def last_capture(state: Pasts, url: str) -> Capture | None:
    """Where the last body of a page lies; None if it has none."""
    past = state.past("page", url)
    return past.last_capture if past else None


def entries(state: Pasts) -> dict[str, str]:
    """Entry of a feed → the young page that it led to; without those that led to several."""
    found: dict[str, str | None] = {}
    for _, past in state.pages():
        # Others may or may not be among those looked through: that depends on what was folded before.
        if past.entry[1] is not None and past.born is not None and state.is_active(past):
            found[past.entry[1]] = None if past.entry[1] in found else past.first[2]
    return {entry: url for entry, url in found.items() if url is not None}
