"""Another look at what came before: when, and whether a whole body is due."""

from __future__ import annotations

from datetime import datetime, timedelta

from dateline.text.crawl_pace import later, on_time
from dateline.text.crawl_past import Past
from dateline.text.leads import FACTS

AUDIT = timedelta(hours=24)
AUDIT_ANSWERS = 8
LONGEST_AUDIT = timedelta(days=7)
"""Some hosts answer 304 for ever: after a day and eight 304s in a row a body is asked for without conditions,
or after a week, whatever came in it. By time alone, what is asked once a day (the slowest beat of a feed that
works) would be whole every other time, and half of what validators save be lost; and a false 304 of such a
feed can hide no more than it is asked for. A page that stays the same is so looked at once with its
conditions at 72 hours and whole at 168, the last time."""

FIRST_PAUSE = timedelta(hours=1)
LONGEST_PAUSE = timedelta(days=3)
"""Before a lead has a page looked at again that was the same at the last look, doubled by each look that
brought the same (or nothing): some feeds and sitemaps stamp all that they name with the time of day."""

NEWS = 4
"""So many different facts (title, published, authors) that leads tell of a page are looked at at once each,
whatever its pause: more are a feed that puts a clock or a counter there, or reports live, and are paced."""


def may_look(past: Past, lead_digest: str | None, now: datetime) -> bool:
    """Whether a page that was had before may be asked for because of what a lead says.

    Args:
        lead_digest: of the lead; None where it tells no facts.
    """
    if lead_digest is not None:
        known = {digest[:FACTS] for digest in past.leads}
        if lead_digest[:FACTS] not in known and len(known) < NEWS:
            return True
    return now >= on_time(past, look_pause(past))


def look_pause(past: Past) -> timedelta:
    """How long a page is left alone after its last try, whatever hints at a change."""
    in_vain = same(past) + len(past.failures)
    return min(FIRST_PAUSE * 2.0 ** min(in_vain - 1, 10), LONGEST_PAUSE) if in_vain else timedelta(0)


def same(past: Past) -> int:
    """How many looks at a page in a row brought the body that was there before."""
    count, last = 0, None
    for _, told in sorted(past.looks.items()):
        count = count + 1 if told is None or told == last else 0
        last = told or last
    return count


def unchanged(past: Past) -> int:
    """How many 304s in a row there were since a body came."""
    return sum(moment > past.whole for moment in past.polls or past.looks)


def is_audit_due(whole: datetime, unchanged: int, now: datetime) -> bool:
    """Whether a body is due whatever validators are known.

    Args:
        whole: when one came last.
        unchanged: how many 304s came since.
    """
    return now >= later(whole, AUDIT if unchanged >= AUDIT_ANSWERS else LONGEST_AUDIT)
