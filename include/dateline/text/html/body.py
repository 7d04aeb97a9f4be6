"""The body of an article: paragraphs, without headline, captions, links to other stories or notices.

The extractor gives its opinion first, on the tree that all share. It is one of many things known of each
block of the page (how much of it is links, what stands around it, what its frame is for); a model weighs
them and decides block by block. So a page on which the extractor takes a menu for the story, or leaves out
half of it, is still read, at a fifth of what a second extractor would cost.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np

from dateline.errors import Refused
from dateline.text.html.beyond import is_cut, with_rest
from dateline.text.html.block_features import Sight, look_at
from dateline.text.html.block_model import installed
from dateline.text.html.block_numbers import Numbers
from dateline.text.html.block_units import CELLS, Unit, follows, units
from dateline.text.html.blocks import Block, read_blocks, unread
from dateline.text.html.consents import asking
from dateline.text.html.hidden import hidden_of
from dateline.text.html.paragraphs import as_paragraphs, without_headlines, without_notices
from dateline.text.html.replies import replies
from dateline.text.html.tree import Tree, text_of
from dateline.text.normalise import clean_text

Flags = np.ndarray[Any, np.dtype[np.bool_]]

SURE = 0.45
"""How likely a block must be of the story. By cross-validation over 1,267 pages F1 is flat from .4 to .55."""
_LIKELY = 0.3
"""… between two that are surely of it: a heading, a line of a list."""
_PERHAPS = 0.2
"""… on a page of which hardly anything is sure: a line is taken rather than the article lost."""
_BESIDE = 0.1
"""… right behind a paragraph of the story, in the same element: a table or list as a whole."""
_DOUBTED = 0.75
"""… in a frame, of an offer, a menu or the like, of which the extractor took nothing: on 600 pages what is
less likely there is a button or a notice more often than a line of the story."""
_STORIES = frozenset({"story", "article"})
_SCRAP = 200
"""Characters."""
_REVEALED = 1 / 3
"""How much of a story may be hidden as something else."""
UNSEEN = 0.6
"""Trust in the extractor's own opinion, where nothing else is known of its text."""

_CONTAINERS = frozenset({"p", "list", "head", "quote", "table", "row", "cell", "div", "details"})
_SPACES = re.compile(r"\s+")
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")


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
    blocks, beside = read_blocks(tree, hidden_of(tree)), unread(tree)
    picked = extract(tree)
    if not blocks:
        return _unseen(picked, headlines)
    sight = look_at(blocks, picked, headlines, summary)
    if beside >= _SCRAP and _is_unseen(picked, blocks, sight.is_picked):
        return _unseen(picked, headlines)
    chances = installed().judge(sight.numbers)
    sizes = np.array([len(block.text) for block in blocks], float)
    whole = units(blocks)
    kept = _kept(blocks, chances, sizes, _is_doubted(blocks, sight), whole) & ~_is_time(blocks)
    kept &= ~_is_unread(blocks, sizes * kept)
    for others in (asking, replies):
        kept[others(blocks, np.flatnonzero(kept).tolist())] = False
    places = np.flatnonzero(kept).tolist()
    links = np.array([block.linked for block in blocks], float)
    found = without_notices(as_paragraphs(blocks, places, sight.is_headline, whole))
    read = Body(found, _confidence(chances, sizes, kept), _share(links, sizes, kept))
    return _completed(read, with_rest(found, blocks, places, picked)) if is_cut(blocks, places) else read


def _completed(known: Body, whole: list[str]) -> Body:
    """A text of which only the beginning was judged."""
    size = sum(map(len, known.paragraphs))
    rest = sum(map(len, whole)) - size
    trust = (known.confidence * size + UNSEEN * rest) / max(size + rest, 1)
    return replace(known, paragraphs=whole, confidence=round(trust, 3))


def _is_unseen(picked: list[str], blocks: list[Block], is_picked: list[bool]) -> bool:
    """Whether most of what the extractor took stands where readers with scripts see nothing (`noscript`)."""
    found = sum(len(block.text) for block, taken in zip(blocks, is_picked, strict=True) if taken)
    told = sum(map(len, picked))
    return told >= _SCRAP and 2 * found < told


def _unseen(picked: list[str], headlines: list[str]) -> Body:
    """The extractor's own opinion; a few words there only ask for scripts to be turned on."""
    if sum(map(len, picked)) < _SCRAP:
        return Body()
    return Body(without_headlines(picked, headlines), UNSEEN)


def _kept(
    blocks: list[Block], chances: Numbers, sizes: Numbers, is_doubted: Flags, whole: list[Unit]
) -> Flags:
    """Which blocks are of the story."""
    kept = chances > SURE
    between = np.zeros(len(kept), bool)
    between[1:-1] = kept[:-2] & kept[2:]
    kept |= between & (chances > _LIKELY)
    kept &= ~is_doubted | (chances > _DOUBTED)
    if sizes[kept].sum() < _SCRAP:
        kept = chances > _PERHAPS
    # Tables first, as lists may stand before them.
    for unit in sorted(whole, key=lambda unit: not unit.is_table):
        members = unit.members
        chance = float(np.average(chances[members], weights=sizes[members]))
        least = _DOUBTED if is_doubted[members].any() else _least(blocks, kept, unit)
        kept[members] = chance > least
    return kept


def _least(blocks: list[Block], kept: Flags, unit: Unit) -> float:
    """How likely a table or list must be of the story, by what stands before and after it."""
    before, after = unit.members[0] - 1, unit.members[-1] + 1
    is_behind = before >= 0 and bool(kept[before])
    if is_behind and follows(blocks, unit, before):
        return _BESIDE
    is_between = is_behind and after < len(kept) and bool(kept[after])
    return _LIKELY if unit.is_table or is_between else SURE


def _is_doubted(blocks: list[Block], sight: Sight) -> Flags:
    """Which blocks stand in a frame of which the extractor took nothing."""
    picked = sight.is_picked
    taken = {number for block, took in zip(blocks, picked, strict=True) if took for number in block.path}
    empty = [
        any(frame not in _STORIES and number not in taken for number, frame in block.frames)
        for block in blocks
    ]
    return np.array(empty, bool)


def _is_time(blocks: list[Block]) -> Flags:
    """Which blocks are but a time: of publication, or of a list's or a live blog's entry. Tables may be of
    times."""
    return np.array([block.is_time and block.tag not in CELLS for block in blocks], bool)


def _is_unread(blocks: list[Block], sizes: Numbers) -> Flags:
    """Which blocks nobody sees, unless so much of the story is hidden that a script or a click will show it.

    Args:
        sizes: characters, 0 of what is not kept.
    """
    hidden = np.array([block.is_hidden for block in blocks], bool)
    return hidden & bool(sizes[hidden].sum() < _REVEALED * sizes.sum())


def _confidence(chances: Numbers, sizes: Numbers, kept: Flags) -> float:
    """The F1 that is to be expected if the chances are right."""
    right = float((chances * sizes)[kept].sum())
    both = float(sizes[kept].sum()) + float((chances * sizes).sum())
    return round(min(0.99, 2 * right / both), 3) if both else 0.0


def _share(part: Numbers, sizes: Numbers, kept: Flags) -> float:
    """How much of what is kept is that part."""
    return round(float(part[kept].sum()) / max(float(sizes[kept].sum()), 1.0), 3)


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
    options = Extractor(config=config, output_format="xml", fast=True, comments=False)
    # It does as by default but where that is "balanced" by name: there it reads pages with a short text
    # again, to let in more. That is a quarter of its time, and what it would find the model finds as well.
    options.focus = "once"
    return options


def _collect(element: Tree, paragraphs: list[str]) -> None:
    """Add what an element of the extractor's tree holds: one entry for each paragraph, list or table."""
    if element.tag == "list":
        _add(paragraphs, "\n".join(filter(None, map(_item_text, element))))
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


def _item_text(item: Tree) -> str:
    """The text of a list's item on one line, its paragraphs apart."""
    if any(child.tag in _CONTAINERS for child in item):
        return " ".join(filter(None, (" ".join(text.split()) for text in item.itertext())))
    return text_of(item)


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
