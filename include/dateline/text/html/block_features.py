"""What is known of each block of a page, in numbers: for judging whether it belongs to the story."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np

from dateline.text.html.block_context import around, containers, page, places
from dateline.text.html.block_frames import FRAMES
from dateline.text.html.block_numbers import Numbers, flags, key
from dateline.text.html.block_words import LINE_KINDS, has_address, has_time, line_kind
from dateline.text.html.blocks import Block, Numbered

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DENSE = 1.5
"""A character of Chinese, Japanese or Korean says as much as this many letters more."""
_ENDS = frozenset('.!?…。！？"»”)’;')
_PROSE = 80
_WHOLE = 300_000
"""Characters of a story in which a block is sought that is none of its lines: as many as long blogs have."""
_FULL_STORY = 0.35
"""A frame that holds this much of the page's prose is no frame."""


@dataclass(slots=True)
class Sight:
    """Blocks seen beside what else is known of the page.

    Args:
        is_headline: whether a block says nothing but a headline.
        is_picked: whether the extractor took it.
        numbers: blocks × `NAMES`.
    """

    is_headline: list[bool]
    is_picked: list[bool]
    numbers: Numbers


def picked_by(paragraphs: list[str], keys: list[str]) -> list[bool]:
    """Which blocks stand in paragraphs that an extractor gave."""
    known = [key(paragraph) for paragraph in paragraphs]
    lines: set[str] = set()
    for paragraph, word in zip(paragraphs, known, strict=True):
        lines.update(map(key, _parts(paragraph)) if "\n" in paragraph or " | " in paragraph else (word,))
    whole = "\n".join(known)[:_WHOLE]
    return [bool(word) and (word in lines or (len(word) > 20 and _within(word, whole))) for word in keys]


def _parts(paragraph: str) -> list[str]:
    lines = paragraph.split("\n")
    return [*lines, *(cell for line in lines if " | " in line for cell in line.split(" | "))]


def _within(word: str, whole: str) -> bool:
    """Whether a line stands in a text, but for some words in its middle (footnotes, hidden ones)."""
    if word in whole:
        return True
    return len(word) > 60 and word[:20] in whole and word[-20:] in whole and word[20:40] in whole


def look_at(blocks: list[Block], paragraphs: list[str], headlines: list[str], summary: str | None) -> Sight:
    """Measure the blocks of a page.

    Args:
        blocks: of the page; at least one.
        paragraphs: what the extractor took for the story.
        headlines: of the page, best first.
        summary: what the page says of itself in a sentence or two.
    """
    keys = [key(block.text) for block in blocks]
    picked = np.array(picked_by(paragraphs, keys), float)
    own = _own(blocks, keys)
    prose = own["prose"]
    holding = _holding(blocks, prose)
    total = max(float(prose.sum()), 1.0)
    frames = _frames(blocks, holding, total)
    best = _stretch(own, frames["framed"])
    columns = {
        **own,
        **frames,
        "picked": picked,
        "best": best,
        **places(blocks, keys, own, best, picked, headlines, summary),
        **containers(blocks, holding, own, picked, total),
        **page(own, best, picked),
        **around(own, picked, best),
    }
    del columns["prose"]
    numbers = np.array([columns[name] for name in NAMES]).T
    return Sight((columns["is_headline"] > 0).tolist(), (picked > 0).tolist(), numbers)


_TAG_GROUPS = {
    "p": ("p",), "li": ("li", "dt", "dd"), "heading": ("h1", "h2", "h3", "h4", "h5", "h6"),
    "cell": ("td", "th", "tr", "table", "caption"), "quote": ("blockquote",),
}  # fmt: skip
_GROUPS = (*_TAG_GROUPS, "")
_GROUP_OF = {tag: name for name, tags in _TAG_GROUPS.items() for tag in tags}
_BEGINNING = 200
"""Characters looked at for digits."""


def _digits(text: str) -> int:
    """How many digits stand at the beginning of a text."""
    text = text[:_BEGINNING]
    if text.isascii():
        return len(text) - len(text.encode("ascii").translate(None, b"0123456789"))
    return sum(map(str.isdigit, text))


def _own(blocks: list[Block], keys: list[str]) -> dict[str, Numbers]:
    """What a block says by itself."""
    texts = [block.text for block in blocks]
    letters = np.array([len(text) for text in texts], float)
    dense = np.array([0 if text.isascii() else len(_CJK.findall(text)) for text in texts], float)
    size = letters + _DENSE * dense
    linked = np.array([block.linked for block in blocks], float) / letters
    ends = np.array([text[-1] in _ENDS for text in texts], float)
    prose = size * ((size > _PROSE) & (linked < 0.33) & (ends > 0))
    kinds = np.array([LINE_KINDS.index(line_kind(text)) for text in texts])
    groups = np.array([_GROUPS.index(_GROUP_OF.get(block.tag, "")) for block in blocks])
    seen = Counter(keys)
    return {
        "size": np.log1p(size),
        "linked": linked,
        "ends": ends,
        "prose": prose,
        "is_prose": (prose > 0).astype(float),
        **{f"tag_{name}": (groups == at).astype(float) for at, name in enumerate(_TAG_GROUPS)},
        **{f"says_{kind}": (kinds == at).astype(float) for at, kind in enumerate(LINE_KINDS[:-1])},
        "has_address": flags(map(has_address, texts)),
        "has_time": flags(map(has_time, texts)),
        "is_label": flags(text[-1] in ":：" for text in texts),
        "is_lower": flags(text[0].islower() for text in texts),
        "is_upper": flags(text.isupper() for text in texts),
        "commas": np.array([text.count(",") + text.count("，") for text in texts]) / (1 + size / 50),
        "digits": np.array([_digits(text) for text in texts]) / letters,
        "is_new": flags(block.is_new for block in blocks),
        "repeated": flags(seen[word] > 1 for word in keys),
    }


def _holding(blocks: list[Block], prose: Numbers) -> dict[int, float]:
    """Number of an element → how much prose stands in it."""
    holding: dict[int, float] = defaultdict(float)
    for block, size in zip(blocks, prose.tolist(), strict=True):
        if size:
            for number in block.path:
                holding[number] += size
    return holding


_FRAME_NAMES = (*(name for name, _ in FRAMES), "story", "article")
_BIT = {name: 1 << at for at, name in enumerate(_FRAME_NAMES)}
_OF_STORY = _BIT["story"] | _BIT["article"]


def _frames(blocks: list[Block], holding: dict[int, float], total: float) -> dict[str, Numbers]:
    """By what frames around it are for; those that hold the story itself are none."""
    most = _FULL_STORY * total
    known: dict[Numbered, int] = {}
    for block in blocks:
        if block.frames not in known:
            known[block.frames] = 0
            for number, frame in block.frames:
                if _BIT[frame] & _OF_STORY or holding.get(number, 0) < most:
                    known[block.frames] |= _BIT[frame]
    inside = np.array([known[block.frames] for block in blocks])
    found = {f"in_{name}": ((inside & bit) > 0).astype(float) for name, bit in _BIT.items()}
    found["framed"] = ((inside & ~_OF_STORY) > 0).astype(float)
    return found


def _stretch(own: dict[str, Numbers], framed: Numbers) -> Numbers:
    """1 for the stretch of blocks with the most prose and the fewest links and scraps, else 0.

    The maximum subsequence of Pasternack and Roth, Extracting Article Text from the Web with Maximum
    Subsequence Segmentation (WWW 2009), with weights by hand.
    """
    size = np.expm1(own["size"])
    weight = size * (1 - own["linked"]) - 3 * size * own["linked"] - 25
    weight = np.where(
        own["is_prose"] > 0,
        np.minimum(weight, 1000),
        np.where(weight > 0, 0.3 * weight - 10, np.maximum(weight, -300)),
    )
    weight = np.where((framed > 0) & (weight > 0), -0.3 * weight, weight)
    best = total = 0.0
    first = last = start = 0
    for at, one in enumerate(weight.tolist()):
        if total <= 0:
            total, start = 0.0, at
        total += one
        if total > best:
            best, first, last = total, start, at + 1
    within = np.zeros(len(weight))
    within[first:last] = 1
    return within


NAMES = (
    "size", "linked", "ends", "is_prose", "tag_p", "tag_li", "tag_heading", "tag_cell", "tag_quote",
    "says_more", "says_act", "says_rights", "says_about", "has_address", "has_time", "is_label", "is_lower",
    "is_upper", "commas", "digits", "is_new", "repeated", "in_nav", "in_aside", "in_related", "in_comments",
    "in_offer", "in_about", "in_caption", "in_hidden", "in_story", "in_article", "framed", "picked", "best",
    "is_headline", "has_headline", "above_headline", "below_headline", "is_summary", "within_picked",
    "after_picked", "before_picked", "to_last_picked", "from_first_picked", "place", "look", "own_prose",
    "own_linked", "own_picked", "parent_prose", "parent_linked", "parent_picked", "grand_prose",
    "grand_linked", "grand_picked", "page_agreed", "page_covered", "page_prose", "page_linked", "page_picked",
    "page_blocks", "page_share", "prose_before", "prose_after", "prose_near", "picked_near", "linked_near",
    "best_near", "picked_before_1", "picked_after_1", "prose_before_1", "prose_after_1", "linked_before_1",
    "linked_after_1", "size_before_1", "size_after_1", "picked_before_2", "picked_after_2", "prose_before_2",
    "prose_after_2", "linked_before_2", "linked_after_2", "size_before_2", "size_after_2",
)  # fmt: skip
"""The numbers of a block in the order in which a model reads them."""
