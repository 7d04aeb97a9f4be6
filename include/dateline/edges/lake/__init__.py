"""The lake: the only reader and writer of Parquet."""

from dateline.edges.lake.lake import Lake

__all__ = ["Lake"]
