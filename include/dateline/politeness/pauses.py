"""Trials of pauses: every host has its own, and is asked one thing at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from dateline.politeness.evidence import GAP, Row, Seen, Trial, all_of, none_of
from dateline.politeness.papers import paper, stories
from dateline.politeness.scripts import answer, say
from dateline.politeness.site import Asked, Script

_DELAYS: dict[str, tuple[float | None, float | None]] = {
    "slow.test": (0.6, None),
    "own.test": (None, 0.5),
    "both.test": (0.3, 0.4),
    "plain.test": (None, None),
}
"""Host → its Crawl-delay and what its source file asks for, in seconds."""


def trial() -> Trial:
    """Hosts with each kind of pause."""
    scripts: dict[str, Script] = {}
    papers = []
    for host, (delay, own) in _DELAYS.items():
        scripts |= stories(host, "a", "b")
        papers.append(paper(host.partition(".")[0], own))
        if delay is not None:
            scripts[f"{host}/robots.txt"] = say(answer(f"User-agent: *\nCrawl-delay: {delay}\n"))
    return Trial(tuple(papers), scripts, judge)


def judge(seen: Seen) -> Iterator[Row]:
    """A row for each kind of pause, and one for all hosts of the journey."""
    for host, (delay, own) in _DELAYS.items():
        least = max(GAP, delay or 0.0, own or 0.0)
        found = pauses(_after_robots(seen, host))
        told = f"Crawl-delay {delay:g} s" if delay else ""
        told += f"{', ' if told else ''}source's own {own:g} s" if own else ""
        shortest = min(found, default=0.0)
        yield Row(
            f"pause ≥ {least:g} s: {told or 'the common one'}",
            f"{shortest:.3f} s at least, {len(found)} pauses",
            shortest >= least,
        )
    yield from everywhere(seen)


def everywhere(seen: Seen) -> Iterator[Row]:
    """What holds of every host, whatever it is there for."""
    found = {host: pauses(asked) for host, asked in _by_host(seen).items()}
    kept = sum(min(between, default=GAP) >= GAP for between in found.values())
    shortest = min((min(between) for between in found.values() if between), default=0.0)
    yield replace(
        all_of(f"pause ≥ {GAP:g} s at every host", kept, len(found), "hosts"),
        measured=f"{kept} of {len(found)} hosts, {shortest:.3f} s at least",
    )
    overlaps = [one.url for asked in _by_host(seen).values() for one in _overlapping(asked)]
    yield none_of("one request at a time at a host", overlaps, len(seen.asked), "requests overlap")
    sent = [one.url for one in seen.asked if "cookie" in one.headers]
    yield none_of("no cookie comes back", sent, len(seen.asked), "requests")
    named = sum("(+" in one.headers.get("user-agent", "") for one in seen.asked)
    yield all_of("every request names us and a contact", named, len(seen.asked), "requests")


def pauses(asked: Iterable[Asked]) -> list[float]:
    """Seconds from the end of each answer to the next request."""
    listed = sorted(asked, key=lambda one: one.at)
    return [later.at - before.ended for before, later in pairwise(listed)]


def _after_robots(seen: Seen, host: str) -> list[Asked]:
    """What a host was asked once its robots.txt had told its delay: poll by poll, as each may ask anew."""
    asked: list[Asked] = seen.of([host], 0)
    return [one for one in asked if one.path != "/robots.txt"]


def _by_host(seen: Seen) -> dict[str, list[Asked]]:
    found: dict[str, list[Asked]] = defaultdict(list)
    for one in seen.asked:
        found[one.host].append(one)
    return found


def _overlapping(asked: list[Asked]) -> Iterator[Asked]:
    """Requests that came before the last bytes of the answer before had been handed over."""
    for before, later in pairwise(asked):
        if later.at < before.ended:
            yield later
