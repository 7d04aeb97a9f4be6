"""Trials of what goes wrong: each story of a host that fails, in whatever way, is had in the end."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator

from dateline.politeness.evidence import Row, Seen, Trial, host_of
from dateline.politeness.papers import Paper, feeds, paper, stories, story
from dateline.politeness.scripts import answer, busy, cut, hang, in_turn, page, reset, say, stalled, to
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
_BAN = "robots.txt that allows nothing"
_CIRCLE = "redirects in a circle"
_REFUSALS = (_BAN, _CIRCLE)
"""What looks like a no for good; one poll tries it once."""
CRASH = "crash.test"
SEGMENT = 6
"""Exchanges of a segment in this trial: so few that some are in the lake when the process is killed."""
_STORIES = tuple(f"story-{number:02}" for number in range(20))

_PATIENT = "patient.test"
_DELAY = 12.0
"""Its Crawl-delay in seconds: longer than from its first request to the kill and a new process."""


def _host(fault: str) -> str:
    # Each on a site of its own: hosts of one site wait for each other.
    return f"{fault.lower().replace(' ', '-').replace('.', '-')}-failed.test"


def trial() -> Trial:
    """One feed, whose stories lie on hosts that each fail in a way of their own."""
    scripts: dict[str, Script] = {}
    for fault, script in _FAULTS.items():
        scripts[f"{_host(fault)}/a"] = in_turn(*[script] * TIMES, page(story(fault)))
    for fault in _REFUSALS:
        scripts[f"{_host(fault)}/a"] = page(story(fault))
    ban, rules = say(answer("User-agent: *\nDisallow: /\n")), say(answer("User-agent: *\nAllow: /\n"))
    scripts[f"{_host(_BAN)}/robots.txt"] = in_turn(ban, rules)
    circle = f"{_host(_CIRCLE)}/a"
    scripts[circle] = in_turn(to("/round"), scripts[circle])
    scripts[f"{_host(_CIRCLE)}/round"] = to("/round")
    scripts["failing.test/feed.xml"] = feeds([f"http://{_host(fault)}/a" for fault in (*_FAULTS, *_REFUSALS)])
    return Trial((paper("failing"),), scripts, judge)


def judge(seen: Seen) -> Iterator[Row]:
    """One row for all faults, with those named that lost a story."""
    published = {url for url, _ in seen.articles}
    asked = Counter(one.host for one in seen.asked if one.path == "/a")
    # What is forbidden is not asked for: that it was judged so is its first try.
    asked.update(host_of(row["url"]) for row in seen.attempts() if row["outcome"] == "robots_disallowed")
    faults = (*_FAULTS, *_REFUSALS)
    lost = [fault for fault in faults if f"http://{_host(fault)}/a" not in published]
    hosts = {_host(fault) for fault in faults}
    often = [host for host in hosts if asked[host] > 1]
    told = f"{len(hosts) - len(lost)} of {len(hosts)} published, {len(often)} tried again"
    told += f"; lost: {', '.join(lost)}" if lost else ""
    yield Row(f"no story lost after {len(hosts)} kinds of fault", told, not lost and len(often) == len(hosts))


def crash() -> Trial:
    """A host with many stories, in whose middle the process is killed; another's pause is under way then."""
    scripts = stories(CRASH, *_STORIES)
    scripts[f"{CRASH}/slow.xml"] = feeds([f"http://{_PATIENT}/a"])
    scripts[f"{_PATIENT}/a"] = page(story("patient"))
    scripts[f"{_PATIENT}/robots.txt"] = say(answer(f"User-agent: *\nCrawl-delay: {_DELAY:g}\n"))
    slow = Paper("slow", (f"http://{CRASH}/slow.xml",))
    return Trial((paper("crash"), slow), scripts, judge_crash)


def judge_crash(seen: Seen) -> Iterator[Row]:
    """What was published after the rerun, what it asked for again, and how long after the kill."""
    before = {one.path for one in seen.of([CRASH], 0) if "story" in one.path}
    published = {url for url, _ in seen.articles}
    had = sum(f"http://{CRASH}/{name}" in published for name in _STORIES)
    yield Row(
        "no story lost after a kill in mid-batch and a rerun",
        f"{had} of {len(_STORIES)} published, killed after {len(before)}",
        had == len(_STORIES) and 0 < len(before) < len(_STORIES),
    )
    yield _asked_again(seen)
    yield _paused(seen)


def _asked_again(seen: Seen) -> Row:
    """Whether the rerun asked for anything that the lake had when the process was killed."""
    known = {row["url"].partition("://")[2] for row in seen.polls[0].attempts}
    first, rerun = seen.of([CRASH], 0), {one.url for one in seen.of([CRASH], 1)}
    again, lost = known & rerun, sum(one.url in rerun for one in first)
    told = f"{len(again)} of {len(known)} asked again; {lost} of {len(first)} requests were lost with it"
    stories = sum("story" in url for url in known)
    return Row(
        "what the lake has is not asked again after a kill", told, stories > 0 and rerun > again == set()
    )


def _paused(seen: Seen) -> Row:
    """The pause that was under way at the kill, at a host that the rerun asks first for its robots.txt."""
    asked, later = seen.of([_PATIENT], 0), seen.of([_PATIENT], 1)
    if not asked or not later:
        return Row(f"pause ≥ {_DELAY:g} s over a kill", "it was not asked before and after", False)
    last = asked[-1].ended
    pause, left, began = (at - last for at in (later[0].at, seen.polls[0].ended, seen.polls[1].began))
    told = f"{pause:.3f} s, killed after {left:.3f} s, begun again after {began:.3f} s"
    return Row(f"pause ≥ {_DELAY:g} s over a kill", told, left < began < _DELAY <= pause)
