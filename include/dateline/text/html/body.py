"""The body of an article: paragraphs, without headline, captions, links to other stories or notices."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from functools import lru_cache
from typing import Any

from lxml import etree

from dateline.errors import Refused
from dateline.text.html.titles import plain
from dateline.text.html.tree import Tree, text_of
from dateline.text.normalise import clean_text

_RUNS = etree.XPath(
    "/*/body/descendant::text()[string-length(normalize-space(.)) > 60][not(ancestor::a or "
    "ancestor::script or ancestor::style or ancestor::noscript or ancestor::template or "
    "ancestor::select or ancestor::textarea)]",
    smart_strings=False,
)
"""Long runs of text that a reader sees and that are no links."""
_MOST_RUNS = 400
_RUN = 40
_SCRAP, _SHORT = 400, 1000
"""Characters. Measured on 1,267 pages: under the first, and under the second without most of the long runs
(8 % of the pages), the slow way is right far more often; over them the two are equal."""

_BLOCKS = frozenset({"p", "list", "head", "quote", "table", "row", "cell", "div", "details"})
_SPACES = re.compile(r"\s+")
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
# Where a headline may stand again at the start of the text.
_FIRST = 3
_POSTED = re.compile(
    r"(?:first |last |originally )?(?:posted|published|updated|modified|created|veröffentlicht|aktualisiert|"
    r"erstellt|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|"
    r"publicerad|uppdaterad|opublikowano|aktualizacja|опубликовано|обновлено)\b[^.!?]{0,40}\d[^!?]{0,60}",
    re.IGNORECASE,
)
"""`Posted Monday, March 23, 2026 at 03:20 PM CDT`: short, and with a number in it."""


def read_body(tree: Tree, again: Callable[[], Tree], headlines: list[str]) -> list[str]:
    """The paragraphs of a page's main text.

    The extractor's fast way comes first. Where it found little of the long text runs that the page shows
    (mostly old markup: tables, line breaks for paragraphs), its slow way, which asks other extractors
    too, takes a second look.

    Args:
        tree: of the page; consumed.
        again: gives the tree anew.
        headlines: to drop where they open the text.

    Raises:
        Refused: too_deep or parse_failure, where the extractor gives up.
    """
    runs = [" ".join(run.split())[:_RUN] for run in _RUNS(tree)[:_MOST_RUNS]]
    paragraphs = _extract(tree, is_fast=True)
    if _is_doubtful(" ".join(" ".join(paragraphs).split()), runs):
        paragraphs = _extract(again(), is_fast=False) or paragraphs
    return _without_headline(paragraphs, headlines)


def _is_doubtful(text: str, runs: list[str]) -> bool:
    """Whether a text is a scrap, or short and without most of the page's long runs of text."""
    return len(text) < _SCRAP or (len(text) < _SHORT and 2 * sum(run in text for run in runs) < len(runs))


def _extract(tree: Tree, *, is_fast: bool) -> list[str]:
    try:
        found = _trafilatura(tree, is_fast)
    except RecursionError as error:
        raise Refused("too_deep", "the extractor's stack ran out") from error
    except Exception as error:
        # The extractor promises ValueError alone, but hostile markup gets others out of it.
        raise Refused("parse_failure", f"the extractor gives up ({type(error).__name__})") from error
    paragraphs: list[str] = []
    for element in found if found is not None else ():
        _collect(element, paragraphs)
    return paragraphs


def _trafilatura(tree: Tree, is_fast: bool) -> Tree | None:
    """The extractor's own tree of the main text: body of p, head, list, quote, table, …"""
    from trafilatura import bare_extraction

    # The format "xml" leaves the text as a tree, which knows what a paragraph is.
    document: Any = bare_extraction(
        tree,
        fast=is_fast,
        include_comments=False,
        with_metadata=False,
        output_format="xml",
        config=_config(),
    )
    return None if document is None else document.body


@lru_cache(maxsize=1)
def _config() -> Any:
    """The extractor's settings, but for the least size: what is too short is judged by the step."""
    from trafilatura.settings import DEFAULT_CONFIG

    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["MIN_OUTPUT_SIZE"] = "0"
    return config


def _collect(element: Tree, paragraphs: list[str]) -> None:
    """Add what an element of the extractor's tree holds: one entry for each paragraph, list or table."""
    if element.tag == "list":
        _add(paragraphs, "\n".join(filter(None, (text_of(item) for item in element))))
    elif element.tag == "table" and element.find(".//p") is None:
        rows = (" | ".join(filter(None, map(text_of, row.iter("cell")))) for row in element.iter("row"))
        _add(paragraphs, "\n".join(filter(None, rows)))
    elif any(child.tag in _BLOCKS for child in element):
        _add(paragraphs, element.text or "")
        for child in element:
            _collect(child, paragraphs)
    else:
        for part in _PARAGRAPH_BREAK.split(_broken_text(element)):
            _add(paragraphs, part)
    _add(paragraphs, element.tail or "")


def _broken_text(element: Tree) -> str:
    """The text of an element, its `lb` as line breaks; the line breaks of the source are spaces."""
    parts = [_SPACES.sub(" ", element.text or "")]
    for child in element.iterdescendants():
        if child.tag == "lb":
            parts.append("\n")
        parts.append(_SPACES.sub(" ", child.text or ""))
        parts.append(_SPACES.sub(" ", child.tail or ""))
    return "".join(parts)


def _add(paragraphs: list[str], text: str) -> None:
    text = clean_text(text)
    if text:
        paragraphs.append(text)


def _without_headline(paragraphs: list[str], headlines: list[str]) -> list[str]:
    """Drop a headline where it opens the text again, and a line that tells when the text was posted."""
    said = {plain(headline) for headline in headlines} - {""}
    return [
        paragraph
        for at, paragraph in enumerate(paragraphs)
        if at >= _FIRST or not (plain(paragraph) in said or _POSTED.fullmatch(paragraph))
    ]
