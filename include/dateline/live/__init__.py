"""Polling live sources: their feeds, sitemaps and section pages first, then the pages that these name and
the crawl state wants.

Gives one exchange for each thing asked for or put off. What is neither new nor owed nor due is not asked for.
"""

from dateline.live.plan import Plan
from dateline.live.poll import exchanges, poll
from dateline.live.shards import of_shard, shard_of

__all__ = ["Plan", "exchanges", "of_shard", "poll", "shard_of"]
