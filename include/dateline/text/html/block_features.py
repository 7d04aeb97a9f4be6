"""What is known of each block of a page, in numbers: for judging whether it belongs to the story."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from dateline.text.html.block_words import LINE_KINDS, has_address, has_time, line_kind
from dateline.text.html.blocks import FRAMES, Block

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DENSE = 1.5
"""A character of Chinese, Japanese or Korean says as much as this many letters more."""
_ENDS = frozenset('.!?…。！？"»”)’;')
_NOT_PLAIN = re.compile(r"[\W_]+")
_PROSE = 80
_FULL_STORY = 0.35
"""A frame that holds this much of the page's prose is no frame."""

Numbers = np.ndarray[Any, np.dtype[np.float64]]


def key(text: str) -> str:
    """Letters and digits alone: equal for lines that read alike."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _NOT_PLAIN.sub("", text).casefold()


@dataclass(slots=True)
class Sight:
    """Blocks seen beside what else is known of the page.

    Args:
        is_headline: whether a block says nothing but a headline.
        numbers: blocks × `NAMES`.
    """

    is_headline: list[bool]
    numbers: Numbers


def picked_by(paragraphs: list[str], keys: list[str]) -> list[bool]:
    """Which blocks stand in paragraphs that an extractor gave."""
    lines = {key(part) for paragraph in paragraphs for part in _parts(paragraph)}
    whole = "\n".join(map(key, paragraphs))
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
        **_places(blocks, keys, own, best, picked, headlines, summary),
        **_containers(blocks, holding, own, picked, total),
        **_page(own, best, picked),
        **_around(own, picked, best),
    }
    del columns["prose"]
    numbers = np.column_stack([columns[name] for name in NAMES])
    return Sight((columns["is_headline"] > 0).tolist(), numbers)


_TAG_GROUPS = {
    "p": ("p",), "li": ("li", "dt", "dd"), "heading": ("h1", "h2", "h3", "h4", "h5", "h6"),
    "cell": ("td", "th", "tr", "table", "caption"), "quote": ("blockquote",),
}  # fmt: skip


def _own(blocks: list[Block], keys: list[str]) -> dict[str, Numbers]:
    """What a block says by itself."""
    texts = [block.text for block in blocks]
    letters = np.array([len(text) for text in texts], float)
    dense = np.array([0 if text.isascii() else len(_CJK.findall(text)) for text in texts], float)
    size = letters + _DENSE * dense
    linked = np.array([block.linked for block in blocks], float) / letters
    ends = np.array([text[-1] in _ENDS for text in texts], float)
    prose = size * ((size > _PROSE) & (linked < 0.33) & (ends > 0))
    kinds = [line_kind(text) for text in texts]
    seen = Counter(keys)
    return {
        "size": np.log1p(size),
        "linked": linked,
        "ends": ends,
        "prose": prose,
        "is_prose": (prose > 0).astype(float),
        **{
            f"tag_{name}": _flags(block.tag in tags for block in blocks) for name, tags in _TAG_GROUPS.items()
        },
        **{f"says_{kind}": _flags(kind == one for one in kinds) for kind in LINE_KINDS[:-1]},
        "has_address": _flags(map(has_address, texts)),
        "has_time": _flags(map(has_time, texts)),
        "is_label": _flags(text[-1] in ":：" for text in texts),
        "is_lower": _flags(text[0].islower() for text in texts),
        "is_upper": _flags(text.isupper() for text in texts),
        "commas": np.array([text.count(",") + text.count("，") for text in texts]) / (1 + size / 50),
        "digits": np.array([0 if text.isalpha() else sum(map(str.isdigit, text[:200])) for text in texts])
        / letters,
        "is_new": _flags(block.is_new for block in blocks),
        "repeated": _flags(seen[word] > 1 for word in keys),
    }


def _flags(values: Any) -> Numbers:
    return np.fromiter(values, float)


def _holding(blocks: list[Block], prose: Numbers) -> dict[int, float]:
    """Number of an element → how much prose stands in it."""
    holding: Counter[int] = Counter()
    for block, size in zip(blocks, prose.tolist(), strict=True):
        if size:
            for number in block.path:
                holding[number] += size
    return holding


_FRAME_NAMES = tuple(name for name, _ in FRAMES)


def _frames(blocks: list[Block], holding: dict[int, float], total: float) -> dict[str, Numbers]:
    """By what frames around it are for; those that hold the story itself are none."""
    most = _FULL_STORY * total
    inside = [
        {
            frame
            for number, frame in block.frames
            if frame in ("story", "article") or holding.get(number, 0) < most
        }
        for block in blocks
    ]
    found = {
        f"in_{name}": _flags(name in names for names in inside)
        for name in (*_FRAME_NAMES, "story", "article")
    }
    found["framed"] = _flags(bool(names - {"story", "article"}) for names in inside)
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


def _places(
    blocks: list[Block],
    keys: list[str],
    own: dict[str, Numbers],
    best: Numbers,
    picked: Numbers,
    headlines: list[str],
    summary: str | None,
) -> dict[str, Numbers]:
    """Where a block stands: beside the headline, and within what the extractor took."""
    count = len(blocks)
    at = np.arange(count)
    said = {key(text) for text in headlines} - {""}
    is_headline = _flags(word in said for word in keys)
    start = int(best.argmax()) + 3
    above = np.flatnonzero(is_headline[:start])
    headline = int(above[-1]) if len(above) else -1
    taken = np.flatnonzero((picked > 0) & (own["size"] > math.log1p(40)))
    first, last = (int(taken[0]), int(taken[-1])) if len(taken) else (count, -1)
    short = key(summary or "")
    return {
        "is_headline": is_headline,
        "has_headline": np.full(count, float(headline >= 0)),
        "above_headline": (at < headline).astype(float),
        "below_headline": np.where(headline >= 0, np.clip(at - headline, 0, 12), 12.0),
        "is_summary": _flags(
            len(short) > 20 and len(word) > 20 and word.startswith(short[:60]) for word in keys
        ),
        "within_picked": ((at >= first) & (at <= last)).astype(float),
        "after_picked": np.clip(at - last, 0, 20).astype(float),
        "before_picked": np.clip(first - at, 0, 20).astype(float),
        "to_last_picked": np.clip(last - at, 0, 12).astype(float),
        "from_first_picked": np.clip(at - first, 0, 12).astype(float),
        "place": at / count,
    }


def _containers(
    blocks: list[Block], holding: dict[int, float], own: dict[str, Numbers], picked: Numbers, total: float
) -> dict[str, Numbers]:
    """What else stands in the elements around a block."""
    size, linked = np.expm1(own["size"]), own["linked"]
    chars: Counter[int] = Counter()
    links: Counter[int] = Counter()
    taken: Counter[int] = Counter()
    looks: Counter[str] = Counter()
    for block, one, link, took, story in zip(
        blocks,
        size.tolist(),
        (size * linked).tolist(),
        (size * picked).tolist(),
        own["prose"].tolist(),
        strict=True,
    ):
        looks[block.look] += story
        for number in block.path[-3:]:
            chars[number] += one
            links[number] += link
            taken[number] += took
    found: dict[str, Numbers] = {"look": np.array([looks[block.look] for block in blocks]) / total}
    for up, name in ((1, "own"), (2, "parent"), (3, "grand")):
        numbers = [block.path[-min(up, len(block.path))] if block.path else 0 for block in blocks]
        around = np.array([max(chars[number], 1.0) for number in numbers])
        found[f"{name}_prose"] = np.array([holding.get(number, 0.0) for number in numbers]) / total
        found[f"{name}_linked"] = np.array([links[number] for number in numbers]) / around
        found[f"{name}_picked"] = np.array([taken[number] for number in numbers]) / around
    return found


def _page(own: dict[str, Numbers], best: Numbers, picked: Numbers) -> dict[str, Numbers]:
    """How far the two opinions of the page agree, the same for each block."""
    size, prose = np.expm1(own["size"]), own["prose"]
    took = max(float((size * picked).sum()), 1.0)
    told = max(float((prose * best).sum()), 1.0)
    values = {
        "page_agreed": float((size * picked * best).sum()) / took,
        "page_covered": float((prose * picked * best).sum()) / told,
        "page_prose": float((prose * picked).sum()) / took,
        "page_linked": float((size * picked * own["linked"]).sum()) / took,
        "page_picked": math.log1p(took),
        "page_blocks": math.log(len(size)),
        "page_share": took / max(float(size.sum()), 1.0),
    }
    return {name: np.full(len(size), value) for name, value in values.items()}


def _around(own: dict[str, Numbers], picked: Numbers, best: Numbers) -> dict[str, Numbers]:
    """What stands before and after a block."""
    prose, story = own["is_prose"], own["prose"]
    total = max(float(story.sum()), 1.0)
    before = np.cumsum(story) - story
    found = {
        "prose_before": before / total,
        "prose_after": (total - before - story) / total,
        "prose_near": _window(prose, 4),
        "picked_near": _window(picked, 4),
        "linked_near": _window(own["linked"], 3),
        "best_near": _window(best, 2),
    }
    for step in (1, 2):
        for name, values in (
            ("picked", picked),
            ("prose", prose),
            ("linked", own["linked"]),
            ("size", own["size"]),
        ):
            found[f"{name}_before_{step}"] = _moved(values, step)
            found[f"{name}_after_{step}"] = _moved(values, -step)
    return found


def _moved(values: Numbers, step: int) -> Numbers:
    """Values moved along by so many places, 0 where none come in."""
    moved = np.zeros(len(values))
    if abs(step) < len(values):
        if step > 0:
            moved[step:] = values[:-step]
        else:
            moved[:step] = values[-step:]
    return moved


def _window(values: Numbers, reach: int) -> Numbers:
    """Sum of the values that stand at most so far from each, without its own."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    return sums[np.minimum(at + reach + 1, len(values))] - sums[np.maximum(at - reach, 0)] - values


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
