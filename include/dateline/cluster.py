"""One cluster of a lake: the articles that repeat, renew or extend one another, and what is known of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dateline.edges.lake import Lake
from dateline.edges.lake.partitions import Day, sort_key
from dateline.errors import UsageError

LEAST = 6
"""Hex digits that an article is named by at least."""

_LINK = (
    "article_id", "relation", "duplicate_kind", "similarity", "target_id", "target_date", "is_earliest",
    "origin", "origin_why",
)  # fmt: skip
_FACTS = (
    "article_id", "published", "published_precision", "published_offset", "source", "url", "title", "text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One link of a member to an earlier article.

    Args:
        relation: duplicate, version or extends.
        kind: exact, near or contained for a duplicate.
        similarity: 0 to 1.
        target: article_id that it leads to, mostly but not always in the same cluster.
        target_day: its partition, None for the null partition.
        is_earliest: whether this is the link that leads on to the root.
        origin: where a syndicated text was first published, as it is guessed.
        origin_why: by what.
    """

    relation: str
    kind: str | None
    similarity: float
    target: str
    target_day: date | None
    is_earliest: bool
    origin: str | None
    origin_why: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """One article of a cluster, on one publication day.

    Args:
        article_id: its id.
        day: its partition, None for the null partition.
        depth: how many links lie between it and the root, 0 for the root.
        links: to earlier articles, the one that leads to the root first; none for the root.
        published: when, UTC; None if unknown.
        published_precision: how exactly that is known.
        published_offset: minutes from UTC that the source gave.
        source: the source's name.
        url: where it is.
        title: its headline.
        text: its newest text; empty where it is not kept.
    """

    article_id: str
    day: date | None
    depth: int
    links: tuple[Told, ...]
    published: datetime | None
    published_precision: str
    published_offset: int | None
    source: str
    url: str | None
    title: str | None
    text: str

    @property
    def rank(self) -> tuple[Any, ...]:
        """Place in the cluster: the root first, then by day, instant (missing last) and id."""
        unknown = self.published is None or self.published_precision not in ("instant", "minute")
        instant = 0.0 if unknown or self.published is None else self.published.timestamp()
        return self.depth > 0, sort_key(self.day), unknown, instant, self.article_id


def members(lake: Lake, name: str) -> list[Member]:
    """The articles of the cluster that an article is in, its root first.

    Args:
        lake: what is published of it is told; only the clusters of all days are looked through, by their
            narrow columns.
        name: article_id, or its first 6 hex digits or more where no other begins with them. Of an article
            that lies on several days in different clusters, the last day counts.

    Raises:
        UsageError: no article is named so, or several are; or the root is not published yet.
    """
    root = _root(lake, name)
    found: list[Member] = []
    for day in lake.days("clusters"):
        if _may_hold(day, root[1]):
            found += _members_of(lake, day, root)
    found.sort(key=lambda member: member.rank)
    # Links are made before articles are enriched and published, which may take its time.
    if not found or found[0].depth:
        raise UsageError(
            f"{root[0]}, the first article of this cluster, is not published yet: `dateline settle` does that"
        )
    return found


def _root(lake: Lake, name: str) -> tuple[str, Day]:
    """The name of the cluster of an article."""
    wanted = name.strip().lower()
    if len(wanted) < LEAST or set(wanted) - set("0123456789abcdef"):
        raise UsageError(f"no article id: {name[:40]!r}; {LEAST} hex digits of one or more are wanted")
    found: dict[str, tuple[str, Day]] = {}
    for day in lake.days("clusters"):
        for batch in lake.read_day("clusters", day, ["article_id", "root_id", "root_date"]):
            for row in batch.filter(pc.starts_with(batch.column("article_id"), wanted)).to_pylist():
                found[row["article_id"]] = row["root_id"], row["root_date"]
    if not found:
        raise UsageError(f"no article of {lake.store.uri} has the id {wanted!r}, as far as it is settled")
    if len(found) > 1:
        shown = ", ".join(sorted(found)[:4])
        raise UsageError(f"{len(found)} articles have ids that begin with {wanted!r}: {shown}")
    return next(iter(found.values()))


def _may_hold(day: Day, root: Day) -> bool:
    """Links point backwards only, and those of the null partition stay in it."""
    return day is None if root is None else day is not None and day >= root


def _members_of(lake: Lake, day: Day, root: tuple[str, Day]) -> Iterator[Member]:
    """The members that lie on one day."""
    wanted: dict[str, dict[str, Any]] = {}
    for batch in lake.read_day("clusters", day):
        same = pc.equal(batch.column("root_id"), pa.scalar(root[0]))
        if root[1] is not None:
            same = pc.and_(same, pc.equal(batch.column("root_date"), pa.scalar(root[1])))
        wanted |= {row["article_id"]: row for row in batch.filter(same).to_pylist()}
    if not wanted:
        return
    links: dict[str, list[Told]] = {}
    for row in _rows(lake, "duplicates", day, _LINK, wanted):
        links.setdefault(row["article_id"], []).append(_told(row))
    for facts in _rows(lake, "articles", day, _FACTS, wanted):
        name = facts["article_id"]
        mine = sorted(links.get(name, ()), key=lambda link: (not link.is_earliest, link.relation))
        yield Member(**facts, day=day, depth=wanted[name]["depth"], links=tuple(mine))


def _told(row: dict[str, Any]) -> Told:
    return Told(
        relation=row["relation"],
        kind=row["duplicate_kind"],
        similarity=row["similarity"],
        target=row["target_id"],
        target_day=row["target_date"],
        is_earliest=row["is_earliest"],
        origin=row["origin"],
        origin_why=row["origin_why"],
    )


def _rows(
    lake: Lake, dataset: str, day: Day, columns: tuple[str, ...], wanted: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """The rows of some articles of a day."""
    ids = pa.array(sorted(wanted), pa.string())
    for batch in lake.read_day(dataset, day, list(columns)):
        yield from batch.filter(pc.is_in(batch.column("article_id"), value_set=ids)).to_pylist()
