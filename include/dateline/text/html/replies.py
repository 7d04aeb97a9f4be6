"""What readers wrote below a story, told by the heading over it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from dateline.text.html.blocks import Block

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_WORDS = (
    r"(?:comments?|kommentare?|leserkommentare|commentaires?|comentarios?|comentários?|commenti|reacties|"
    r"kommentarer|kommentit|komentarze|komentáře|komentarji|komentari|hozzászólások|comentarii|"
    r"комментари(?:и|й|я|ев)|коментарі?|коментари|відгуки|отзывы|σχόλια|yorumlar|komentar|bình luận|"
    r"التعليقات|תגובות|[评評][论論]|[网網]友[评評][论論]|コメント|댓글)"
)
_HEADING = re.compile(
    r"\W*(?:(?:all|latest|recent|reader|readers['’]|user|alle|neueste|tous les|todos los|все|最新)\s)?"
    rf"{_WORDS}\W*(?:\d+\W*)?|"
    # A section of a story may be on comments, but does not count them.
    rf"\W*\d+\W+(?:{_WORDS}|responses|replies)\W*(?:(?:on|to|zu|sur|a|к)\s.{{0,80}})?",
    re.IGNORECASE,
)
_LONGEST = 120
_LEAST = 200
"""Characters of the story that must stand before."""


def replies(blocks: Sequence[Block], kept: Sequence[int]) -> list[int]:
    """Those of the blocks at these places, in the order of the page, that are or stand under such a heading.

    They reach to the end of the element that holds heading and replies, or to its next heading of that rank.
    """
    is_kept = set(kept)
    found: list[int] = []
    at = told = 0
    while at < len(blocks):
        if told >= _LEAST and _is_over_replies(blocks[at]):
            end = _end(blocks, at)
            found += [one for one in range(at, end) if one in is_kept]
            at = end
        else:
            told += len(blocks[at].text) if at in is_kept else 0
            at += 1
    return found


def _is_over_replies(block: Block) -> bool:
    return (
        block.tag in _HEADINGS and len(block.text) <= _LONGEST and _HEADING.fullmatch(block.text) is not None
    )


def _end(blocks: Sequence[Block], at: int) -> int:
    """Place behind what stands below a heading."""
    heading = blocks[at]
    end = at + 1
    following = blocks[end].path if end < len(blocks) else ()
    held = len([*takewhile(lambda pair: pair[0] == pair[1], zip(heading.path, following, strict=False))])
    while end < len(blocks):
        block = blocks[end]
        is_next = block.tag in _HEADINGS and block.tag <= heading.tag
        if block.path[:held] != heading.path[:held] or is_next:
            break
        end += 1
    return end
