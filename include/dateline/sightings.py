"""Under which addresses a lake has met an article: in attempts, captures and documents, without any body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dateline.edges.lake import Lake
from dateline.sources.naming import LEADING
from dateline.text.aliases import Link, same_article
from dateline.text.urls import article_id, is_home, url_key

_ROUNDS = 8
"""Times that the lake is looked through at most; each finds what the one before led to."""
_NO_ARTICLES = (*LEADING, "robots")
_COLUMNS = {
    "attempts": ["input_kind", "url", "url_key", "redirected_to", "moved_to"],
    "captures": ["input_kind", "url", "final_url", "known_as", "lead"],
    "documents": ["article_id", "url", "canonical_url"],
}


@dataclass(frozen=True)
class Sought:
    """An article of which all names are wanted.

    Args:
        asked: ids that a person has named.
        known: further ids that are known to be of it.
        urls: addresses of those ids.
    """

    asked: frozenset[str]
    known: frozenset[str] = frozenset()
    urls: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Names:
    """What an article was met as.

    Args:
        ids: all its article ids.
        urls: id → the shortest address that has it.
        is_met: whether the lake has anything of it.
    """

    ids: frozenset[str]
    urls: dict[str, str]
    is_met: bool


@dataclass
class _Seen:
    """What one look through the lake has found that touches some ids."""

    nodes: frozenset[str]
    keys: dict[str, str] = field(default_factory=dict)
    links: set[Link] = field(default_factory=set)
    urls: dict[str, set[str]] = field(default_factory=dict)
    never: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)

    def add(self, one: str | None, other: str | None, own: str | None = None) -> None:
        """A link between two addresses; `own` is the id of what has no address."""
        one = one if url_key(one) else None
        if not (one or own) or not other or not url_key(other) or is_home(other):
            return
        ids = article_id(one) if one else str(own), article_id(other)
        if ids[0] != ids[1] and not self.nodes.isdisjoint(ids):
            self.links.add(ids)
            self.met.update(ids)
            self.know(ids[0], one)
            self.know(ids[1], other)

    def know(self, one: str, url: str | None) -> None:
        """An address of an id."""
        if url:
            self.urls.setdefault(one, set()).add(url)


def names(lake: Lake, sought: Sequence[Sought], met: Iterable[tuple[str, str]] = ()) -> list[Names]:
    """All that some articles were met as; see `text.aliases.same_article` for what counts.

    Args:
        met: (address, where it led) of meetings that the lake may keep no trace of.
    """
    nodes = frozenset(each for one in sought for each in one.asked | one.known)
    told = {url for one in sought for url in one.urls}
    seen, ids = _Seen(nodes), [{*one.asked, *one.known} for one in sought]
    for _ in range(_ROUNDS):
        seen = _look(lake, nodes, told, met)
        ids = [same_article(one.asked, one.known, seen.links, seen.urls, seen.never) for one in sought]
        ours = frozenset(each for one in ids for each in one)
        # What leads to it, and what else that leads to, must be known before it can be judged.
        around = {each for link in seen.links if not ours.isdisjoint(link) for each in link}
        if ours | around <= nodes:
            break
        nodes |= ours | around
    return [
        Names(frozenset(mine), {one: _shortest(seen.urls[one]) for one in mine & seen.urls.keys()},
              not mine.isdisjoint(seen.met))
        for mine in ids
    ]  # fmt: skip


def _shortest(urls: set[str]) -> str:
    return min(urls, key=lambda url: (len(url), url))


def _look(lake: Lake, nodes: frozenset[str], told: Set[str], met: Iterable[tuple[str, str]]) -> _Seen:
    seen = _Seen(nodes)
    for url in told:
        seen.know(article_id(url), url)
        seen.keys[url_key(url) or url] = article_id(url)
    for one, other in met:
        seen.add(one, other)
    for dataset, gather in (("attempts", _attempts), ("captures", _captures), ("documents", _documents)):
        for rows in _rows(lake, dataset):
            gather(rows, seen)
    return seen


def _rows(lake: Lake, dataset: str) -> Iterator[pa.RecordBatch]:
    for files in lake.day_files(dataset).values():
        for file in files:
            yield from lake.read_facts(file, _COLUMNS[dataset])


def _attempts(rows: pa.RecordBatch, seen: _Seen) -> None:
    asked = pc.is_in(rows.column("url_key"), value_set=pa.array(list(seen.keys), pa.string()))
    for key in rows.filter(asked).column("url_key").unique().to_pylist():
        seen.met.add(seen.keys[str(key)])
    leads = pc.is_in(rows.column("input_kind"), value_set=pa.array(_NO_ARTICLES))
    for url in rows.filter(leads).column("url").unique().to_pylist():
        seen.never.add(article_id(url))
    moved = pc.or_(pc.is_valid(rows.column("redirected_to")), pc.is_valid(rows.column("moved_to")))
    for row in rows.filter(pc.and_(moved, pc.invert(leads))).to_pylist():
        seen.add(row["url"], row["redirected_to"])
        seen.add(row["url"], row["moved_to"])


def _captures(rows: pa.RecordBatch, seen: _Seen) -> None:
    """Where pages were redirected to, what they were known by, and the addresses that feeds give as ids."""
    entry = pc.struct_field(rows.column("lead"), "entry_id")
    other = pc.or_(_differs(rows.column("final_url"), rows), _differs(entry, rows))
    other = pc.or_(other, _differs(rows.column("known_as"), rows))
    leads = pc.is_in(rows.column("input_kind"), value_set=pa.array(_NO_ARTICLES))
    for row in rows.filter(pc.and_(other, pc.invert(leads))).to_pylist():
        seen.add(row["url"], row["final_url"])
        seen.add(row["final_url"] or row["url"], row["known_as"])
        seen.add(row["url"], (row["lead"] or {}).get("entry_id"))


def _documents(rows: pa.RecordBatch, seen: _Seen) -> None:
    """What pages call themselves."""
    ours = pc.is_in(rows.column("article_id"), value_set=pa.array(sorted(seen.nodes), pa.string()))
    for row in rows.filter(ours).to_pylist():
        seen.met.add(row["article_id"])
        for url in (row["url"], row["canonical_url"]):
            if url_key(url) and article_id(url) == row["article_id"]:
                seen.know(row["article_id"], url)
    other = pc.and_(
        pc.is_valid(rows.column("canonical_url")),
        pc.or_(_differs(rows.column("canonical_url"), rows), pc.is_null(rows.column("url"))),
    )
    for row in rows.filter(other).to_pylist():
        seen.add(row["url"], row["canonical_url"], row["article_id"])


def _differs(column: Any, rows: pa.RecordBatch) -> Any:
    """Whether a value is there and is not the URL beside it, letter by letter."""
    return pc.fill_null(pc.not_equal(column, rows.column("url")), pa.scalar(False))
