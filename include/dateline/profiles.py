"""Learning what recurs on the pages of one source, from its captures in the lake; no run does it by itself.

Equal captures give an equal profile, in whatever order and in however many batches they came.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

from dateline.edges import site_profiles, sources
from dateline.edges.lake import Lake
from dateline.edges.lake.files import FileFacts
from dateline.errors import UsageError
from dateline.settings import Settings
from dateline.settle import Span
from dateline.text.html.seen import see
from dateline.text.site_profiles import Profile, Seen, learn
from dateline.text.site_selectors import Selectors, valid_on
from dateline.text.urls import url_key

LEAST_ARTICLES = 12
"""Articles without which nothing is learnt: of fewer nobody can say what is common."""
MOST_PAGES = 3_000
"""Pages that are read: more tell no more, and a page costs some 20 ms. Which ones, their URLs' hashes say."""
_FACTS = ["capture_id", "source", "input_kind", "url", "final_url", "captured", "status"]
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Learnt:
    """What was learnt of a source.

    Args:
        profile: that.
        path: its file.
        is_new: whether the file is another than before.
        is_other: whether documents would be made otherwise than by the file before.
    """

    profile: Profile
    path: Path
    is_new: bool
    is_other: bool


def learn_source(settings: Settings, source: str, span: Span) -> Learnt:
    """Learn a source's profile from its pages that were captured on some days, and write its file.

    Raises:
        UsageError: there is no lake, too few articles of that source are in it, or the file can't be written.
    """
    path = site_profiles.path_of(site_profiles.folder_of(settings), source)
    lake = Lake.open(settings.lake, create=False)
    known = {one.slug: one.selectors for one in sources.load(settings.sources)}
    profile = learn(_pages(lake, source, span, known.get(source, ())))
    if profile.articles < LEAST_ARTICLES:
        raise UsageError(
            f"{profile.articles} articles of {source[:80]!r} are in {lake.store.uri}, and {LEAST_ARTICLES} "
            "are wanted to tell what recurs; choose other days, or wait"
        )
    before = known_profile(path)
    is_new = site_profiles.write(path, source, profile)
    return Learnt(profile, path, is_new, (before or Profile()).digest() != profile.digest())


def known_profile(path: Path) -> Profile | None:
    """The profile in a file; None where there is none, or it can't be used: it is about to be replaced."""
    try:
        return site_profiles.read(path)
    except (FileNotFoundError, UsageError):
        return None


def _pages(lake: Lake, source: str, span: Span, ranges: tuple[Selectors, ...]) -> Iterator[Seen]:
    """The articles of a source as they were last captured, at most MOST_PAGES."""
    wanted = _chosen(lake, source, span)
    columns = ["capture_id", "url", "final_url", "captured", "content_type", "body"]
    for file, captures in wanted.items():
        for batch in lake.read_facts(file, columns, rows=16):
            for row in batch.to_pylist():
                article = captures.get(row["capture_id"])
                if article is None or row["body"] is None:
                    continue
                day = row["captured"].date() if row["captured"] else None
                url = row["final_url"] or row["url"]
                seen = see(article, row["body"], row["content_type"], url, valid_on(ranges, day))
                if seen is not None:
                    yield seen


def _chosen(lake: Lake, source: str, span: Span) -> dict[FileFacts, dict[str, str]]:
    """The captures to read: file → capture → article; of each article the newest capture."""
    newest: dict[str, tuple[datetime, str, FileFacts]] = {}
    days = lake.day_files("captures")
    for file in chain.from_iterable(files for day, files in days.items() if day in span):
        for batch in lake.read_facts(file, _FACTS):
            for row in batch.to_pylist():
                if row["source"] != source or row["input_kind"] != "page" or (row["status"] or 200) >= 300:
                    continue
                key = url_key(row["final_url"] or row["url"]) or row["capture_id"]
                found = (row["captured"] or _EVER, row["capture_id"], file)
                if key not in newest or found[:2] > newest[key][:2]:
                    newest[key] = found
    kept = sorted(newest, key=lambda key: hashlib.sha256(key.encode("utf-8", "replace")).digest())
    chosen: dict[FileFacts, dict[str, str]] = defaultdict(dict)
    for key in kept[:MOST_PAGES]:
        _, capture, file = newest[key]
        chosen[file][capture] = key
    return chosen


def span_of(start: date | None, end: date | None) -> Span:
    """Days of capture.

    Raises:
        UsageError: they end before they begin.
    """
    if start and end and start > end:
        raise UsageError(f"--from {start} lies after --to {end}")
    return Span(start, end)
