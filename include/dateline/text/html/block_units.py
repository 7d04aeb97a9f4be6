"""Tables and lists that are of the story as a whole, or not at all.

A cell says too little for a judgement of its own: of a league table, names would be kept and points dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.text.html.blocks import Block

_LISTS = frozenset({"ul", "ol", "dl", "menu", "dir"})
_ITEMS = frozenset({"li", "dt", "dd"})
CELLS = frozenset({"td", "th"})
LONGEST_CELL = 200
"""Characters of a cell of data. Layouts have cells with whole stories."""
_LONGEST_ITEM = 1000
"""… as have lists of the entries of a live blog."""
_MOST_LINKED = 0.5
"""Of its characters. Lists of links are judged link by link, as links of a story stand among others."""
_LEAST = 2
"""Rows with as many cells, or items."""


@dataclass(slots=True)
class Unit:
    """A table or a list.

    Args:
        number: of its element.
        is_table: else it is a list.
        members: places of its blocks on the page, in their order.
    """

    number: int
    is_table: bool
    members: list[int] = field(default_factory=list)


def units(blocks: Sequence[Block]) -> list[Unit]:
    """The tables of data, and the plain lists, of a page, none within another, in its order."""
    found: dict[int, Unit] = {}
    for at, block in enumerate(blocks):
        for number, tag in block.held:
            if tag == "table" or tag in _LISTS:
                found.setdefault(number, Unit(number, tag == "table")).members.append(at)
    fit: list[Unit] = []
    last = -1
    # By number, which is the order in which they begin: what holds others comes first.
    for number, unit in sorted(found.items()):
        if unit.members[0] <= last:
            continue
        held = [blocks[at] for at in unit.members]
        if _is_free(held) and (_is_data if unit.is_table else _is_plain)(held, number):
            fit.append(unit)
            last = unit.members[-1]
    return fit


def follows(blocks: Sequence[Block], unit: Unit, before: int) -> bool:
    """Whether a block stands beside a table or list, in the same element, as paragraphs of its story do."""
    path = blocks[unit.members[0]].path
    around = path[: path.index(unit.number)]
    return blocks[before].path[:-1] == around


def _is_free(held: list[Block]) -> bool:
    """Whether less than half of it is links."""
    return sum(block.linked for block in held) <= _MOST_LINKED * sum(len(block.text) for block in held)


def _is_data(held: list[Block], number: int) -> bool:
    """Whether a table is of data: of short cells, some beside one another, and without a table in it."""
    rows: dict[int, set[int]] = defaultdict(set)
    sizes: dict[int, int] = defaultdict(int)
    for block in held:
        inner = [(at, tag) for at, tag in block.held if at > number]
        if any(tag == "table" for _, tag in inner):
            return False
        row, cell = place(block)
        rows[row].add(cell)
        sizes[cell] += len(block.text)
    return max(sizes.values()) <= LONGEST_CELL and sum(len(row) >= _LEAST for row in rows.values()) >= _LEAST


def place(block: Block) -> tuple[int, int]:
    """Numbers of the row and cell in which a block of a table stands; a caption is both."""
    row = next((at for at, tag in reversed(block.held) if tag in ("tr", "caption")), 0)
    return row, next((at for at, tag in reversed(block.held) if tag in CELLS), row)


def table_of(block: Block) -> int:
    """Number of the nearest table around a block, 0 if there is none."""
    return next((at for at, tag in reversed(block.held) if tag == "table"), 0)


def _is_plain(held: list[Block], number: int) -> bool:
    """Whether a list is one of lines: without headings, frames, or items of several paragraphs."""
    paragraphs: dict[int, int] = defaultdict(int)
    for block in held:
        if block.tag not in _ITEMS and block.tag != "p":
            return False
        if len(block.text) > _LONGEST_ITEM or any(at > number for at, _ in block.frames):
            return False
        paragraphs[block.held[-1][0]] += block.tag == "p"
    return len(paragraphs) >= _LEAST and max(paragraphs.values()) <= 1
