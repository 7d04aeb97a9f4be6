"""Trials of identity: one article for all spellings of its URL, two for two articles."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.politeness.evidence import Row, Seen, Trial, host_of
from dateline.politeness.papers import RSS, feed, feeds, paper, story
from dateline.politeness.scripts import answer, in_turn, page, say
from dateline.politeness.site import Script

_HOST = "variants.test"
_ONE = "http://www.variants.test/news/quay"
_AT_ONCE = (
    _ONE,
    f"{_ONE}?utm_source=rss&utm_medium=feed",
    f"{_ONE}#comments",
    "https://www.variants.test/news/quay",
    "http://variants.test/news/quay/",
)
_LATER = (
    "http://m.variants.test/news/quay",
    "http://www.variants.test/news/quay?fbclid=x1",
    "http://www.variants.test/amp/news/quay",
    "http://www.variants.test/news/quay?outputType=amp",
)
_TWO = ("http://www.variants.test/story?id=1", "http://www.variants.test/story?id=2")
_OF_TWO = "/story"


def trial() -> Trial:
    """A feed that names one story in many ways, some at once and some later, and two that look alike."""
    scripts: dict[str, Script] = {
        f"{_HOST}/feed.xml": in_turn(
            feeds([*_AT_ONCE, *_TWO]), say(answer(feed([*_LATER, *_TWO], "Quay again"), content_type=RSS))
        )
    }
    for url in (*_AT_ONCE, *_LATER):
        bare = url.partition("://")[2].partition("#")[0]
        scripts[bare] = page(story("variants", canonical=_ONE))
    for number, url in enumerate(_TWO, 2):
        scripts[url.partition("://")[2]] = page(story("alike", number=number))
    return Trial((paper("variants"),), scripts, judge)


def judge(seen: Seen) -> Iterator[Row]:
    """How many articles were published."""
    mine = [(url, article) for url, article in seen.articles if host_of(url).endswith(_HOST)]
    named = len(_AT_ONCE) + len(_LATER)
    ones = {article for url, article in mine if _OF_TWO not in url}
    asked = sum("quay" in one.path for one in seen.asked if one.host.endswith(_HOST))
    yield Row(
        f"1 article for {named} variants of its URL",
        f"{len(ones)} published, {asked} requests",
        len(ones) == 1,
    )
    twos = {article for url, article in mine if _OF_TWO in url}
    yield Row("2 articles that differ in a parameter stay 2", f"{len(twos)} published", len(twos) == 2)
