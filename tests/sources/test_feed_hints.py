"""What feeds say of when to ask again, and which of a feed's links is the article's."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.sources.feed_hints import Hints, hints
from dateline.sources.feeds import lead, read

ITEM = "<item><title>One</title></item>"
SY = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'

CASES = [
    ("<ttl>30</ttl>", 1800.0, [], []),
    ("<ttl> 60\n</ttl>", 3600.0, [], []),
    ("<ttl><![CDATA[15]]></ttl>", 900.0, [], []),
    ("<ttl>0</ttl>", None, [], []),
    ("<ttl>-5</ttl>", None, [], []),
    ("<ttl>soon</ttl>", None, [], []),
    ("<ttl>99999999999999999999</ttl>", None, [], []),
    ("<ttl/>5", None, [], []),
    ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1800.0, [], []),
    ("<sy:updatePeriod>\n\tdaily\t</sy:updatePeriod>", 86_400.0, [], []),
    ("<sy:updatePeriod>Weekly</sy:updatePeriod>", 604_800.0, [], []),
    ("<sy:updateFrequency>2</sy:updateFrequency>", None, [], []),
    ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", None, [], []),
    ("<sy:updatePeriod>daily</sy:updatePeriod><ttl>30</ttl>", 86_400.0, [], []),
    ("<skipHours><hour>0</hour><hour>3</hour><hour>24</hour><hour>25</hour></skipHours>", None, [0, 3], []),
    ("<skipDays><day>Saturday</day><day>sunday</day><day>Caturday</day></skipDays>", None, [], [5, 6]),
    ("<skipHours>" + "".join(f"<hour>{n}</hour>" for n in range(24)) + "</skipHours>", None, [], []),
    ("<!-- <ttl>30</ttl> -->", None, [], []),
    ("", None, [], []),
]


@pytest.mark.parametrize("after", [False, True], ids=["before the items", "after the items"])
@pytest.mark.parametrize(("said", "seconds", "hours", "days"), CASES, ids=range(len(CASES)))
def test_hints_are_read(
    said: str, seconds: float | None, hours: list[int], days: list[int], after: bool
) -> None:
    inside = f"{ITEM}{said}" if after else f"{said}{ITEM}"
    feed = read(f"<rss {SY}><channel><title>Tides</title>{inside}</channel></rss>".encode())
    assert (feed.fresh_for, feed.skip_hours, feed.skip_days) == (seconds, frozenset(hours), frozenset(days))
    assert len(feed.entries) == 1


def test_a_word_of_an_entry_is_no_hint() -> None:
    item = "<item><title>One</title><ttl>30</ttl><hour>3</hour></item>"
    assert hints(f"<rss><channel>{item}{ITEM}</channel></rss>".encode()) == Hints()


@pytest.mark.parametrize("piece", [b"<ttl>", b"<item>", b"<ttl>1</ttl>", b"</item>", b"<hour>3"])
def test_hostile_hints_take_no_time(piece: bytes) -> None:
    began = time.process_time()
    hints(b"<rss>" + piece * (4_000_000 // len(piece)))
    assert time.process_time() - began < 3


@given(st.binary(max_size=300))
def test_hints_stay_within_their_range(body: bytes) -> None:
    found = hints(b"<rss><skipHours><hour>" + body + b"</hour></skipHours><ttl>" + body + b"</ttl>")
    assert found.fresh_for is None or found.fresh_for > 0
    assert found.skip_hours <= set(range(24))


PROXIED = """<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel>
<item><title>One</title><link>http://proxy.example/~r/tides/~3/x1/</link>
<feedburner:origLink>https://harbour.example/one</feedburner:origLink></item></channel></rss>"""


def test_a_proxys_link_is_kept_beside_the_articles_own() -> None:
    (entry,) = read(PROXIED.encode()).entries
    assert entry.link == "http://proxy.example/~r/tides/~3/x1/"
    assert entry.url == entry.entry_id == "https://harbour.example/one"


def test_a_made_id_outlives_another_summary() -> None:
    item = "<item><title>One</title><pubDate>2024-03-25</pubDate><description>{}</description></item>"
    ids = []
    for words in ("Early words", "Other words"):
        (entry,) = read(f"<rss><channel>{item.format(words)}</channel></rss>".encode()).entries
        assert entry.id_source == "made"
        ids.append(entry.entry_id)
        assert lead(entry, "https://harbour.example/rss")["entry_id"] == entry.entry_id
    assert ids[0] == ids[1]
    (alone,) = read(
        b"<rss><channel><item><description>Early words</description></item></channel></rss>"
    ).entries
    assert alone.entry_id != ids[0]
