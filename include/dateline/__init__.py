"""dateline: feeds and archives in, one clean, deduplicated, enriched table of news a day out."""

__version__ = "0.1.0"
