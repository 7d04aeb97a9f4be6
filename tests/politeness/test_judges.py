"""Judges of the conformance: what a polite crawler does passes, and each way to break a promise does not."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.politeness import pauses, repeats, rules, strain
from dateline.politeness.evidence import Row, Seen
from dateline.politeness.site import Asked
from judged import asked, attempt, broken, seen, with_attempts

# Pauses


def visits(gap: float, host: str = "slow.test") -> list[Asked]:
    return [asked(1 + n * (gap + 0.001), f"{host}/{n}") for n in range(4)]


@pytest.mark.parametrize(("gap", "kept"), [(0.61, True), (0.59, False), (0.0, False)])
def test_the_shortest_pause_counts(gap: float, kept: bool) -> None:
    row = next(pauses.judge(seen(*visits(gap))))
    assert "Crawl-delay 0.6" in row.promised
    assert row.kept == kept


def test_a_host_that_was_not_asked_proves_nothing() -> None:
    assert len(broken(pauses.judge(seen()))) == 10


def at_ports(gap: float, rules: int = 4) -> list[Asked]:
    paths = ["robots.txt"] * rules + ["feed.xml", "a", "b"]
    return [asked(1 + n * (gap + 0.001), f"{pauses.PORTS}/{path}") for n, path in enumerate(paths)]


@pytest.mark.parametrize(("gap", "rules", "kept"), [(0.51, 4, True), (0.3, 4, False), (0.51, 3, False)])
def test_the_ports_of_a_host_share_its_pause(gap: float, rules: int, kept: bool) -> None:
    rows = broken(pauses.judge(seen(*at_ports(gap, rules))))
    assert ("Crawl-delay 0.5 s over ports, redirects and robots.txt" not in rows) == kept


def test_a_cookie_is_seen() -> None:
    told = "cookies are never sent"
    visits_twice = [asked(1, "crumbs.test/a"), asked(2, "crumbs.test/b")]
    assert told not in broken(pauses.judge(seen(*visits_twice)))
    assert told in broken(pauses.judge(seen(visits_twice[0])))
    sent = asked(3, "any.test/a", headers={"cookie": "quay=1"})
    assert told in broken(pauses.judge(seen(*visits_twice, sent)))


def hops(*urls: str, status: int | None = 200) -> dict[str, Any]:
    return {
        **attempt(urls[0], "captured"),
        "hops": [{"url": f"http://{url}", "status": status} for url in urls],
    }


LEDGERS = {
    "the same": ([hops("a.test/1", "b.test:81/2"), hops("a.test/1")], True),
    "one is missing": ([hops("a.test/1", "b.test/2")], False),
    "under another host": ([hops("a.test/1", "a.test/2"), hops("a.test/1")], False),
    "one too many": ([hops("a.test/1", "b.test/2"), hops("a.test/1", "a.test/1")], False),
    "one that never arrived": (
        [hops("a.test/1", "b.test/2"), hops("a.test/1"), hops("a.test/1", status=None)], True,
    ),
    "and elsewhere": ([hops("a.test/1", "b.test/2"), hops("a.test/1"), hops("z.test/1")], True),
}  # fmt: skip


@pytest.mark.parametrize("name", LEDGERS)
def test_the_ledger_is_held_against_the_site(name: str) -> None:
    attempts, kept = LEDGERS[name]
    met = [asked(1, "a.test/1"), asked(2, "b.test/2"), asked(3, "a.test/1")]
    assert pauses.ledger(with_attempts(seen(*met), *attempts)).kept == kept
    assert not pauses.ledger(seen()).kept


EVERYWHERE = {
    "hasty": [asked(1, "a.test/1"), asked(1.1, "a.test/2")],
    "two at once": [asked(1, "a.test/1", ended=2.0), asked(1.5, "a.test/2", ended=1.6)],
    "nameless": [asked(1, "a.test/1", headers={"user-agent": "Mozilla"})],
}


@pytest.mark.parametrize("name", EVERYWHERE)
def test_what_holds_everywhere(name: str) -> None:
    assert broken(pauses.everywhere(seen(*EVERYWHERE[name])))
    assert broken(pauses.everywhere(seen(asked(1, "a.test/1"), asked(1.3, "a.test/2")))) == []


# Robots


def obedient() -> list[Asked]:
    found = [asked(1 + n, f"rules.test/{name}") for n, name in enumerate(rules._ALLOWED)]
    found += [asked(1, "moving.test/a"), asked(1, "lengthy.test/a")]
    found += [asked(at, f"{host}/robots.txt", status=500) for host in rules._SILENT for at in (1, 101)]
    return found + [
        asked(n, f"{host}/{name}") for host in rules._OPEN for n, name in enumerate(("robots.txt", "a"))
    ]


def refusals() -> list[dict[str, Any]]:
    found = [attempt(f"rules.test/{name}", "robots_disallowed") for name in (*rules._FORBIDDEN, "hop")]
    return found + [attempt(f"{host}/feed.xml", "robots_unreachable") for host in rules._SILENT]


@pytest.mark.parametrize(
    "more",
    [
        "rules.test/private/a",
        "rules.test/private/hopped",
        "moving.test/b",
        "lengthy.test/b",
        "fault.test/feed.xml",
    ],
)
def test_a_single_forbidden_request_is_seen(more: str) -> None:
    good = with_attempts(seen(*obedient(), moments=(0.0, 60.0)), *refusals())
    assert broken(rules.judge(good)) == []
    bad = with_attempts(seen(*obedient(), asked(9, more), moments=(0.0, 60.0)), *refusals())
    assert len(broken(rules.judge(bad))) == 1


def test_rules_that_can_not_be_had_are_looked_at_again() -> None:
    told = "… and it is looked at again by later polls"
    assert told in broken(rules.judge(with_attempts(seen(*obedient()), *refusals())))


def test_rules_asked_for_twice_in_a_poll() -> None:
    twice = seen(*obedient(), asked(5, "none.test/robots.txt"))
    assert "robots.txt is asked for once a poll" in broken(rules.judge(with_attempts(twice, *refusals())))


def test_who_asks_nothing_breaks_what_is_to_be_asked() -> None:
    assert "what it allows is asked" in broken(rules.judge(seen()))


# Second visits


def revisit(headers: dict[str, str], at: float = 101.0) -> Seen:
    first = asked(1, "marked.test/feed.xml", etag='W/"q"', modified="Mon")
    return seen(first, asked(at, "marked.test/feed.xml", headers=headers, status=304), moments=(0.0, 60.0))


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ({"if-none-match": 'W/"q"', "if-modified-since": "Mon"}, True),
        ({"if-none-match": 'W/"q"'}, False),
        ({"if-none-match": '"q"', "if-modified-since": "Mon"}, False),
        ({}, False),
    ],
)
def test_both_validators_are_sent_as_they_came(headers: dict[str, str], kept: bool) -> None:
    assert next(repeats.judge(revisit(headers))).kept == kept


def test_a_validator_that_a_304_leaves_out_stays() -> None:
    visit = "renamed.test/feed.xml"
    old, new = {"if-none-match": '"1"', "if-modified-since": "Mon"}, {"if-none-match": '"2"'}
    requests = [
        asked(1, visit, etag='"1"', modified="Mon"),
        asked(101, visit, etag='"2"', status=304, headers=old),
        asked(201, visit, etag='"3"', status=304, headers=new | {"if-modified-since": "Mon"}),
    ]
    moments = (0.0, 60.0, 120.0)
    own = "ETag and Last-Modified are kept each for itself"
    assert own not in broken(repeats.judge(seen(*requests, moments=moments)))
    requests[2] = asked(201, visit, etag='"3"', status=304, headers=new)
    assert own in broken(repeats.judge(seen(*requests, moments=moments)))


def test_an_audit_has_no_conditions() -> None:
    told = "304s are audited: a whole feed after a week"
    first, late = asked(1, "tagged.test/feed.xml", etag='"1"'), (0.0, 8 * 86_400.0)
    assert told not in broken(repeats.judge(seen(first, asked(101, "tagged.test/feed.xml"), moments=late)))
    conditional = asked(101, "tagged.test/feed.xml", headers={"if-none-match": '"1"'})
    assert told in broken(repeats.judge(seen(first, conditional, moments=late)))


# Strain


def strained(host: str, *later: Asked) -> Row:
    status, rest, _ = strain._HOSTS[host]
    refused = asked(1, f"{host}/a", status=status, rest=float(rest))
    moments = (0.0, strain.REST - 1.0, float(strain.REST), 2.0 * strain.REST)
    rows = strain.judge(seen(refused, *later, moments=moments))
    return list(rows)[list(strain._HOSTS).index(host)]


@pytest.mark.parametrize(
    ("host", "url", "at", "kept"),
    [
        ("busy.test", "b", 3.1, True),
        ("busy.test", "b", 2.9, False),
        ("away.test", "b", 201.0, True),
        ("away.test", "b", 2.0, False),
        ("away.test", "b", 100.5, False),  # in the second poll, a second too early
        ("away.test", "feed.xml", 100.5, False),
        ("away.test", "b", 301.0, False),  # in the fourth, though the third might
        ("ill.test", "a", 201.0, True),
        ("ill.test", "a", 100.5, False),
        ("faint.test", "a", 3.1, True),
        ("faint.test", "a", 101.0, True),
    ],
)
def test_retry_after_is_judged_to_the_second(host: str, url: str, at: float, kept: bool) -> None:
    assert strained(host, asked(at, f"{host}/{url}")).kept == kept


def test_others_of_a_host_may_be_asked_after_503_and_must() -> None:
    assert not strained("ill.test", asked(2, "ill.test/b")).kept  # `a` is never had
    assert strained("ill.test", asked(2, "ill.test/b"), asked(201, "ill.test/a")).kept
    assert "503 rests one URL: others of its host go on" in broken(strain.judge(seen()))
