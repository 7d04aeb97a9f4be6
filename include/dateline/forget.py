"""Forget: take an article or a source down, and keep it out for ever after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from dateline.edges import sources
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake, tombstones
from dateline.edges.lake.tombstones import Tombstone
from dateline.errors import ContractBroken, LakeError, LeaseHeld, UsageError
from dateline.report import Summary
from dateline.run import settle_all
from dateline.settings import Settings
from dateline.sightings import Names, Sought, names
from dateline.text.urls import article_id, url_key

LONGEST_REASON = 1_000
UNKNOWN = "nothing of it was ever met here; its tombstone stands, and keeps it out when it comes"
_ID = re.compile(r"[0-9a-f]{32}")


def forget(settings: Settings, what: str, reason: str) -> Iterator[Summary]:
    """Put a tombstone in place, then settle: that takes down what it is of.

    From the tombstone on nothing of it is taken in any more, under none of the addresses that it was met at,
    whatever happens next. Of what the lake has nothing of it stands for the future.

    Args:
        what: a URL (all its variants count), an article's id, or the slug of a source or name of an archive.
        reason: kept with the tombstone, and told in `changes`.

    Raises:
        UsageError: it is none of these, no source or archive is called so, or it is the URL of a source; or
            the reason is missing.
        LeaseHeld: another run is settling the lake; what is there goes with the next run.
    """
    lake, told = Lake.open(settings.lake), " ".join(reason.split())
    if not told or len(told) > LONGEST_REASON:
        raise UsageError(
            f"give a --reason of at most {LONGEST_REASON} characters: it is kept with the tombstone"
        )
    what = what.strip()
    # The clock of the machine, as files have it: what was written before may hold what goes.
    tombstone = _tombstone(settings, lake, what, told, Clock().now().isoformat())
    found = _names(lake, tombstone)
    tombstone = replace(tombstone, url=tombstone.url or found.urls.get(tombstone.value))
    tombstone = tombstone.known_as(found.ids, found.urls.values())
    is_new = tombstones.put(lake.store, tombstone)
    counts = {"tombstones": 1, "addresses": len(tombstone.addresses)} if is_new else {}
    yield Summary("forget", what, counts, skipped="" if is_new else "it has a tombstone")
    if tombstone.kind == "article" and not found.is_met:
        yield Summary("forget", what, skipped=UNKNOWN, changed=False)
    try:
        yield from settle_all(settings, note=told)
    except LeaseHeld as error:
        raise LeaseHeld(
            f"{error}; nothing of it is taken in any more, and what is there goes with the next settle"
        ) from error


def _tombstone(settings: Settings, lake: Lake, what: str, reason: str, at: str) -> Tombstone:
    """The tombstone of what a person has named."""
    value = article_id(what) if url_key(what) else what
    known = any(one.value == value for one in tombstones.tombstones(lake.store))
    if url_key(what):
        if not known:
            _require_no_source(settings, what, what)
        return Tombstone("article", article_id(what), what, reason, at)
    if "://" in what:
        raise UsageError(f"no http(s) URL: {what[:200]!r}")
    if _ID.fullmatch(what):
        return Tombstone("article", what, None, reason, at)
    if not known and what not in _slugs(settings) and not _is_in(lake, what):
        _require_no_source(settings, what, f"https://{what}")
        raise UsageError(f"no URL, no article's id, and no source or archive is called {what[:200]!r}")
    return Tombstone("source", what, None, reason, at)


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


def _names(lake: Lake, tombstone: Tombstone) -> Names:
    """What the lake has met an article as."""
    if tombstone.kind == "article":
        with suppress(LakeError, ContractBroken):
            # A lake that is damaged is no reason to let it in again; the settle that follows tells of it.
            return names(lake, [Sought(frozenset({tombstone.value}), urls=tombstone.addresses)])[0]
    return Names(frozenset(), {}, is_met=True)


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
