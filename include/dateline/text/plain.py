"""Plain text out of short marked-up strings: titles, names, summaries."""

from __future__ import annotations

import html
import re

from dateline.text.normalise import clean_line

_INLINE = """a abbr acronym b bdi bdo big cite code del dfn em font i iframe img input ins kbd label link mark
    meta nobr q s samp script small span strike strong style sub sup time tt u var wbr"""
_BLOCKS = """address article aside audio blockquote body br button center dd details div dl dt embed
    figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html li main nav object ol p param picture
    pre section source summary svg table tbody td tfoot th thead title tr ul
    video"""
_INLINE_NAMES = frozenset(_INLINE.split())
_BLOCK_NAMES = frozenset(_BLOCKS.split())
_UNSEEN = re.compile(r"<(script|style)\b[^<>]*>[^<]*</\1\s*>|<!--[^<>]*-->", re.IGNORECASE)
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?:[\s/][^<>]*)?>")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")


def plain(text: str | None, limit: int = 1000) -> str:
    """One line of text: markup removed, entities read, white space folded, at most `limit` characters.

    Only tags of HTML go, so that `1 < 2` and `<Titane>` stay. Entities are read twice, because feeds
    often escape them twice; tags that only then appear are text ("how to use <table>") and stay.
    """
    if not text:
        return ""
    # Twenty times as much markup as text is no title; the cut bounds the work.
    text = _UNSEEN.sub(" ", text[: 20 * limit])
    text = _TAG.sub(_gap, text)
    for _ in range(2):
        if _ENTITY.search(text):
            text = html.unescape(text)
    return clean_line(text)[:limit].rstrip()


def _gap(tag: re.Match[str]) -> str:
    """Nothing for a tag inside a line, a space for one that ends a line, the tag itself if it is none."""
    name = tag[1].lower()
    if name in _BLOCK_NAMES:
        return " "
    return "" if name in _INLINE_NAMES else tag[0]
