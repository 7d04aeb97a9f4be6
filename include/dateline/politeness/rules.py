"""Trials of robots.txt (RFC 9309): what it forbids is not asked for, nor anything where it can't be had."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.politeness.evidence import Row, Seen, Trial, all_of, host_of, none_of
from dateline.politeness.papers import feeds, paper, stories, story
from dateline.politeness.pauses import PORTS
from dateline.politeness.scripts import answer, cut, hang, page, say, to
from dateline.politeness.site import Script

_RULES = """User-agent: *
Disallow: /

User-agent: dateline
Disallow: /private/
Allow: /private/open
Disallow: /*.pdf$
Disallow: /search?
Disallow: /%7Ejoe/
"""
_ALLOWED = ("story", "private/open", "a.pdf?page=1", "hop")
_FORBIDDEN = ("private/a", "private/b", "a.pdf", "search?q=quay", "~joe/a")

_SILENT = {
    "fault.test": say(answer(b"no", 500)),
    "strained.test": say(answer(b"no", 503)),
    "broken.test": cut(),
    "mute.test": hang,
    "choice.test": say(answer(b"which?", 300)),
    "unused.test": say(answer(b"no", 306)),
    "proxied.test": say(answer(b"who?", 407)),
}
"""Hosts whose robots.txt can't be had: for all that is known, they forbid everything (§2.3.1.4)."""

_OPEN = {"none.test": 404, "closed.test": 403, "login.test": 401}
"""Hosts that answer that they have none (§2.3.1.3)."""

_KIB = 1024


def trial() -> Trial:
    """Hosts with rules of each kind, without any, and with some that can't be had."""
    links = [f"http://rules.test/{name}" for name in (*_ALLOWED, *_FORBIDDEN)]
    scripts: dict[str, Script] = {
        "rules.test/robots.txt": say(answer(_RULES, content_type="text/plain")),
        "rules.test/feed.xml": feeds(links),
        **{f"rules.test/{name}": page(story(name)) for name in (*_ALLOWED, *_FORBIDDEN)},
        "rules.test/hop": to("/private/hopped"),
        "rules.test/private/hopped": page(story("hopped")),
        **_moved_and_long(),
    }
    for host, script in _SILENT.items():
        scripts |= {**stories(host, "a"), f"{host}/robots.txt": script}
    for host, status in _OPEN.items():
        scripts |= {**stories(host, "a"), f"{host}/robots.txt": say(answer(b"no", status))}
    hosts = ("rules.test", "moving.test", "lengthy.test", *_SILENT, *_OPEN)
    return Trial(tuple(paper(host.partition(".")[0]) for host in hosts), scripts, judge)


def _moved_and_long() -> dict[str, Script]:
    forbids = b"User-agent: *\nDisallow: /b\n"
    # §2.5: at least 500 KiB count, so that a rule just before them does.
    padding = b"# quay\n" * (498 * _KIB // 7)
    hops = {f"moving.test/{n}": to(f"/{n + 1}", 301) for n in range(1, 5)}
    return {
        **stories("moving.test", "a", "b"),
        **hops,
        "moving.test/robots.txt": to("/1", 301),
        "moving.test/5": say(answer(forbids)),
        **stories("lengthy.test", "a", "b"),
        "lengthy.test/robots.txt": say(answer(b"User-agent: *\n" + padding + b"Disallow: /b\n" + padding)),
    }


def judge(seen: Seen) -> Iterator[Row]:
    """What was asked, beside what might have been."""
    asked = [one.path.lstrip("/") for one in seen.of(["rules.test"])]
    forbidden = {*_FORBIDDEN, "private/hopped"}
    broken = forbidden & set(asked)
    told = {row["url"] for row in seen.attempts(["rules.test"]) if row["outcome"] == "robots_disallowed"}
    wanted = {f"http://rules.test/{name}" for name in (*_FORBIDDEN, "hop")}
    met = len(told & wanted | {f"http://rules.test/{name}" for name in broken})
    yield none_of("nothing asked that robots.txt forbids", broken, met, "forbidden URLs asked")
    yield all_of(
        "what it allows is asked", len(set(_ALLOWED) & set(asked)), len(_ALLOWED), "allowed URLs asked"
    )
    yield all_of("what is not asked is written down", len(told & wanted), len(wanted), "refusals in attempts")
    for host, what in (("moving.test", "after 5 redirects"), ("lengthy.test", "of more than 500 KiB")):
        paths = {one.path for one in seen.of([host])}
        kept = "/b" not in paths and "/a" in paths
        yield Row(f"rules {what} hold", "they do" if kept else "they do not", kept)
    yield from _without(seen)


def _without(seen: Seen) -> Iterator[Row]:
    others = [one.url for one in seen.of(_SILENT) if one.path != "/robots.txt"]
    again = sum(_polls(seen, host) > 1 for host in _SILENT)
    yield none_of("robots.txt 3xx, 407, 5xx or unreachable: not asked", others, len(_SILENT), "hosts asked")
    yield all_of("… and it is looked at again by later polls", again, len(_SILENT), "hosts")
    told = {host_of(row["url"]) for row in seen.attempts(_SILENT) if row["outcome"] == "robots_unreachable"}
    yield all_of("… and that is written down", len(told), len(_SILENT), "hosts")
    met = {one.host for one in seen.of(_OPEN) if one.path == "/a"}
    yield all_of("robots.txt 4xx: there are no rules", len(met), len(_OPEN), "hosts asked")
    often = max(_times_asked(seen), default=0)
    # A repeat after a fault belongs to the same question.
    yield Row("robots.txt is asked for once a poll", f"{often} times at most", 0 < often <= 1)


def _polls(seen: Seen, host: str) -> int:
    """In how many polls a host was asked."""
    return sum(bool(seen.of([host], number)) for number in range(len(seen.polls)))


def _times_asked(seen: Seen) -> Iterator[int]:
    """How often each host that has an answer was asked for its rules, in each poll."""
    answering = {one.host for one in seen.asked} - {*_SILENT, PORTS}
    for number in range(len(seen.polls)):
        asked = [one.host for one in seen.during(number) if one.path == "/robots.txt" and one.status < 500]
        yield from (asked.count(host) for host in answering)
