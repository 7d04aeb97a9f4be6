"""Which task asks whom: sources are dealt out over shards, whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TypeVar

from dateline.live.pages import Source, starts
from dateline.text.urls import site_of

AnySource = TypeVar("AnySource", bound=Source)


def shard_of(host_or_url: str, shards: int) -> int:
    """The shard that a host belongs to: one for all hosts of a site, the same in every process."""
    url = host_or_url if "://" in host_or_url else f"http://{host_or_url}/"
    site = site_of(url) or host_or_url
    return int.from_bytes(hashlib.sha256(site.encode("utf-8", "replace")).digest()[:8], "big") % shards


def of_shard(sources: Iterable[AnySource], shard: int, shards: int) -> list[AnySource]:
    """The sources of one shard: a source lies whole where the first address that it is polled at lies.

    A page of one source may lie on the host of another: that two tasks never ask one host at once is the
    doing of the holds of hosts (`edges.http.turns`), not of this.
    """
    return [source for source in sources if shard_of(starts(source)[0][1], shards) == shard]
