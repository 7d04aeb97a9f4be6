"""Trials of what goes wrong: each story of a host that fails, in whatever way, is had in the end."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator

from dateline.politeness.evidence import Row, Seen, Trial
from dateline.politeness.papers import Paper, feeds, paper, stories, story
from dateline.politeness.scripts import answer, busy, cut, hang, in_turn, page, reset, say, stalled
from dateline.politeness.site import Script

TIMES = 3
"""How often a story fails before it is had: as often as one poll tries, so that the first one loses it."""

_ZIPPED = gzip.compress(b"<p>" + b"quay " * 4000)
_FAULTS: dict[str, Script] = {
    "429": busy(429, 1),
    "503": say(answer(b"no", 503)),
    "503 with Retry-After": busy(503, 1),
    "500": say(answer(b"no", 500)),
    "502": say(answer(b"no", 502)),
    "408": say(answer(b"no", 408)),
    "timeout": hang,
    "timeout inside the body": stalled(answer(b"<p>half", content_length="4000")),
    "closed at once": cut(),
    "reset": reset,
    "closed inside the head": cut(b"HTTP/1.1 200 OK\r\nContent-Ty"),
    "closed inside the body": cut(answer(b"<p>half", content_length="4000")),
    "broken chunks": cut(answer(b"5\r\nhello\r\nzz\r\n", content_length="", transfer_encoding="chunked")),
    "gzip that ends early": say(answer(_ZIPPED[: len(_ZIPPED) // 2], content_encoding="gzip")),
    "empty body": say(answer(b"")),
    "no HTTP": cut(b"220 quay.test ESMTP\r\n\r\n"),
}
CRASH = "crash.test"
_STORIES = tuple(f"story-{number:02}" for number in range(16))


def _host(fault: str) -> str:
    # Each on a site of its own: hosts of one site wait for each other.
    return f"{fault.lower().replace(' ', '-')}-failed.test"


def trial() -> Trial:
    """One feed, whose stories lie on hosts that each fail in a way of their own."""
    scripts: dict[str, Script] = {}
    for fault, script in _FAULTS.items():
        scripts[f"{_host(fault)}/a"] = in_turn(*[script] * TIMES, page(story(fault)))
    scripts["failing.test/feed.xml"] = feeds([f"http://{_host(fault)}/a" for fault in _FAULTS])
    return Trial((paper("failing"),), scripts, judge)


def judge(seen: Seen) -> Iterator[Row]:
    """One row for all faults, with those named that lost a story."""
    published = {url for url, _ in seen.articles}
    asked = Counter(one.host for one in seen.asked if one.path == "/a")
    lost = [fault for fault in _FAULTS if f"http://{_host(fault)}/a" not in published]
    hosts = {_host(fault) for fault in _FAULTS}
    often = [host for host in hosts if asked[host] > 1]
    told = f"{len(hosts) - len(lost)} of {len(hosts)} published, {len(often)} asked for again"
    told += f"; lost: {', '.join(lost)}" if lost else ""
    yield Row(f"no story lost after {len(hosts)} kinds of fault", told, not lost and len(often) == len(hosts))


def crash() -> Trial:
    """A host with many stories, in whose middle the process is killed."""
    return Trial((Paper("crash", (f"http://{CRASH}/feed.xml",)),), stories(CRASH, *_STORIES), judge_crash)


def judge_crash(seen: Seen) -> Iterator[Row]:
    """What was published after the rerun, beside what the feed named."""
    before = {one.path for one in seen.during(0)} - {"/feed.xml", "/robots.txt"}
    published = {url for url, _ in seen.articles}
    had = sum(f"http://{CRASH}/{name}" in published for name in _STORIES)
    again = sum(one.path in before for poll in range(1, len(seen.polls)) for one in seen.during(poll))
    yield Row(
        "no story lost after a kill in mid-batch and a rerun",
        f"{had} of {len(_STORIES)} published, killed after {len(before)}, {again} asked again",
        had == len(_STORIES) and 0 < len(before) < len(_STORIES),
    )
