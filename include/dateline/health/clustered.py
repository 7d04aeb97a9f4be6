"""Clusters: every chain ends where the links of the day and the clusters before it lead."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.contracts.clusters import CLUSTERS
from dateline.days import Days
from dateline.edges.lake.digests import RowDigest
from dateline.edges.lake.partitions import Day
from dateline.step import in_key_order


def cluster_faults(days: Days, day: Day) -> Iterator[tuple[tuple[str, ...], str]]:
    """What is wrong with the clusters of a day whose links are right: following them costs little."""
    made = RowDigest.of(list(in_key_order(days.clusters(day), CLUSTERS)))
    if str(made) != days.digest("clusters", day):
        yield ("clusters",), "its chains do not end where its links and the clusters before it lead"
