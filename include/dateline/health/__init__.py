"""Looking a lake over: contracts, sums, digests, links and staleness, and how the sources do."""

from dateline.health.finding import Finding, Looked
from dateline.health.sources import SourceHealth, of_sources
from dateline.health.whole import inspect

__all__ = ["Finding", "Looked", "SourceHealth", "inspect", "of_sources"]
