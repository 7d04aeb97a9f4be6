"""The language of the text, as declared or detected."""

from __future__ import annotations

from typing import Any

from dateline.text.story import Story


def language(story: Story, found: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Columns: detected_language."""
    return {"detected_language": {"tag": story.language, "confidence": story.confidence}}
