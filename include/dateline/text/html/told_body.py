"""The text of a page that gives it as data alone (https://schema.org/articleBody), for scripts to show."""

from __future__ import annotations

from dataclasses import replace

from dateline.text.html.block_numbers import key
from dateline.text.html.body import UNSEEN, Body
from dateline.text.html.evidence import Evidence
from dateline.text.html.live_data import paragraphs_of

_LEAST = 200
"""Characters; what is shorter is a summary."""


def with_data(read: Body, page: Evidence) -> Body:
    """A body as read, or as the page's main object tells it where nothing was read or its very words were.

    What shows the text as data alone was read without its paragraphs: of these the data know.
    """
    told = [*filter(None, paragraphs_of(page.linked.get("articlebody")).split("\n\n"))]
    if not read.paragraphs:
        return Body(told, UNSEEN) if sum(map(len, told)) >= _LEAST else read
    if len(told) > len(read.paragraphs) and key("".join(told)) == key("".join(read.paragraphs)):
        return replace(read, paragraphs=told)
    return read
