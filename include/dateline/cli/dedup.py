"""`dateline dedup`: which lines of a file repeat, renew or extend which."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from dateline.cli.console import chunks, err, json_lines, write_json_lines
from dateline.cli.given import CHUNK, Given
from dateline.cli.settings import OutputOption, input_option
from dateline.text.agencies import credit_of
from dateline.text.compare import Limits
from dateline.text.hits import HOT
from dateline.text.links import Link, Links, candidates, find_links
from dateline.text.meeting import Hot
from dateline.text.origin import Origin, Provenance, origin_of, site_of_key
from dateline.text.texts import UNKNOWN_DAY


def dedup(
    source: Annotated[Path, input_option('{"id","url","title","text","published"}')],
    target: OutputOption,
    window: Annotated[
        int | None,
        typer.Option(
            min=0,
            help="Most days between two linked texts, any by default; those without a day then link among "
            "themselves.",
        ),
    ] = None,
) -> None:
    """Say of each text which earlier text it repeats, re-issues or extends."""
    with _uncollected():
        given = Given(source)
        texts = given.texts
        with err.status("looking for earlier texts"):
            pairs, hot = candidates(texts, window)
            links = dict(find_links(texts, pairs.later, pairs.sooner, Limits(), window))
            roots = _roots(len(texts), links)
        with write_json_lines(target) as lines:
            for some in chunks(_lines(given, links, roots), CHUNK):
                lines.write(json_lines(some))
        _summarise(given, links, roots, hot)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing here has cycles: to look for some among millions of objects would only take time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _earliest(links: Links) -> Link:
    """The link that a chain follows."""
    return min(links.values(), key=lambda link: (link.target, link.relation))


def _roots(count: int, links: dict[int, Links]) -> list[int]:
    """The root of each text; earlier texts come first, so the target's root is known before."""
    roots: list[int] = []
    for place in range(count):
        roots.append(roots[_earliest(links[place]).target] if place in links else place)
    return roots


_Id = str | int


class _Told(msgspec.Struct):
    """What is told of a text.

    Args:
        id: its id, like the others as it was given.
        duplicate_of: the earlier text that says the same.
        kind: exact, near or contained for a duplicate; else version or extends, the earlier of the two.
        similarity: of what `kind` tells.
        version_of: the earlier text of the same article, where that is another than `duplicate_of`.
        extends: the flash of which this is the full story.
        cluster: where the chain of earliest links ends.
        origin: where a duplicate on another site was first published, as it is guessed.
        origin_why: by what.
    """

    id: _Id
    duplicate_of: _Id | None
    kind: str | None
    similarity: float | None
    version_of: _Id | None
    extends: _Id | None
    cluster: _Id
    origin: str | None
    origin_why: str | None


def _lines(given: Given, links: dict[int, Links], roots: list[int]) -> Iterator[_Told]:
    numbers = [given.numbers[name] for name in given.texts.ids]
    places = [0] * len(numbers)
    for place, number in enumerate(numbers):
        places[number] = place
    for place, own in zip(places, given.ids, strict=True):
        root, found = given.ids[numbers[roots[place]]], links.get(place)
        if found is None:
            yield _Told(own, None, None, None, None, None, root, None, None)
            continue
        earlier = {relation: given.ids[numbers[link.target]] for relation, link in found.items()}
        link = _shown(found)
        is_copy = link.relation == "duplicate"
        origin, why = (_origin(given, place, link.target) if is_copy else None) or (None, None)
        yield _Told(
            id=own,
            duplicate_of=earlier.get("duplicate"),
            kind=_kind(link),
            similarity=round(link.similarity, 4),
            version_of=earlier.get("version"),
            extends=earlier.get("extends"),
            cluster=root,
            origin=origin,
            origin_why=why,
        )


def _shown(links: Links) -> Link:
    """The link whose kind is told: what a reader has read before comes first."""
    return links.get("duplicate") or _earliest(links)


def _origin(given: Given, later: int, earlier: int) -> Origin | None:
    """Where a copy on another site comes from. Asked for copies only: credits are dear to look for."""
    there = _provenance(given, earlier)
    # Its own credit counts only where the earlier copy has none.
    return origin_of(_provenance(given, later, is_asked=not there.credit), there)


def _provenance(given: Given, place: int, is_asked: bool = True) -> Provenance:
    ends = given.ends[given.numbers[given.texts.ids[place]]]
    return Provenance(site_of_key(given.texts.pages[place]), _credit_of(ends) if is_asked else None)


@lru_cache(maxsize=4096)
def _credit_of(ends: str) -> str | None:
    """As `credit_of`: copies lie near each other, and most end as what they repeat."""
    return credit_of(ends)


def _kind(link: Link) -> str:
    return link.kind or link.relation


def _summarise(given: Given, links: dict[int, Links], roots: list[int], hot: Hot) -> None:
    texts, unread = given.texts, given.unread
    kinds = Counter(_kind(_shown(found)) for found in links.values())
    shown = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) or "no links"
    sizes = Counter(roots)
    err.print(f"{len(texts)} texts in {len(sizes)} clusters: {shown}")
    largest = max(sizes.values(), default=0)
    wordless = int((texts.shingles.counts == 0).sum())
    undated = int((texts.days == UNKNOWN_DAY).sum())
    told = {
        f"texts in the largest cluster: {largest}": largest > 1,
        f"keys that over {HOT} earlier texts share, so that only the first are compared: {hot.keys}, "
        f"in {hot.texts} texts": hot.keys > 0,
        f"texts without words, which repeat nothing: {wordless}": wordless > 0,
        f"texts without a day, which count as later than those with one: {undated}": undated > 0,
        f"dates that can't be read: {len(unread)}, the first of text {min(unread, default=0) + 1}": len(
            unread
        )
        > 0,
    }
    for sentence in (sentence for sentence, holds in told.items() if holds):
        err.print(sentence)
