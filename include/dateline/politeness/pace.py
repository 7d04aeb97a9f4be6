"""When a host was asked, as attempts tell it: its pauses beside the promised ones, and Retry-After."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

SLACK = 0.05
"""Seconds by which the clocks of the machines that share a lake may differ; …"""
DRIFT = 0.001
"""… and the part of a pause by which a clock that is being set right may run fast."""


_BEGAN = itemgetter(0, 1)


class _Request(NamedTuple):
    """One request; instants in seconds since 1970.

    Args:
        gap: the pause that the host was to have before it.
        rest: what its Retry-After asks for, in seconds.
        whole: whether it asks that for the host; else for the URL.
        url: where it counts, because it was asked to rest.
    """

    began: float
    ended: float
    gap: float
    rest: float | None
    whole: bool
    url: str | None


@dataclass(frozen=True, slots=True)
class Pace:
    """How a host was asked.

    Args:
        pause: the tightest pause, from the end of an answer to the next request, in seconds; None where no
            two follow each other whose times are told, as under a clock that stands still.
        promised: what that was to be, in seconds.
        hasty: how many were shorter than promised.
        rests: how many Retry-After a later request has put to the test.
        broken: how many of these were not kept to.
    """

    pause: float | None = None
    promised: float = 0.0
    hasty: int = 0
    rests: int = 0
    broken: int = 0

    @property
    def is_kept(self) -> bool:
        """Whether all that was promised was kept."""
        return not self.hasty and not self.broken


@dataclass(slots=True)
class Visits:
    """The requests to one host, in whatever order they are added but for those of one URL."""

    _requests: list[_Request] = field(default_factory=list)
    _resting: set[str] = field(default_factory=set)

    def add(self, hop: dict[str, Any]) -> None:
        """Add one (`contracts.shared.HOP_TYPE`).

        429 speaks for the host, 503 for one URL; of any other answer Retry-After is not taken for a wish to
        be left alone.
        """
        url, status = hop["url"], hop["status"]
        rest = hop["retry_after"] if status in (429, 503) else None
        if rest is not None and status == 503:
            self._resting.add(url)
        # There are millions of others.
        kept = url if url in self._resting else None
        began, ended = hop["began"].timestamp(), hop["ended"].timestamp()
        self._requests.append(_Request(began, ended, hop["gap"], rest, status == 429, kept))

    def pace(self) -> Pace:
        """What all of them together tell."""
        told = list(_told(self._requests))
        rests = list(_rests(self._requests))
        pause, promised = min(told, key=lambda one: one[0] - one[1], default=(None, 0.0))
        return Pace(
            pause=pause,
            promised=promised,
            hasty=sum(pause < promised * (1 - DRIFT) - SLACK for pause, promised in told),
            rests=len(rests),
            broken=sum(late < -SLACK for late in rests),
        )

    def __len__(self) -> int:
        return len(self._requests)


def _told(requests: Iterable[_Request]) -> Iterator[tuple[float, float]]:
    """(pause, promised) before each request but the first, where the clock went on."""
    last, ended = math.inf, -math.inf
    for one in sorted(requests, key=_BEGAN):
        if one.began > last:
            yield max(one.began - ended, 0.0), one.gap
        last, ended = one.began, max(ended, one.ended)


def _rests(requests: Iterable[_Request]) -> Iterator[float]:
    """For each Retry-After, how many seconds after its end the next request came; below 0: too soon."""
    waiting: dict[str | None, tuple[float, float]] = {}
    for one in sorted(requests, key=_BEGAN):
        for place in {None, one.url} & waiting.keys():
            asked, until = waiting.pop(place)
            if one.began > asked:
                yield one.began - until
        if one.rest is not None:
            waiting[None if one.whole else one.url] = one.began, one.ended + one.rest * (1 - DRIFT)
