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


FACTS = 8
"""Hex digits of a lead's digest that are over what it tells a document."""


def lead_digest(lead: dict[str, Any]) -> str:
    """16 hex digits over what a lead says of the article itself; another digest asks for another look.

    The first `FACTS` are over its facts, the others over words that only hint at a change: when it was
    updated, and its summary. Some feeds stamp these anew each time, or count comments there. Where it was
    found and under which headings is left out: the same story stands in several feeds of a publisher, and
    each would ask for another look in turn.
    """
    return facts_digest(lead) + digest([lead.get("updated"), lead.get("summary")])[:-FACTS]


def facts_digest(lead: dict[str, Any]) -> str:
    """`FACTS` hex digits over what a document takes from its lead, and a look at the page does not tell as
    well: title, published and authors. A document has no summary, and a bare `updated` is no news."""
    return digest([lead.get("title"), lead.get("published"), list(lead.get("authors") or [])])[:FACTS]
