"""What is known of a block of a page by what stands around it, in numbers."""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np

from dateline.text.html.block_numbers import Numbers, flags, key
from dateline.text.html.blocks import Block


def places(
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
    is_headline = flags(word in said for word in keys)
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
        "is_summary": flags(
            len(short) > 20 and len(word) > 20 and word.startswith(short[:60]) for word in keys
        ),
        "within_picked": ((at >= first) & (at <= last)).astype(float),
        "after_picked": np.clip(at - last, 0, 20).astype(float),
        "before_picked": np.clip(first - at, 0, 20).astype(float),
        "to_last_picked": np.clip(last - at, 0, 12).astype(float),
        "from_first_picked": np.clip(at - first, 0, 12).astype(float),
        "place": at / count,
    }


def containers(
    blocks: list[Block], holding: dict[int, float], own: dict[str, Numbers], picked: Numbers, total: float
) -> dict[str, Numbers]:
    """What else stands in the elements around a block."""
    size, linked = np.expm1(own["size"]), own["linked"]
    story = defaultdict[str, float](float)
    for block, prose in zip(blocks, own["prose"].tolist(), strict=True):
        story[block.look] += prose
    found: dict[str, Numbers] = {"look": np.array([story[block.look] for block in blocks]) / total}
    numbers = np.array([_innermost(block.path) for block in blocks])
    count = int(numbers.max()) + 1
    prose_in = np.zeros(count)
    prose_in[[*holding]] = [*holding.values()]
    # An element that stands for another which is missing counts once.
    inner, middle, outer = numbers.T
    counted = np.column_stack([inner > 0, middle != inner, outer != middle])
    sums = [
        np.bincount(numbers.ravel(), (counted * one[:, None]).ravel(), count)
        for one in (size, size * linked, size * picked)
    ]
    for name, at in zip(("own", "parent", "grand"), numbers.T, strict=True):
        chars = np.maximum(sums[0][at], 1.0)
        found[f"{name}_prose"] = prose_in[at] / total
        found[f"{name}_linked"] = sums[1][at] / chars
        found[f"{name}_picked"] = sums[2][at] / chars
    return found


def _innermost(path: tuple[int, ...]) -> tuple[int, int, int]:
    """The numbers of the three elements closest around a block; those of the outermost for missing ones."""
    if len(path) > 2:
        return path[-1], path[-2], path[-3]
    return (path[-1], path[0], path[0]) if path else (0, 0, 0)


def page(own: dict[str, Numbers], best: Numbers, picked: Numbers) -> dict[str, Numbers]:
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


def around(own: dict[str, Numbers], picked: Numbers, best: Numbers) -> dict[str, Numbers]:
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
