"""`cluster`: links of a day and the clusters of the days before → the root of every article's chain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from dateline.contracts.clusters import CLUSTERS
from dateline.errors import ContractBroken
from dateline.step import Made, Rows, Rules, batches

Dated = Iterator[tuple[date | None, pa.RecordBatch]]
"""Batches of `clusters`, each with its partition's day."""


@dataclass(frozen=True)
class ClusterRules(Rules):
    """Nothing but the version: links are only followed."""

    version: str = "1"


class _Root(NamedTuple):
    """The end of an article's chain, and how many links lead there."""

    id: str
    day: date | None
    depth: int


class _Link(NamedTuple):
    """The link that is followed."""

    relation: str
    target: str
    day: date | None


def cluster(
    day: date | None,
    signatures: Rows,
    duplicates: Rows,
    earlier: Dated,
    rules: ClusterRules,  # noqa: ARG001
) -> Made:
    """One row for each article of the day.

    Args:
        day: the partition; None for the null partition, which links only within itself.
        signatures: of the day; they name its articles. Only `article_id` and `is_newest` are read.
        duplicates: links of the day; held in memory (a few short columns).
        earlier: clusters of days before; only the rows of targets are held. A target that is in none of them
            is taken as a root: its day was not reached yet, and will move this one when it is.
        rules: which version.

    Raises:
        ContractBroken: links of the day go round in a circle.
    """
    links = _links(duplicates)
    roots = _Roots(day, links, earlier)
    articles = sorted(_articles(signatures), key=str.encode)
    yield from batches(
        CLUSTERS, (_row(article, roots.of(article), links.get(article)) for article in articles)
    )


def _row(article: str, root: _Root, link: _Link | None) -> dict[str, Any]:
    return {
        "article_id": article,
        "root_id": root.id,
        "root_date": root.day,
        "depth": root.depth,
        "relation": link.relation if link else None,
    }


def _articles(signatures: Rows) -> Iterator[str]:
    for batch in signatures:
        newest: list[Any] = batch.column("article_id").filter(batch.column("is_newest")).to_pylist()
        yield from newest


def _links(duplicates: Rows) -> dict[str, _Link]:
    """Article → the link to its earliest target."""
    found: dict[str, _Link] = {}
    for batch in duplicates:
        for row in batch.filter(batch.column("is_earliest")).to_pylist():
            found[row["article_id"]] = _Link(row["relation"], row["target_id"], row["target_date"])
    return found


class _Roots:
    """The roots of a day's articles; each link is followed once."""

    def __init__(self, day: date | None, links: dict[str, _Link], earlier: Dated) -> None:
        self._day, self._links = day, links
        self._known: dict[str, _Root] = {}
        self._earlier = _roots_of({link.target for link in links.values() if link.day != day}, earlier)

    def of(self, article: str) -> _Root:
        """The root of an article of the day."""
        way: list[str] = []
        at, root = article, self._known.get(article)
        while root is None:
            if len(way) > len(self._links):
                raise ContractBroken(f"duplicates: the links of {article} go round in a circle")
            way.append(at)
            link = self._links.get(at)
            if link is None:
                root = _Root(at, self._day, -1)
            elif link.day != self._day:
                root = self._earlier.get((link.target, link.day), _Root(link.target, link.day, 0))
            else:
                at = link.target
                root = self._known.get(at)
        for depth, one in enumerate(reversed(way), root.depth + 1):
            self._known[one] = _Root(root.id, root.day, depth)
        return self._known[article]


def _roots_of(targets: set[str], earlier: Dated) -> dict[tuple[str, date | None], _Root]:
    """(article, day) → its root, of those articles that links of the day lead to."""
    wanted = pa.array(sorted(targets), pa.string())
    found = {}
    for day, batch in earlier:
        for row in batch.filter(pc.is_in(batch.column("article_id"), value_set=wanted)).to_pylist():
            found[row["article_id"], day] = _Root(row["root_id"], row["root_date"], row["depth"])
    return found
