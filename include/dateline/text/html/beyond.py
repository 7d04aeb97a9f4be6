"""The end of a story that goes on behind the last block looked at, as the extractor gives it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dateline.text.html.block_numbers import key
from dateline.text.html.blocks import MOST_BLOCKS, Block

_LAST = 100
"""Blocks. Where none of the last is of the story, it has ended before, and comments follow."""


def is_cut(blocks: Sequence[Block], kept: Sequence[int]) -> bool:
    """Whether a story reaches the last block that is looked at.

    Args:
        blocks: of the page.
        kept: places of those that are of the story, in order.
    """
    return len(blocks) >= MOST_BLOCKS and bool(kept) and kept[-1] >= len(blocks) - _LAST


def with_rest(
    paragraphs: list[str], blocks: Sequence[Block], kept: Sequence[int], picked: list[str]
) -> list[str]:
    """Paragraphs of a story that `is_cut`, and what the extractor took behind them.

    Args:
        paragraphs: of the blocks that are kept.
        picked: the extractor's paragraphs, which may be of several lines.
    """
    lines = [(at, line) for at, text in enumerate(picked) for line in text.split("\n")]
    keys = [key(line) for _, line in lines]
    end = _end(keys, [key(blocks[at].text) for at in kept[-_LAST:]])
    if end is None:
        return paragraphs
    rest: dict[int, list[str]] = {}
    for at, line in lines[end + 1 :]:
        rest.setdefault(at, []).append(line)
    # The paragraph that the limit cuts through goes on.
    last = "\n".join([*paragraphs[-1:], *rest.pop(lines[end][0], [])])
    return [*paragraphs[:-1], last, *("\n".join(more) for more in rest.values())]


def _end(keys: list[str], known: list[str]) -> int | None:
    """Where in the extractor's lines the last known one is: behind one that stands there but once."""
    times = Counter(keys)
    for back in range(len(known) - 1, -1, -1):
        if known[back] and times[known[back]] == 1:
            end = keys.index(known[back])
            for word in known[back + 1 :]:
                if keys[end + 1 : end + 2] == [word]:
                    end += 1
            return end
    return None
