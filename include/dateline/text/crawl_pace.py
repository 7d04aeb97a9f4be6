"""How often to ask: for feeds by what they say and do, for pages by how young they are.

All of this is arithmetic over what attempts tell. Nothing here is random: two runs over the same attempts
ask at the same times.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from dateline.text.crawl_failures import Failure
from dateline.text.crawl_past import BEFORE_ALL, LAST, NEVER, Past

LEAST = timedelta(minutes=10)
MOST = timedelta(hours=24)
"""Between two polls of a feed that works. What it asks for itself counts between these too: a cache that
says "a year" means its own files, not the news."""

WINDOW = timedelta(days=8)
"""How far back a feed's changes count: a week holds each of its days once."""

DEAD_BEAT = timedelta(days=7)
LONG_DEAD_BEAT = timedelta(days=30)
LONG_DEAD = timedelta(days=90)
"""A dead feed is asked once a week, after three months once a month, never forgotten: they do come back."""

DEAD_SCORE = 10.0
DEAD_AFTER = timedelta(days=7)
"""A feed is dead after ten answers that mean no in a row, or forty failures that may pass, over a week at
least: a fault that lasts a weekend kills nothing."""

REVISITS = tuple(timedelta(hours=hours) for hours in (1, 4, 24, 72, 168))
"""Ages at which a page is looked at again, counted from its first capture: most changes come early.

Whatever `clean` made of it: a page that was too short or no article may be a stub or a ticker whose story
follows within the hour, and it is then that a second look brings most. What will never be an article costs
five requests in a week, which a host with validators answers by 304. Nor could the pace know: it is a fold
over attempts alone, and what one version of `clean` rejects another takes."""

SKIPPED = timedelta(days=4)
"""The longest rest that skipHours and skipDays may ask for (a long weekend, nights beside it);
more is a mistake."""

FIRST_PAUSE = timedelta(minutes=5)
_FIRST_PAUSES = {Failure.ABSENT: timedelta(minutes=20), Failure.ASTRAY: timedelta(hours=2)}
LONGEST_PAUSE = timedelta(hours=6)
"""Before a page that failed is asked for again, doubled by each failure: a host that is down is not asked at
each beat for all that it owes. Once it is up, its news is not later than the longest."""

GIVE_UP = 10
GIVE_UP_AFTER = timedelta(days=7)
"""A page is given up, till its lead changes, after so many failures of its own in a row over so long: an
outage of some days loses nothing, however often it is polled. What robots.txt fails with is not its own."""

BELIEVED_AFTER = {
    Failure.ABSENT: timedelta(hours=4),
    Failure.ASTRAY: timedelta(hours=24),
    Failure.FORBIDDEN: GIVE_UP_AFTER,
}
"""Of a page that never came, what means no is final when it is said again after so long. A feed may name it
before all of its site's servers have it (404, 410). A redirect in a circle is the fault of a day's work, and
costs several requests each time: it is tried as often as a 404, but over a day. To be judged by robots.txt
costs no request of the page."""

_OF_ROBOTS = (Failure.ROBOTS, Failure.FORBIDDEN)
_HARD, _SOFT = 1.0, 0.25
_PRIOR = timedelta(hours=1)
_PER_CHANGE = 4.0
_SLACK = timedelta(minutes=5)


def next_poll(past: Past, news: Sequence[datetime]) -> datetime | None:
    """When to ask for a feed, sitemap or section page again; None if it was never asked: at once.

    Args:
        news: sorted instants at which pages of its source were first met, of the last days.
    """
    if past.tried == BEFORE_ALL:
        return None
    return awake(past, later(past.tried[0], interval(past, news)))


def is_due(past: Past, news: Sequence[datetime], now: datetime) -> bool:
    """Whether to ask for it now. A tenth of the interval early is on time (five minutes at most): a
    schedule that fires at the full hour must not miss by a second what is due then."""
    if past.tried == BEFORE_ALL:
        return True
    return now >= on_time(past, interval(past, news)) and awake(past, now) == now


def awake(past: Past, instant: datetime) -> datetime:
    """The first instant from this one on at which a feed does not ask to be left alone."""
    hours = _skipped(past.asks[2] or 0)
    for _ in hours:
        if instant.weekday() * 24 + instant.hour not in hours:
            break
        instant = later(instant.replace(minute=0, second=0, microsecond=0), timedelta(hours=1))
    return instant


def interval(past: Past, news: Sequence[datetime]) -> timedelta:
    """The pause after the last try."""
    if is_dead(past):
        since = past.failing_since
        return LONG_DEAD_BEAT if since and past.tried[0] - since >= LONG_DEAD else DEAD_BEAT
    observed = _clamped(_observed(past, news))
    if past.failures:
        # Doubled by each answer that means no, and by every four that may pass: up to once a day.
        return min(observed * 2.0 ** min(_score(past), DEAD_SCORE), MOST)
    # Less than it asks for where it would lose entries before it is asked again: news is lost for ever, and
    # a request too many costs a 304.
    return min(max(observed, _asked_for(past)), max(_roll_over(past, news), LEAST))


def is_dead(past: Past) -> bool:
    """Whether a feed has failed so often and for so long that it is kept at a slow beat."""
    since = past.failing_since
    return since is not None and _score(past) >= DEAD_SCORE and past.tried[0] - since >= DEAD_AFTER


def is_owed(past: Past) -> bool:
    """Whether a page was put off, or failed in a way that may pass and has not been given up."""
    if past.was_put_off:
        return True
    failure = past.failure
    if failure in BELIEVED_AFTER:
        first = min(moment for moment, each in past.failures.items() if each is failure)
        return past.born is None and past.tried[0] - first[0] < BELIEVED_AFTER[failure]
    if failure is None or failure.is_hard:
        return False
    own = [moment for moment, each in past.failures.items() if each not in _OF_ROBOTS]
    return len(own) < GIVE_UP or past.tried[0] - min(own)[0] < GIVE_UP_AFTER


def again(past: Past) -> datetime:
    """The first instant at which a page that is owed may be asked for again: not before it or its host wants,
    and after a pause that grows with each failure. What has failed for longer than the pages of any other
    outage, as robots.txt can't be had, waits for a day."""
    if not past.failures:
        return past.rests_until
    if past.failure is Failure.FORBIDDEN:
        # Not a moment early: by then the rules that it was judged by are too old to be judged by again.
        return max(past.rests_until, later(past.tried[0], MOST))
    first = _FIRST_PAUSES.get(past.failure or Failure.PASSING, FIRST_PAUSE)
    longest = MOST if past.failure is Failure.ASTRAY else LONGEST_PAUSE
    pause = min(first * 2.0 ** min(len(past.failures) - 1, 10), longest)
    if past.tried[0] - min(past.failures)[0] >= GIVE_UP_AFTER:
        pause = MOST
    return max(past.rests_until, on_time(past, pause))


def may_come(past: Past) -> bool:
    """Whether a page that something names is to be asked for again though it says nothing new: it is owed,
    or robots.txt forbids it, and to be judged by that file costs no request, however long it says so."""
    return is_owed(past) or past.failure is Failure.FORBIDDEN


def is_time(past: Past, rules: Past | None, now: datetime) -> bool:
    """Whether a page that may come may be asked for now. One that is forbidden is judged anew when its
    site's robots.txt has come since, and without that after a day, when its rules don't count any more.

    Args:
        rules: what is known of the robots.txt of its site.
    """
    if past.failure is Failure.FORBIDDEN and rules is not None and rules.tried[0] > past.tried[0]:
        return past.rests_until <= now
    return again(past) <= now


def revisit_due(past: Past, now: datetime) -> bool:
    """Whether a page that was captured is young and due for another look. Looks that were missed count as
    one, as long as the page is not twice as old as at the last: what matters is how it is now."""
    if past.born is None or past.tried != past.seen or now >= later(past.born, 2 * WINDOW):
        return False
    return any(past.seen[0] < later(past.born, age) <= now for age in REVISITS)


def fresh_for(header: float | None, own: float | None) -> float | None:
    """For how many seconds a feed says that it stays as it is; None if it says nothing.

    Args:
        header: by Cache-Control and Expires.
        own: by its ttl or sy:update*.
    """
    told = [each for each in (header, own) if each is not None and each >= 0]
    return min(max(told), MOST.total_seconds()) if told else None


def quiet(skip_hours: Collection[int], skip_days: Collection[int]) -> int | None:
    """When a feed asks to be left alone, as `attempts.quiet` tells it; None if it does not.

    Args:
        skip_hours: hours of the day in UTC (0-23).
        skip_days: days of the week in UTC (0 = Monday).
    """
    bits = [hour for hour in range(24) if hour in skip_hours]
    bits += [24 + day for day in range(7) if day in skip_days]
    return sum(1 << bit for bit in bits) or None


@lru_cache(maxsize=256)
def _skipped(bits: int) -> frozenset[int]:
    """The hours of the week, from Monday 0:00 UTC, that are to be skipped; none where they would not end
    within what may be asked for: nobody who publishes a feed means that."""
    hours = [hour for hour in range(7 * 24) if bits >> hour % 24 & 1 or bits >> 24 + hour // 24 & 1]
    chosen, longest, running = frozenset(hours), 0, 0
    for hour in range(2 * 7 * 24):
        running = running + 1 if hour % (7 * 24) in chosen else 0
        longest = max(longest, running)
    return chosen if timedelta(hours=longest) <= SKIPPED else frozenset()


def on_time(past: Past, pause: timedelta) -> datetime:
    """When a pause after the last try is over, or nearly so."""
    return later(past.tried[0], pause - min(pause / 10, _SLACK))


def _score(past: Past) -> float:
    return sum(_HARD if failure.is_hard else _SOFT for failure in past.failures.values())


def _observed(past: Past, news: Sequence[datetime]) -> timedelta:
    """A quarter of the mean time between changes.

    A poll brought a change if the body was another one than before and its source had pages that were new:
    a feed that stamps each answer with the time changes nothing. One change in an hour is assumed on top of
    what was seen, so that little evidence says little.
    """
    since = later(past.tried[0], -WINDOW)
    polls = [(moment[0], poll.told) for moment, poll in sorted(past.polls.items()) if moment[0] >= since]
    changes, last = 0, None
    for number, (at, told) in enumerate(polls):
        end = polls[number + 1][0] if number + 1 < len(polls) else past.tried[0] + LEAST
        if told is not None and number and told != last and _count(news, at, max(end, at + LEAST)):
            changes += 1
        last = told or last
    span = polls[-1][0] - polls[0][0] if polls else timedelta(0)
    return (span + _PRIOR) / (changes + 1) / _PER_CHANGE


def _asked_for(past: Past) -> timedelta:
    """What the feed asks for: its last body or, if that is longer, its last answer."""
    newest = max(past.polls, default=None)
    answer = past.polls[newest].fresh_for if newest else None
    return _clamped(max(_duration(past.asks[1] or 0.0), _duration(answer or 0.0)))


def _roll_over(past: Past, news: Sequence[datetime]) -> timedelta:
    """Half the time in which all entries of a feed give way to others, at the rate of the last days."""
    told = [(moment, poll.entries) for moment, poll in past.polls.items() if poll.entries]
    entries = max(told)[1] if told else None
    fresh = _count(news, later(past.tried[0], -WINDOW), past.tried[0])
    if not entries or not fresh:
        return MOST
    # What stood in it when it was first asked was not published in these days alone.
    fresh = max(fresh - entries, 1)
    return WINDOW * (entries / fresh / 2)


def _count(news: Sequence[datetime], start: datetime, end: datetime) -> int:
    return bisect_left(news, end) - bisect_left(news, start)


def _clamped(pause: timedelta) -> timedelta:
    return min(max(pause, LEAST), MOST)


def _duration(seconds: float) -> timedelta:
    """Seconds within what may be asked for; what is no number is none."""
    if not seconds >= 0:
        return timedelta(0)
    return timedelta(seconds=min(seconds, MOST.total_seconds()))


def later(instant: datetime, pause: timedelta) -> datetime:
    """An instant so much later; where the calendar ends, its end."""
    try:
        return instant + pause
    except OverflowError:
        return LAST if pause > timedelta(0) else NEVER
