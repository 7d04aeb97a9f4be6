"""Ways to read a body, from the plainest to the whole, for scripts/extraction_ablation.py.

A new stage of `dateline.text.html.body` gets a line here: its name, and how a body is read without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from dateline.text.html import body
from dateline.text.html.block_numbers import Numbers
from dateline.text.html.blocks import Block
from dateline.text.html.tree import Tree

Stage = Callable[[Tree, list[str]], list[str]]
"""A page's tree (it is taken apart) and its headlines → paragraphs."""


@contextmanager
def replaced(module: Any, **instead: Callable[..., Any]) -> Iterator[None]:
    """Let functions of a module be others for a while.

    Raises:
        AttributeError: the module has no such function (any more).
    """
    kept = {name: getattr(module, name) for name in instead}
    try:
        for name, other in instead.items():
            setattr(module, name, other)
        yield
    finally:
        for name, own in kept.items():
            setattr(module, name, own)


def alone(tree: Tree, _: list[str]) -> list[str]:
    """What the extractor takes for the body, which is one opinion of several."""
    return body.extract(tree)


def whole(tree: Tree, headlines: list[str]) -> list[str]:
    """A body as a page's reader gets it."""
    return body.read_body(tree, headlines).paragraphs


def without(**instead: Callable[..., Any]) -> Stage:
    """The whole but for some functions of the body's module, which are replaced."""

    def read(tree: Tree, headlines: list[str]) -> list[str]:
        with replaced(body, **instead):
            return whole(tree, headlines)

    return read


def _keep(paragraphs: list[str]) -> list[str]:
    return paragraphs


def _sure(_: object, chances: Numbers, *_rest: object) -> body.Flags:
    return chances > body.SURE


def _never(blocks: list[Block]) -> body.Flags:
    return np.zeros(len(blocks), bool)


STAGES: dict[str, Stage] = {
    "extractor alone": alone,
    "blocks that are sure": without(_kept=_sure, _is_time=_never, without_notices=_keep),
    "and gaps filled": without(_is_time=_never, without_notices=_keep),
    "by blocks": whole,
}
"""Name → how a body is read up to that stage."""
