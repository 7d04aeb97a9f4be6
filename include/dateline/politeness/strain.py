"""Trials of hosts under strain: 429 speaks for the host, 503 for one URL, and Retry-After is kept to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dateline.politeness.evidence import Row, Seen, Trial, none_of
from dateline.politeness.papers import paper, stories
from dateline.politeness.scripts import busy, in_turn
from dateline.politeness.site import Asked, Script

REST = 7200
"""What the long ones ask for, in seconds: so long that no run waits for it."""

_HOSTS = {
    "busy.test": (429, 2, False),
    "busydate.test": (429, 3, True),
    "away.test": (429, REST, False),
    "awaydate.test": (429, REST, True),
    "ill.test": (503, REST, False),
    "illdate.test": (503, REST, True),
    "faint.test": (503, 2, False),
}
"""Host → what its page `a` answers first: status, Retry-After in seconds, whether that is a date."""


def trial() -> Trial:
    """Hosts that answer 429 or 503 once, with Retry-After in each form."""
    scripts: dict[str, Script] = {}
    for host, (status, seconds, dated) in _HOSTS.items():
        scripts |= stories(host, "a", "b", "c")
        usual = scripts[f"{host}/a"]
        scripts[f"{host}/a"] = in_turn(busy(status, seconds, dated=dated), usual)
    return Trial(tuple(paper(host.partition(".")[0]) for host in _HOSTS), scripts, judge)


def judge(seen: Seen) -> Iterator[Row]:
    """For each host when it was asked again, beside when it might be."""
    for host, (status, seconds, dated) in _HOSTS.items():
        form = "a date" if dated else "seconds"
        scope = "the host" if status == 429 else "the URL"
        promised = f"{status}, Retry-After {seconds} s as {form}: {scope} rests so long"
        pair = _refused_and_next(seen, host, whole=status == 429)
        if pair is None:
            yield Row(promised, "never asked again", False)
            continue
        waited, late = _waited(seen, *pair), _poll_of(seen, pair[1]) > _first_allowed(seen, pair[0])
        told = f"asked again after {waited:.2f} s{', a poll too late' if late else ''}"
        yield Row(promised, told, seconds <= waited and not late)
    limits = [host for host, (status, _, _) in _HOSTS.items() if status == 503]
    stopped = [host for host in limits if len(_others(seen, host)) < 2]
    yield none_of("503 rests one URL: others of its host go on", stopped, len(limits), "hosts stopped")


def _refused_and_next(seen: Seen, host: str, *, whole: bool) -> tuple[Asked, Asked] | None:
    """The refused request, and the next one at the whole host or for that URL; None without either."""
    refused = next((one for one in seen.of([host]) if one.rest is not None), None)
    if refused is None:
        return None
    later = (one for one in seen.of([host]) if one.at > refused.at and (whole or one.path == refused.path))
    following = next(later, None)
    return None if following is None else (refused, following)


def _waited(seen: Seen, refused: Asked, following: Asked) -> float:
    """Seconds from a refusal to the next request.

    Between two polls it is the polls' clocks that count: they stand still while a poll runs, and a request
    counts from the begin of its poll.
    """
    first, second = _poll_of(seen, refused), _poll_of(seen, following)
    if first == second:
        return following.at - refused.ended
    between = seen.polls[second].now - seen.polls[first].now
    return (between + timedelta(seconds=following.at - seen.polls[second].began)).total_seconds()


def _first_allowed(seen: Seen, refused: Asked) -> int:
    """The first poll after the refused one at whose begin the rest is over."""
    over = seen.polls[_poll_of(seen, refused)].now + timedelta(seconds=refused.rest or 0.0)
    first = _poll_of(seen, refused) + 1
    return next((number for number in range(first, len(seen.polls)) if seen.polls[number].now >= over), first)


def _poll_of(seen: Seen, one: Asked) -> int:
    return max(number for number, poll in enumerate(seen.polls) if poll.began <= one.at)


def _others(seen: Seen, host: str) -> set[str]:
    """The other stories of a host that were asked for in the poll of the refusal, before what was refused."""
    met = [one.path for one in seen.of([host], 0)]
    until = met.index("/a", met.index("/a") + 1) if met.count("/a") > 1 else len(met)
    return set(met[:until]) & {"/b", "/c"}
