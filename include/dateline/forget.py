"""Forget: take an article or a source down, and keep it out for ever after."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.edges import sources
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake, tombstones
from dateline.edges.lake.tombstones import Tombstone
from dateline.errors import LeaseHeld, UsageError
from dateline.report import Summary
from dateline.run import settle_all
from dateline.settings import Settings
from dateline.text.urls import article_id, url_key

LONGEST_REASON = 1_000
_ID = re.compile(r"[0-9a-f]{32}")


def forget(settings: Settings, what: str, reason: str) -> Iterator[Summary]:
    """Put a tombstone in place, then settle: that takes down what it is of.

    From the tombstone on nothing of it is taken in any more, whatever happens next.

    Args:
        what: an article's URL (all its variants count) or id, or the slug of a source or name of an archive.
        reason: kept with the tombstone, and told in `changes`.

    Raises:
        UsageError: it is none of these, nothing is known by that name, or it is the URL of a source; or the
            reason is missing.
        LeaseHeld: another run is settling the lake; what is there goes with the next run.
    """
    lake, told = Lake.open(settings.lake), " ".join(reason.split())
    if not told or len(told) > LONGEST_REASON:
        raise UsageError(
            f"give a --reason of at most {LONGEST_REASON} characters: it is kept with the tombstone"
        )
    kind, value, url = _resolve(settings, lake, what.strip())
    # The clock of the machine, as files have it: what was written before may hold what goes.
    at = Clock().now().isoformat()
    gone = {value: url} | (_elsewhere(lake, value) if kind == "article" else {})
    is_new = sum([tombstones.put(lake.store, Tombstone(kind, *one, told, at)) for one in gone.items()])
    yield Summary(
        "forget",
        what,
        {"tombstones": is_new} if is_new else {},
        skipped="" if is_new else "it has a tombstone",
    )
    try:
        yield from settle_all(settings, note=told)
    except LeaseHeld as error:
        raise LeaseHeld(
            f"{error}; nothing of it is taken in any more, and what is there goes with the next settle"
        ) from error


def _resolve(settings: Settings, lake: Lake, what: str) -> tuple[str, str, str | None]:
    """(kind, value, URL where there is one) of a tombstone."""
    known = {one.value for one in tombstones.tombstones(lake.store)}
    if url_key(what):
        if article_id(what) not in known:
            _require_no_source(settings, what, what)
        return "article", article_id(what), what
    if "://" in what:
        raise UsageError(f"no http(s) URL: {what[:200]!r}")
    if what in known:
        return ("article" if _ID.fullmatch(what) else "source"), what, None
    if _ID.fullmatch(what):
        return "article", what, _url_of(lake, what)
    if what not in _slugs(settings) and not _is_in(lake, what):
        _require_no_source(settings, what, f"https://{what}")
        raise UsageError(f"no URL, no article's id, and no source or archive is called {what[:200]!r}")
    return "source", what, None


def _elsewhere(lake: Lake, value: str) -> dict[str, str | None]:
    """The ids and URLs under which an article that has moved is or may be known, by any of its ids."""
    moved: dict[str, dict[str, str | None]] = {}
    names = ["article_id", "archive", "url", "canonical_url"]
    for files in lake.day_files("documents").values():
        for rows in (rows for file in files for rows in lake.read_facts(file, names)):
            for article, archive, *urls in zip(*rows.to_pydict().values(), strict=True):
                places = {article_id(url): url for url in urls if url}
                if archive is None and article not in places:
                    moved.setdefault(article, {}).update(places)
    found: dict[str, str | None] = {}
    for article, places in moved.items():
        if value == article or value in places:
            found |= {article: _url_of(lake, article), **places}
    return {one: url for one, url in found.items() if one != value}


def _require_no_source(settings: Settings, what: str, url: str) -> None:
    """Nothing, if a URL is none by which a source is known.

    Raises:
        UsageError: it is. Whoever gives it may mean all of the source, and would be left with a tombstone of
            an article that there never was, and every story still there.
    """
    try:
        configured = sources.survey(settings.sources)[0]
    except UsageError:
        # There is no folder of sources on this machine: that must not keep anybody from taking a story down.
        return
    key = url_key(url)
    for source in configured:
        if key and key in {url_key(known) for known in (source.home, *source.leads)}:
            raise UsageError(
                f"{what[:200]} is an address of the source {source.slug}: to take all of it down give its "
                f"name, `dateline forget {source.slug}`; for an article at this very address give its id"
            )


def _url_of(lake: Lake, article: str) -> str | None:
    """The URL of an article.

    Raises:
        UsageError: no document has that id: who mistypes one would think that it is gone.
    """
    known = False
    for files in lake.day_files("documents").values():
        for file in files:
            for rows in lake.read_facts(file, ["article_id", "url", "canonical_url"]):
                for found, *urls in zip(*rows.to_pydict().values(), strict=True):
                    if found == article:
                        known = True
                        same = [url for url in urls if url and article_id(url) == article]
                        if same:
                            return same[0]
    if not known:
        raise UsageError(f"no article of this lake has the id {article}")
    return None


def _slugs(settings: Settings) -> set[str]:
    return {source.slug for source in sources.survey(settings.sources)[0]}


def _is_in(lake: Lake, name: str) -> bool:
    """Whether anything was captured from a source or archive of that name."""
    return any(
        name in {value for column in rows.columns for value in column.unique().to_pylist()}
        for files in lake.day_files("captures").values()
        for file in files
        for rows in lake.read_facts(file, ["source", "archive"])
    )
