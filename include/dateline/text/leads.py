"""What led to an input: the facts that a feed, sitemap or manifest gives of it."""

from __future__ import annotations

from typing import Any

from dateline.step import digest


def make_lead(origin: str, **facts: Any) -> dict[str, Any]:
    """A lead in the shape of `contracts.shared.LEAD_TYPE`; facts not given are missing."""
    lead: dict[str, Any] = {
        "origin": origin,
        "origin_url": None,
        "entry_id": None,
        "title": None,
        "published": None,
        "updated": None,
        "authors": [],
        "summary": None,
        "categories": [],
        "language": None,
    }
    return {**lead, **facts}


def entry_key(source: str, lead: dict[str, Any] | None) -> str | None:
    """16 hex digits that name an entry of a source, whichever of its feeds it stands in and wherever it
    points; None where the lead is no entry of a feed."""
    if lead is None or lead["origin"] != "feed" or not lead["entry_id"]:
        return None
    return digest([source, lead["entry_id"]])


def lead_digest(lead: dict[str, Any]) -> str:
    """16 hex digits over what a lead says of the article itself; another digest asks for another look.

    Where it was found and under which headings is left out: the same story stands in several feeds of
    a publisher, and each would ask for another look in turn.
    """
    return digest([lead.get(name) for name in ("title", "published", "updated", "summary")])
