"""The body of an article: paragraphs, without headline, captions, links to other stories or notices.

The extractor gives its opinion first, on the tree that all share. It is one of many things known of each
block of the page (how much of it is links, what stands around it, what its frame is for); a model weighs
them and decides block by block. So a page on which the extractor takes a menu for the story, or leaves out
half of it, is still read, at a fifth of what a second extractor would cost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from dateline.errors import Refused
from dateline.text.html.block_features import look_at
from dateline.text.html.block_model import installed
from dateline.text.html.block_numbers import Numbers
from dateline.text.html.blocks import Block, read_blocks
from dateline.text.html.tree import Tree, text_of
from dateline.text.normalise import clean_text

SURE = 0.45
"""How likely a block must be of the story. By cross-validation over 1,267 pages F1 is flat from .4 to .55."""
_LIKELY = 0.3
"""… between two that are surely of it: a heading, a line of a list."""
_PERHAPS = 0.2
"""… on a page of which hardly anything is sure: a line is taken rather than the article lost."""
_SCRAP = 200
"""Characters."""

_CONTAINERS = frozenset({"p", "list", "head", "quote", "table", "row", "cell", "div", "details"})
_SPACES = re.compile(r"\s+")
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_LONGEST_CELL = 200
_REPEATED = 80
"""Characters: a paragraph as long that stands there twice is a slip of the page, not a refrain."""
# Where a headline may stand again at the start of the text.
_FIRST = 3
_POSTED = re.compile(
    r"(?:first |last |originally )?(?:posted|published|updated|modified|created|veröffentlicht|aktualisiert|"
    r"erstellt|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|"
    r"publicerad|uppdaterad|opublikowano|aktualizacja|опубликовано|обновлено)\b[^.!?]{0,40}\d[^!?]{0,60}",
    re.IGNORECASE,
)
"""`Posted Monday, March 23, 2026 at 03:20 PM CDT`: short, and with a number in it."""


@dataclass(frozen=True, slots=True)
class Body:
    """A story's text.

    Args:
        paragraphs: in the order of the page; lines of a list or table, and broken lines, by line feeds.
        confidence: 0 to 1, about the F1 of the words to those of the story.
        linked: 0 to 1, how much of it stands in links.
    """

    paragraphs: list[str] = field(default_factory=list)
    confidence: float = 0.0
    linked: float = 0.0


def read_body(tree: Tree, headlines: list[str], summary: str | None = None) -> Body:
    """The main text of a page.

    Args:
        tree: of the page; consumed.
        headlines: best first; dropped where they open the text or stand as a heading.
        summary: what the page says of itself in a sentence or two.

    Raises:
        Refused: too_deep or parse_failure, where the extractor gives up.
    """
    blocks = read_blocks(tree)
    picked = extract(tree)
    if not blocks:
        return Body()
    sight = look_at(blocks, picked, headlines, summary)
    chances = installed().judge(sight.numbers)
    sizes = np.array([len(block.text) for block in blocks], float)
    kept = _kept(chances, sizes)
    lines = _lines(blocks, np.flatnonzero(kept).tolist(), sight.is_headline)
    links = np.array([block.linked for block in blocks], float)
    return Body(_without_notices(lines), _confidence(chances, sizes, kept), _share(links, sizes, kept))


def _kept(chances: Numbers, sizes: Numbers) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which blocks are of the story."""
    kept = chances > SURE
    between = np.zeros(len(kept), bool)
    between[1:-1] = kept[:-2] & kept[2:]
    kept |= between & (chances > _LIKELY)
    return kept if sizes[kept].sum() >= _SCRAP else chances > _PERHAPS


def _confidence(chances: Numbers, sizes: Numbers, kept: np.ndarray[Any, np.dtype[np.bool_]]) -> float:
    """The F1 that is to be expected if the chances are right."""
    right = float((chances * sizes)[kept].sum())
    both = float(sizes[kept].sum()) + float((chances * sizes).sum())
    return round(min(0.99, 2 * right / both), 3) if both else 0.0


def _share(part: Numbers, sizes: Numbers, kept: np.ndarray[Any, np.dtype[np.bool_]]) -> float:
    """How much of what is kept is that part."""
    return round(float(part[kept].sum()) / max(float(sizes[kept].sum()), 1.0), 3)


def _lines(blocks: list[Block], kept: Sequence[int], is_headline: Sequence[bool]) -> list[str]:
    """Blocks as paragraphs: broken lines, and those of one list or table, are kept together."""
    paragraphs: list[str] = []
    seen: set[str] = set()
    last: Block | None = None
    for at in kept:
        block = blocks[at]
        opens = len(paragraphs) < _FIRST or block.tag in _HEADINGS
        if (is_headline[at] and opens) or (block.text in seen and len(block.text) > _REPEATED):
            continue
        seen.add(block.text)
        text = clean_text(block.text)
        joint = _joint(last, block) if last is not None else None
        if joint is None:
            paragraphs.append(text)
        else:
            paragraphs[-1] += joint + text
        last = block
    return [paragraph for paragraph in paragraphs if paragraph]


def _joint(before: Block, block: Block) -> str | None:
    """What stands between two blocks of one paragraph; None between two paragraphs."""
    if before.path == block.path:
        return None if block.is_new else "\n"
    if before.tag == block.tag == "li":
        return "\n" if before.path[-2:-1] == block.path[-2:-1] else None
    is_table = before.tag in _CELLS and block.tag in _CELLS
    if not is_table or max(len(before.text), len(block.text)) > _LONGEST_CELL:
        return None
    if before.path[:-1] == block.path[:-1]:
        return " | "
    return "\n" if before.path[:-2] == block.path[:-2] else None


def _without_notices(paragraphs: list[str]) -> list[str]:
    """Without a line that tells when the text was posted, at its beginning."""
    return [
        paragraph
        for at, paragraph in enumerate(paragraphs)
        if at >= _FIRST or not _POSTED.fullmatch(paragraph)
    ]


def extract(tree: Tree) -> list[str]:
    """What trafilatura takes for the text of a page, by its fast way.

    Args:
        tree: of the page; consumed.

    Raises:
        Refused: too_deep or parse_failure, where it gives up.
    """
    try:
        found = _trafilatura(tree)
    except RecursionError as error:
        raise Refused("too_deep", "the extractor's stack ran out") from error
    except Exception as error:
        # The extractor promises ValueError alone, but hostile markup gets others out of it.
        raise Refused("parse_failure", f"the extractor gives up ({type(error).__name__})") from error
    paragraphs: list[str] = []
    for element in found if found is not None else ():
        _collect(element, paragraphs)
    return paragraphs


def _trafilatura(tree: Tree) -> Tree | None:
    """The extractor's own tree of the main text: body of p, head, list, quote, table, …"""
    from trafilatura import bare_extraction

    document: Any = bare_extraction(tree, options=_options())
    return None if document is None else document.body


@lru_cache(maxsize=1)
def _options() -> Any:
    """The extractor's settings, but for the least size: what is too short is judged by the step."""
    from trafilatura.settings import DEFAULT_CONFIG, Extractor

    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["MIN_OUTPUT_SIZE"] = "0"
    # The format "xml" leaves the text as a tree, which knows what a paragraph is.
    return Extractor(config=config, output_format="xml", fast=True, comments=False)


def _collect(element: Tree, paragraphs: list[str]) -> None:
    """Add what an element of the extractor's tree holds: one entry for each paragraph, list or table."""
    if element.tag == "list":
        _add(paragraphs, "\n".join(filter(None, (text_of(item) for item in element))))
    elif element.tag == "table" and element.find(".//p") is None:
        rows = (" | ".join(filter(None, map(text_of, row.iter("cell")))) for row in element.iter("row"))
        _add(paragraphs, "\n".join(filter(None, rows)))
    elif any(child.tag in _CONTAINERS for child in element):
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
