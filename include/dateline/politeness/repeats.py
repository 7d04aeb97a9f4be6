"""Trials of second visits: they are conditional, and each validator is kept for itself."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.politeness.evidence import Row, Seen, Trial, all_of
from dateline.politeness.papers import RSS, Paper, feed, paper, story
from dateline.politeness.scripts import renamed, validated
from dateline.politeness.site import Asked, Script
from dateline.text.crawl_looks import LONGEST_AUDIT

_MONDAY = "Mon, 23 Mar 2026 08:00:00 GMT"
_VALIDATORS: dict[str, tuple[str | None, str | None]] = {
    "tagged.test": ('"quay-1"', None),
    "dated.test": (None, _MONDAY),
    "marked.test": ('W/"quay-2"', _MONDAY),
}
_RENAMED = "renamed.test"
_HTML = "text/html; charset=utf-8"


def trial() -> Trial:
    """Hosts with each kind of validator, on feeds, a sitemap and pages."""
    scripts: dict[str, Script] = {}
    for host, (etag, modified) in _VALIDATORS.items():
        body = feed([f"http://{host}/a"])
        scripts[f"{host}/feed.xml"] = validated(body, RSS, etag, modified, cache_control="max-age=60")
        scripts[f"{host}/a"] = validated(story(host), _HTML, etag, modified)
    tags = ('"one"', '"two"', '"three"', '"four"')
    scripts[f"{_RENAMED}/feed.xml"] = renamed(feed([]).encode(), RSS, tags, _MONDAY)
    scripts["mapped.test/news.xml"] = validated(_sitemap(), "application/xml", '"map-1"', _MONDAY)
    scripts["mapped.test/a"] = validated(story("mapped"), _HTML, '"page-1"', None)
    papers = [paper(host.partition(".")[0]) for host in (*_VALIDATORS, _RENAMED)]
    papers.append(Paper("mapped", sitemaps=("http://mapped.test/news.xml",)))
    return Trial(tuple(papers), scripts, judge)


def _sitemap() -> str:
    return (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>http://mapped.test/a</loc>'
        "<news:news><news:publication><news:name>Mapped</news:name><news:language>en</news:language>"
        "</news:publication><news:publication_date>2026-03-24T09:30:00Z</news:publication_date>"
        "<news:title>Quay of mapped</news:title></news:news></url></urlset>"
    )


def judge(seen: Seen) -> Iterator[Row]:
    """How many repeated requests sent all that was known."""
    kinds = {"feeds": "/feed.xml", "sitemaps": "/news.xml", "pages": "/a"}
    for name, path in kinds.items():
        again = [pair for pair in _again(seen) if pair[1].path == path]
        kept = sum(_sends(*pair) for pair in again)
        yield all_of(f"{name}: repeated requests are conditional", kept, len(again), "requests")
    own = [pair for pair in _again(seen) if pair[1].host == _RENAMED]
    kept = sum(_sends(*pair) for pair in own)
    yield all_of("ETag and Last-Modified are kept each for itself", kept, len(own), "requests")
    yield _audit(seen)


def _again(seen: Seen) -> Iterator[tuple[Asked, Asked]]:
    """(the newest known validators as one answer, a later request), where no audit is due."""
    known: dict[str, Asked] = {}
    for number, poll in enumerate(seen.polls):
        for one in seen.of([*_VALIDATORS, _RENAMED, "mapped.test"], number):
            before = known.get(one.url)
            if before is not None and poll.now - seen.polls[0].now < LONGEST_AUDIT:
                yield before, one
            if one.etag or one.modified:
                known[one.url] = _newest(before, one)


def _newest(before: Asked | None, one: Asked) -> Asked:
    """What is known after an answer: a validator that a 304 leaves out stays as it was (RFC 9111 §4.3.4)."""
    if before is None or one.status != 304:
        return one
    merged = Asked(one.at, one.host, one.path, one.headers, one.connection, status=one.status)
    merged.etag, merged.modified = one.etag or before.etag, one.modified or before.modified
    return merged


def _sends(known: Asked, one: Asked) -> bool:
    sent = one.headers.get("if-none-match"), one.headers.get("if-modified-since")
    return sent == (known.etag, known.modified)


def _audit(seen: Seen) -> Row:
    """Whether a feed that was 304 for a week is asked for as a whole."""
    last = [number for number, poll in enumerate(seen.polls) if poll.now - seen.polls[0].now > LONGEST_AUDIT]
    asked = [one for number in last for one in seen.of(_VALIDATORS, number) if one.path == "/feed.xml"]
    conditions = {"if-none-match", "if-modified-since"}
    whole = sum(not conditions & one.headers.keys() for one in asked)
    return all_of("304s are audited: a whole feed after a week", whole, len(asked), "feeds after eight days")
