"""IPTC Media Topics. None are given: no method of ours has been measured yet."""

from __future__ import annotations

from typing import Any

from dateline.text.story import Story


def topics(story: Story, found: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Columns: topics, always empty until a classifier has been measured."""
    return {"topics": []}
