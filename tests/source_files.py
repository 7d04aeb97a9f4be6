"""A source file that is in order, for tests to change."""

from __future__ import annotations

GOOD = """# The paper of record.
name = "Harbour Courier"
home = "https://www.harbour-courier.test/"
feeds = ["https://www.harbour-courier.test/feed.xml"]
language = "en-GB"
country = "GB"
timezone = "Europe/London"   # they give none
enabled = false  # not yet
"""
