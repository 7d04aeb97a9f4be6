"""What a trial is made of, what is seen of it, and the row of the table that it ends in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dateline.politeness.papers import Paper
from dateline.politeness.site import Asked, Script

GAP = 0.2
"""The common least pause of all trials, in seconds."""


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Args:
        promised: what is promised.
        measured: what was seen.
        kept: whether that is what was promised.
    """

    promised: str
    measured: str
    kept: bool


@dataclass(frozen=True)
class Poll:
    """One poll: a process that ran the live pipeline once.

    Args:
        now: what its clock told, from its begin to its end.
        began: when it began, on the system's monotonic clock.
        ended: when it ended.
        attempts: what it wrote down (`contracts/attempts.py`).
        reached: every address that it opened, or was about to open, a connection to.
        held: bytes of memory that it needed at most, beyond those it began with.
        batches: how many it fetched; 0 if it did not come to its end.
    """

    now: datetime
    began: float
    ended: float
    attempts: list[dict[str, Any]] = field(default_factory=list)
    reached: tuple[tuple[str, int], ...] = ()
    held: int = 0
    batches: int = 0


@dataclass(frozen=True)
class Seen:
    """All that was seen of a journey: some polls of one lake, one after the other.

    Args:
        asked: what the site was asked, in order.
        polls: the polls.
        articles: URL and identity of every published article.
        trapped: connections to the port that nobody has any business with.
        port: of the site.
    """

    asked: list[Asked]
    polls: list[Poll]
    articles: list[tuple[str, str]] = field(default_factory=list)
    trapped: int = 0
    port: int = 0

    def during(self, poll: int) -> list[Asked]:
        """What was asked during the poll of this number, from 0."""
        return [one for one in self.asked if self.polls[poll].began <= one.at <= self.polls[poll].ended]

    def of(self, hosts: Iterable[str], poll: int | None = None) -> list[Asked]:
        """What these hosts were asked."""
        wanted = set(hosts)
        return [one for one in (self.asked if poll is None else self.during(poll)) if one.host in wanted]

    def attempts(self, hosts: Iterable[str] | None = None) -> Iterator[dict[str, Any]]:
        """All that was written down, or what was of these hosts."""
        wanted = None if hosts is None else set(hosts)
        for poll in self.polls:
            for row in poll.attempts:
                if wanted is None or host_of(row["url"]) in wanted:
                    yield row


@dataclass(frozen=True)
class Trial:
    """Some hosts, what they do, and what is promised of them.

    Args:
        papers: the publishers.
        scripts: what their hosts do.
        judge: the rows for what was seen.
        names: names beyond the site's own → their addresses, lookup by lookup, the last for ever.
    """

    papers: tuple[Paper, ...]
    scripts: dict[str, Script]
    judge: Callable[[Seen], Iterator[Row]]
    names: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)


def host_of(url: str | None) -> str:
    """The host of a URL, as far as it goes without reading it closely."""
    return (url or "").partition("://")[2].partition("/")[0]


def all_of(promised: str, kept: int, of: int, what: str) -> Row:
    """A row that holds if all of some are kept, and there are any."""
    return Row(promised, f"{kept} of {of} {what}", 0 < of == kept)


def none_of(promised: str, broken: Iterable[str], of: int, what: str) -> Row:
    """A row that holds if nothing is broken, and there was something to break."""
    listed = list(broken)
    told = f": {', '.join(listed[:3])}" if listed else ""
    return Row(promised, f"{len(listed)} of {of} {what}{told}", not listed and of > 0)
