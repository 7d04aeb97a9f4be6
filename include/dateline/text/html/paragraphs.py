"""Blocks of a page that are of its story, as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.text.date_words import MONTHS, fold
from dateline.text.dateline_words import WEEKDAYS
from dateline.text.html.block_numbers import key
from dateline.text.html.block_units import CELLS, LONGEST_CELL, Unit, place, table_of
from dateline.text.html.blocks import Block
from dateline.text.html.openings import is_time
from dateline.text.normalise import clean_text

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_REPEATED = 80
"""Characters: a paragraph as long that stands there twice is a slip of the page, not a refrain."""
_GLUED = 25
"""Characters of a headline that no sentence has for its subject."""
# Where a headline may stand again at the start of the text.
_FIRST = 3
_PROSE = re.compile(r".{40,}[.!?…。！？][\"”’»」]?", re.DOTALL)
"""What ends a sentence; a summary may stand between two headlines."""
_SAYING = re.compile(r"[\"“”„«»‘’'「].*[.!?…。！？]\W?[\"“”„«»‘’'」]", re.DOTALL)
"""A sentence that somebody said, which many headlines repeat."""
_POSTED = re.compile(
    r"(?:first |last |originally )?(?:posted|published|updated|modified|created|veröffentlicht|aktualisiert|"
    r"erstellt|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|"
    r"publicerad|uppdaterad|opublikowano|aktualizacja|опубликовано|обновлено)\b",
    re.IGNORECASE,
)
"""`Posted Monday, March 23, 2026 at 03:20 PM CDT`: a sentence may begin so, too."""


def as_paragraphs(
    blocks: Sequence[Block], kept: Sequence[int], is_headline: Sequence[bool], units: Sequence[Unit]
) -> list[str]:
    """Blocks as paragraphs: broken lines, and those of one list or table, are kept together.

    Args:
        blocks: of the page.
        kept: places of those that are of the story.
        is_headline: whether a block says nothing but a headline.
        units: the tables and lists of the page.
    """
    unit_of = {at: unit for unit in units for at in unit.members}
    paragraphs: list[str] = []
    seen: set[str] = set()
    last: int | None = None
    for at in kept:
        block = blocks[at]
        if is_headline[at] and (block.tag in _HEADINGS or _repeats(block.text, paragraphs)):
            continue
        if block.text in seen and len(block.text) > _REPEATED:
            continue
        seen.add(block.text)
        text = clean_text(block.text)
        joint = None if last is None else _joint(blocks[last], block, unit_of.get(last), unit_of.get(at))
        if joint is None:
            paragraphs.append(text)
        else:
            paragraphs[-1] += joint + text
        last = at
    return [paragraph for paragraph in paragraphs if paragraph]


def without_headlines(paragraphs: list[str], headlines: Sequence[str]) -> list[str]:
    """A text that was not read block by block, without the headlines above it.

    Args:
        paragraphs: of the text.
        headlines: of the page.

    Nothing is dropped where nothing else would be left.
    """
    said = {key(text) for text in headlines} - {""}
    kept: list[str] = []
    for paragraph in paragraphs:
        if key(paragraph) not in said or not _repeats(paragraph, kept):
            kept.append(paragraph)
    if kept:
        kept[0] = _unglued(kept[0], headlines)
    return kept or paragraphs


def _unglued(text: str, headlines: Sequence[str]) -> str:
    """A text without the headline that stands before its first sentence, as where all tags were lost.

    A sentence that begins with a headline's words goes on in small letters or with a day.
    """
    for headline in headlines:
        if len(headline) >= _GLUED and text.startswith(f"{headline} "):
            rest = text[len(headline) :].lstrip()
            word = fold(rest.split(maxsplit=1)[0].strip(",.")) if rest else ""
            if (
                rest[:1].isupper()
                and word not in MONTHS
                and word not in WEEKDAYS
                and len(rest) > len(headline)
            ):
                return rest
    return text


def _repeats(headline: str, above: list[str]) -> bool:
    """Whether words of a headline stand there as one: above the story, and not as what is said in it."""
    return len(above) < _FIRST and not any(map(_PROSE.fullmatch, above)) and not _SAYING.fullmatch(headline)


def _joint(before: Block, block: Block, unit: Unit | None, other: Unit | None) -> str | None:
    """What stands between two blocks of one paragraph; None between two paragraphs."""
    if unit is not None and unit is other:
        return _within_table(before, block) if unit.is_table else "\n"
    if before.path == block.path:
        return None if block.is_new else "\n"
    if before.tag == block.tag == "li":
        return "\n" if before.path[-2:-1] == block.path[-2:-1] else None
    is_table = before.tag in CELLS and block.tag in CELLS
    if not is_table or max(len(before.text), len(block.text)) > LONGEST_CELL:
        return None
    return _within_table(before, block) if table_of(before) == table_of(block) else None


def _within_table(before: Block, block: Block) -> str:
    """What stands between two blocks of one table."""
    (row, cell), (next_row, next_cell) = place(before), place(block)
    if row != next_row:
        return "\n"
    return " " if cell == next_cell else " | "


def without_notices(paragraphs: list[str]) -> list[str]:
    """Without a line at its beginning that tells when the text was posted, and nothing else."""
    return [
        paragraph
        for at, paragraph in enumerate(paragraphs)
        if at >= _FIRST or not (_POSTED.match(paragraph) and is_time(paragraph))
    ]
