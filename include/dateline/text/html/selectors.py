"""CSS selectors that a person wrote for one site: read once, and matched in time that any page keeps bounded.

Of CSS there is what tells elements of a page apart by what is written on them: names, classes, ids,
attributes, `:not(…)`, a blank for "below", `>` for "child of", and commas. What counts or compares
neighbours (`:nth-child`, `~`, `+`, `:has`) is refused: on a page made for it, it takes time that grows with
the square of its size. Behind a selector `@NAME` asks for an attribute in place of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from dateline.errors import UsageError
from dateline.text.html.tree import Tree, beginning_of
from dateline.text.normalise import clean_line

LONGEST = 300
"""Characters of a selector."""
MOST_ELEMENTS = 2_000
"""A selector that fits more elements of a page tells nothing apart, and counts as if it fitted none."""
_MOST_PARTS = 10
_MOST_VALUES = 20
_LONGEST_VALUE = 2_000

_NAME = r"-?(?:[A-Za-z_\u0080-\U0010ffff]|\\[^\s0-9A-Fa-f])(?:[\w-]|\\[^\s0-9A-Fa-f])*"
_TOKEN = re.compile(
    r"(?P<comma>\s*,\s*)|(?P<child>\s*>\s*)|(?P<not>:not\(\s*)|(?P<end>\s*\))|(?P<below>\s+)|"
    rf"\.(?P<class>{_NAME})|\#(?P<id>{_NAME})|(?P<tag>\*|[A-Za-z][A-Za-z0-9-]*)|"
    r"\[\s*(?P<attribute>[A-Za-z_][\w.-]*)\s*"
    rf"(?:(?P<sign>[~|^$*]?=)\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>{_NAME}|[\w.-]+))\s*"
    r"(?P<fold>(?<=[\s\"'])[iI])?\s*)?\]",
)
_ATTRIBUTE = re.compile(r"(?P<css>.*[^\s@])@(?P<attribute>[A-Za-z_][\w.-]*)", re.DOTALL)
_REFUSED = re.compile(r"\s*[~+]|::?[a-z-]+")

_UPPER, _LOWER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
_WORDS = "contains(concat(' ', normalize-space({0}), ' '), concat(' ', {1}, ' '))"
_SIGNS = {
    "=": "{0} = {1}",
    "~=": _WORDS,
    "|=": "({0} = {1} or starts-with({0}, concat({1}, '-')))",
    "^=": "starts-with({0}, {1})",
    "$=": "substring({0}, string-length({0}) - string-length({1}) + 1) = {1}",
    "*=": "contains({0}, {1})",
}

Step = tuple[bool, Any, dict[str, str]]
"""Whether it must be a child of what the step before found, its XPath, and the values in that."""


@dataclass(frozen=True, slots=True)
class Selector:
    """A selector, ready to be used.

    Args:
        paths: alternatives; each a chain of steps.
        attribute: the attribute that is asked for; None for the text.
    """

    paths: tuple[tuple[Step, ...], ...]
    attribute: str | None


@lru_cache(maxsize=1024)
def compiled(text: str) -> Selector:
    """Read a selector.

    Raises:
        UsageError: it is none of those that are understood; says where.
    """
    if not text.strip() or len(text) > LONGEST:
        raise UsageError(f"a selector has from 1 to {LONGEST} characters")
    css, attribute = text.strip(), None
    if found := _ATTRIBUTE.fullmatch(css):
        css, attribute = found["css"], found["attribute"].lower()
    paths = tuple(_path(parts) for parts in _alternatives(css))
    return Selector(paths, attribute)


def select(tree: Tree, text: str) -> list[Tree]:
    """The elements of a page that a selector fits, in the page's order; none where they are too many."""
    selector = compiled(text)
    found: dict[Tree, None] = {}
    for path in selector.paths:
        found.update(dict.fromkeys(_follow(tree, path)))
    if len(found) > MOST_ELEMENTS:
        return []
    if len(found) < 2 or (len(selector.paths) == 1 and not any(is_child for is_child, *_ in path)):
        return list(found)
    return _in_order(tree, found)


def values(tree: Tree, text: str) -> Iterator[str]:
    """What stands in the elements that a selector fits, or in the attribute it asks for; no empty ones."""
    attribute = compiled(text).attribute
    for element in select(tree, text)[:_MOST_VALUES]:
        said = beginning_of(element, _LONGEST_VALUE) if attribute is None else element.get(attribute) or ""
        if line := clean_line(said[:_LONGEST_VALUE]):
            yield line


def outermost(elements: Iterable[Tree]) -> list[Tree]:
    """Those that lie in no other of them."""
    held = dict.fromkeys(elements)
    return [one for one in held if not any(above in held for above in one.iterancestors())]


def _follow(tree: Tree, path: tuple[Step, ...]) -> list[Tree]:
    """The elements at the end of a chain of steps, each once; none where a step finds too many.

    Of those that lie in each other the outermost is searched alone, so that no element is looked at twice.
    """
    held: list[Tree] = [tree]
    for number, (is_child, xpath, named) in enumerate(path):
        found: list[Tree] = []
        for one in held if is_child or not number else outermost(held):
            found += xpath(one, most=MOST_ELEMENTS + 1, **named)
            if len(found) > MOST_ELEMENTS:
                return []
        held = found
    return held


def _in_order(tree: Tree, found: dict[Tree, None]) -> list[Tree]:
    ordered: list[Tree] = []
    for element in tree.iter():
        if element in found:
            ordered.append(element)
            if len(ordered) == len(found):
                break
    return ordered


def _path(parts: list[tuple[bool, list[re.Match[str]]]]) -> tuple[Step, ...]:
    return tuple(_step(number, is_child, tokens) for number, (is_child, tokens) in enumerate(parts))


def _step(number: int, is_child: bool, tokens: list[re.Match[str]]) -> Step:
    axis = "child" if is_child else "descendant" if number else "descendant-or-self"
    named: dict[str, str] = {}
    said = " and ".join(_conditions(tokens, named)) or "true()"
    xpath = etree.XPath(f"({axis}::*[{said}])[position() <= $most]", smart_strings=False)
    return is_child, xpath, named


def _conditions(tokens: list[re.Match[str]], named: dict[str, str]) -> Iterator[str]:
    """XPath for what an element must have; texts go into `named`, so that none can be taken for XPath."""
    inner: list[str] | None = None
    for token in tokens:
        if token["not"]:
            inner = []
        elif token["end"]:
            yield f"not({' and '.join(inner or ())})"
            inner = None
        elif inner is None:
            yield _condition(token, named)
        else:
            inner.append(_condition(token, named))


def _condition(token: re.Match[str], named: dict[str, str]) -> str:
    name = f"v{len(named)}"
    if tag := token["tag"]:
        return "true()" if tag == "*" else f"self::{tag.lower()}"
    if token["class"] or token["id"]:
        named[name] = _unescaped(token["class"] or token["id"])
        return _WORDS.format("@class", f"${name}") if token["class"] else f"@id = ${name}"
    place = f"@{token['attribute'].lower()}"
    sign = token["sign"]
    if sign is None:
        return place
    text = next(filter(None, (token["double"], token["single"], _unescaped(token["bare"] or ""))), "")
    if (sign not in ("=", "|=") and not text) or (sign == "~=" and text.split() != [text]):
        # As CSS has it: what is to begin with nothing fits nothing, and no word has a blank in it.
        return "false()"
    named[name] = text.lower() if token["fold"] else text
    folded = f"translate({place}, '{_UPPER}', '{_LOWER}')" if token["fold"] else place
    # An attribute that is missing equals no text, not the empty one.
    return f"({place} and {_SIGNS[sign].format(folded, f'${name}')})"


def _unescaped(name: str) -> str:
    return re.sub(r"\\(.)", r"\1", name)


def _alternatives(css: str) -> list[list[tuple[bool, list[re.Match[str]]]]]:
    """The tokens of a selector: alternatives of parts, a part as (is a child, its tokens).

    Raises:
        UsageError: a part of it is not understood, or missing.
    """
    paths: list[list[tuple[bool, list[re.Match[str]]]]] = [[(False, [])]]
    at, is_inside = 0, False
    while at < len(css):
        token = _TOKEN.match(css, at)
        if token is None or (is_inside and token.lastgroup in ("not", "comma", "child", "below")):
            raise UsageError(_not_understood(css, at))
        tokens = paths[-1][-1][1]
        if token.lastgroup in ("comma", "child", "below"):
            if not tokens:
                raise UsageError(_not_understood(css, at))
            if token["comma"]:
                paths.append([(False, [])])
            else:
                paths[-1].append((bool(token["child"]), []))
        else:
            _refuse_misplaced(token, tokens, is_inside, css, at)
            is_inside = bool(token["not"]) or (is_inside and not token["end"])
            tokens.append(token)
        at = token.end()
    if is_inside or any(not tokens for path in paths for _, tokens in path):
        raise UsageError(f"{css!r} is no whole selector: something is missing at its end")
    if sum(map(len, paths)) > _MOST_PARTS:
        raise UsageError(f"{css!r} has more than {_MOST_PARTS} parts; a class or two tell it apart as well")
    return paths


def _refuse_misplaced(
    token: re.Match[str], before: list[re.Match[str]], is_inside: bool, css: str, at: int
) -> None:
    """Refuse a name behind anything else, `)` without `:not(`, and `:not()`."""
    opened = bool(before) and bool(before[-1]["not"])
    if (token["tag"] and before and not opened) or (token["end"] and (not is_inside or opened)):
        raise UsageError(_not_understood(css, at))


def _not_understood(css: str, at: int) -> str:
    if _REFUSED.match(css, at):
        return (
            f"{css!r}: {css[at : at + 20].strip()!r} is not understood; names, classes, ids, attributes, "
            ":not(), blanks, > and commas are"
        )
    return f"{css!r} is no CSS selector: it can't be read from {css[at : at + 20]!r} on"
