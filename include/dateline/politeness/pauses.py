"""Trials of pauses: every host has its own, and is asked one thing at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from dateline.politeness.evidence import GAP, Row, Seen, Trial, all_of, host_of, none_of
from dateline.politeness.papers import RSS, Paper, feed, feeds, paper, stories, story
from dateline.politeness.scripts import answer, page, say, to
from dateline.politeness.site import Asked, Script

_DELAYS: dict[str, tuple[float | None, float | None]] = {
    "slow.test": (0.6, None),
    "own.test": (None, 0.5),
    "both.test": (0.3, 0.4),
    "plain.test": (None, None),
}
"""Host → its Crawl-delay and what its source file asks for, in seconds."""

PORTS = "ports.test"
"""A host on several ports, each of which has a robots.txt of its own."""
_PORTS_DELAY = 0.5
_COOKIE = "quay=1; Path=/; Max-Age=3600"
_CRUMBS = "crumbs.test"


def trial() -> Trial:
    """Hosts with each kind of pause."""
    scripts: dict[str, Script] = {}
    papers = []
    for host, (delay, own) in _DELAYS.items():
        scripts |= stories(host, "a", "b")
        papers.append(paper(host.partition(".")[0], own))
        if delay is not None:
            scripts[f"{host}/robots.txt"] = _slow(delay)
    links = [f"http://{_CRUMBS}/{name}" for name in "ab"]
    scripts |= {f"{_CRUMBS}/{n}": say(answer(story(f"crumbs {n}"), set_cookie=_COOKIE)) for n in "ab"}
    scripts[f"{_CRUMBS}/feed.xml"] = say(answer(feed(links), content_type=RSS, set_cookie=_COOKIE))
    papers += [paper("crumbs"), *_ports(scripts)]
    return Trial(tuple(papers), scripts, judge)


def _slow(delay: float) -> Script:
    return say(answer(f"User-agent: *\nCrawl-delay: {delay}\n"))


def _ports(scripts: dict[str, Script]) -> list[Paper]:
    """A slow host whose pages lie on several ports, and another host whose robots.txt leads to it."""
    scripts[f"{PORTS}/robots.txt"] = _slow(_PORTS_DELAY)
    scripts[f"{PORTS}/feed.xml"] = feeds([f"http://{PORTS}:81/a", f"http://{PORTS}/b"])
    scripts[f"{PORTS}/b"] = to(f"http://{PORTS}:82/c")
    scripts |= {f"{PORTS}/{name}": page(story(f"ports {name}")) for name in "ac"}
    # Of the same site, as hosts of one site are asked one after the other: so its turn comes in between.
    scripts[f"www.{PORTS}/robots.txt"] = to(f"http://{PORTS}/robots.txt")
    scripts[f"www.{PORTS}/feed.xml"] = feeds([])
    return [Paper("ports", (f"http://{PORTS}/feed.xml", f"http://www.{PORTS}/feed.xml"))]


def judge(seen: Seen) -> Iterator[Row]:
    """A row for each kind of pause, and one for all hosts of the journey."""
    for host, (delay, own) in _DELAYS.items():
        least = max(GAP, delay or 0.0, own or 0.0)
        found = _within_polls(seen, host)
        told = f"Crawl-delay {delay:g} s" if delay else ""
        told += f"{', ' if told else ''}source's own {own:g} s" if own else ""
        shortest = min(found, default=0.0)
        yield Row(
            f"pause ≥ {least:g} s: {told or 'the common one'}",
            f"{shortest:.3f} s at least, {len(found)} pauses",
            shortest >= least,
        )
    yield _over_ports(seen)
    yield from everywhere(seen)
    yield _cookies(seen)


def _over_ports(seen: Seen) -> Row:
    found = _within_polls(seen, PORTS)
    asked = [one for one in seen.of([PORTS], 0) if one.path == "/robots.txt"]
    shortest = min(found, default=0.0)
    return Row(
        f"Crawl-delay {_PORTS_DELAY:g} s over ports, redirects and robots.txt",
        f"{shortest:.3f} s at least, {len(found)} pauses, robots.txt {len(asked)} times",
        # One for each port, and the one that leads here from elsewhere.
        shortest >= _PORTS_DELAY and len(asked) == 4,
    )


def _cookies(seen: Seen) -> Row:
    sent = [one.url for one in seen.asked if "cookie" in one.headers]
    return none_of("cookies are never sent", sent, max(len(seen.of([_CRUMBS])) - 1, 0), "requests had one")


def ledger(seen: Seen) -> Row:
    """Whether attempts tell what the site was asked, host by host, where all polls came to their end.

    A request whose connection broke may never have reached the site: it is told of all the same.
    """
    asked = Counter(one.host for one in seen.asked)
    told, answered = Counter[str](), Counter[str]()
    for hop in (hop for row in seen.attempts() for hop in row["hops"]):
        host = host_of(hop["url"]).partition(":")[0]
        told[host] += host in asked
        answered[host] += host in asked and hop["status"] is not None
    same = sum(answered[host] <= count <= told[host] for host, count in asked.items())
    return replace(
        all_of("attempts tell of every request", same, len(asked), "hosts"),
        measured=f"{sum(told.values())} told, {len(seen.asked)} met, {same} of {len(asked)} hosts agree",
    )


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


def _within_polls(seen: Seen, host: str) -> list[float]:
    """The pauses of a host in each poll: the first thing that it is asked tells its delay."""
    return [pause for number in range(len(seen.polls)) for pause in pauses(seen.of([host], number))]


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
