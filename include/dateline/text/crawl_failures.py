"""What failures of requests say: that it may be had another time, that it is not there, or no."""

from __future__ import annotations

from enum import IntEnum

from dateline.text.robots import means_none

PASSING = (
    "too_many_requests", "timeout", "connection_failed", "bad_response", "empty", "interstitial",
)  # fmt: skip
"""Failures that may be gone the next time. Of `http_error` those are that speak of the server."""

_PASSING_STATUS = (407, 408, 425, 429)
"""407 is a proxy's: it says nothing of what was asked for."""

_ABSENT_STATUS = (404, 410)


class Failure(IntEnum):
    """What a failure says.

    Args:
        PASSING: that the server is not at its best.
        ROBOTS: nothing of the page: it was not asked for, as robots.txt could not be had.
        ABSENT: that there is no such page, or not yet.
        NO: that there is none for us.
        ASTRAY: that the way there leads in a circle, or to where nothing is asked for. Sites do so in the
            midst of a deploy, resolvers on a bad day; and those that send us away for good do so too.
        FORBIDDEN: that robots.txt does not allow it: nothing of the page, for as long as that file says so.
    """

    PASSING = 0
    ROBOTS = 1
    ABSENT = 2
    NO = 3
    ASTRAY = 4
    FORBIDDEN = 5

    @property
    def is_hard(self) -> bool:
        """Whether it means no."""
        return self >= Failure.ABSENT


_TOLD = {
    "robots_unreachable": Failure.ROBOTS,
    "robots_disallowed": Failure.FORBIDDEN,
    "too_many_redirects": Failure.ASTRAY,
    "address_refused": Failure.ASTRAY,
}


def failure_of(kind: str, outcome: str, status: int | None) -> Failure:
    """What an attempt says that brought nothing."""
    if kind == "robots":
        return Failure.ABSENT if means_none(outcome, status) else Failure.PASSING
    if outcome in _TOLD:
        return _TOLD[outcome]
    if outcome != "http_error":
        return Failure.PASSING if outcome in PASSING else Failure.NO
    if status is None or status >= 500 or status in _PASSING_STATUS:
        return Failure.PASSING
    return Failure.ABSENT if status in _ABSENT_STATUS else Failure.NO
