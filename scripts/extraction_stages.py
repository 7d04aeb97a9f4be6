"""Ways to read a body, from the plainest to the whole, for scripts/extraction_ablation.py.

A new stage of `dateline.text.html.body` gets a line here: its name, and how a body is read without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from dateline.text.html import body
from dateline.text.html.tree import Tree, parse

Stage = Callable[[Tree, str, list[str]], list[str]]
"""A page's tree (it is taken apart), its text, and its headlines → paragraphs."""


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


def whole(tree: Tree, text: str, headlines: list[str]) -> list[str]:
    """A body as a page's reader gets it."""
    return body.read_body(tree, lambda: parse(text), headlines)


def without(**instead: Callable[..., Any]) -> Stage:
    """The whole but for some functions of the body's module, which are replaced."""

    def read(tree: Tree, text: str, headlines: list[str]) -> list[str]:
        with replaced(body, **instead):
            return whole(tree, text, headlines)

    return read


def _keep(paragraphs: list[str], _: list[str]) -> list[str]:
    return paragraphs


def _never(*_: object) -> bool:
    return False


def _always(*_: object) -> bool:
    return True


STAGES: dict[str, Stage] = {
    "the extractor's fast way": without(_is_doubtful=_never, _without_headline=_keep),
    "the extractor's slow way": without(_is_doubtful=_always, _without_headline=_keep),
    "fast, slow where doubtful": without(_without_headline=_keep),
    "and no headline again": whole,
}
"""Name → how a body is read up to that stage."""
