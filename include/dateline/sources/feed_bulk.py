"""How much markup a feed may hold, in what a parser has to remember of it: refused before it is parsed.

feedparser looks every attribute of an element up among all of that element, and every element's namespace
among all that the feed has declared; of every open element it keeps half a kilobyte, and of a long tag in
broken XML a hundred times its length. Here each takes one pass over the bytes, whether the XML is broken or
not: feedparser reads broken XML too, with a parser of its own.
"""

from __future__ import annotations

import re

MOST_ATTRIBUTES = 250
"""Of one element. Those of real feeds have up to some twenty. A feed of nothing but attributes, all elements
as full as this, takes feedparser as long as any other of its size; of 1,000 it would be three times that."""

MOST_PREFIXES = 100
"""Of namespaces. Real feeds declare up to some twenty."""

MOST_TAGS, MOST_BRACKETS = 400_000, 1_000_000
"""Tags outside CDATA, and `<` anywhere. Real feeds have a tag in eighty bytes: 200,000 in the largest that
is read at all. A tag takes feedparser some ten microseconds, one in CDATA nearly nothing; yet where CDATA
begins is not quite certain in broken XML."""

LONGEST_TAG = 64 * 1024
"""Bytes of a tag besides quoted values: of each the parser of broken XML keeps 160 more."""

DEEPEST = 256
"""Levels of elements; real feeds have up to some ten, and a few more with XHTML in them."""

MOST_LEFT_OPEN = 5_000
"""Elements that HTML lets stand open. Feeds with HTML in them that is neither escaped nor well-formed have
a few of them in each entry."""

_LEFT_OPEN = frozenset(
    b"area base body br caption col colgroup dd dt embed frame head hr html img input li link meta option "
    b"p param source tbody td tfoot th thead tr track wbr".split()
)
_CROWDED = re.compile(
    rb"""<[^\s<>/!?=]++(?:\s*+[^\s<>/="']++\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+')){%d}""" % (MOST_ATTRIBUTES + 1)
)
"""As XML has it: no `<` within. What is not so is for the parser of broken XML, which is quick with it."""
_PREFIX = re.compile(rb"xmlns:([^\s<>=\"']{1,100})")
_QUOTED = rb"""(?:"[^"]*+"|'[^']*+')(?=[>/\s]|[\w\x80-\xff]++=)"""
_VALUE = re.compile(_QUOTED)
_TAG = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:--\s*+>|\Z)"
    rb"|<(/?)([A-Za-z_:\x80-\xff][^\s<>/]{0,99})((?:[^<>\"']|" + _QUOTED + rb")*+(?=[<>])|[^<>]*+)>?",
    re.DOTALL,
)
"""Tags as feedparser's parser of broken XML has them; in proper XML that is the same."""
_GIVEN = re.compile(rb"<!ATTLIST\s|<!ENTITY\s[^<]*?&#(?:0*+60|[xX]0*+3[cC]);[^\"']")
"""Attributes that every element of a name gets; and an entity with `<` in disguise and more behind it,
which alone is what `&lt;` is declared to be."""


def excess(body: bytes) -> str | None:
    """What a feed in UTF-8 has too much of, as one sentence; None for one that may be parsed."""
    if body.count(b"<") > MOST_BRACKETS:
        return f"the feed has more than {MOST_BRACKETS} tags"
    if _CROWDED.search(body):
        return f"an element has more than {MOST_ATTRIBUTES} attributes"
    if _GIVEN.search(body):
        return "the feed defines attributes or markup of its own"
    if len({found[1] for found in _PREFIX.finditer(body)}) > MOST_PREFIXES:
        return f"the feed declares more than {MOST_PREFIXES} namespaces"
    # What the parser of broken XML does first.
    return _overgrown(body.replace(b"&#39;", b"'").replace(b"&#34;", b'"'))


def _overgrown(body: bytes) -> str | None:
    """Whether there are too many tags, or too many open at once.

    An end closes what was left open in its element; one without a start closes nothing.
    """
    stack: list[bytes] = []
    times: dict[bytes, int] = {}
    tags = left_open = 0
    for found in _TAG.finditer(body):
        name = found[2]
        if name is None:
            continue
        # An empty element is a start and an end, to the parser too.
        tags += 1 + found[3].endswith(b"/")
        if tags > MOST_TAGS:
            return f"the feed has more than {MOST_TAGS} tags"
        if len(found[3]) > LONGEST_TAG and len(_VALUE.sub(b"", found[3])) > LONGEST_TAG:
            return f"a tag of the feed has more than {LONGEST_TAG} bytes"
        if found[1]:
            left_open -= _close(stack, times, name)
        elif not found[3].endswith(b"/"):
            stack.append(name)
            times[name] = times.get(name, 0) + 1
            left_open += name.lower() in _LEFT_OPEN
            if len(stack) - left_open > DEEPEST or left_open > MOST_LEFT_OPEN:
                return f"the feed is nested deeper than {DEEPEST} levels"
    return None


def _close(stack: list[bytes], times: dict[bytes, int], name: bytes) -> int:
    """Close the last element of a name and all in it; gives how many of those HTML lets stand open."""
    if not times.get(name):
        return 0
    closed = 0
    while True:
        last = stack.pop()
        times[last] -= 1
        closed += last.lower() in _LEFT_OPEN
        if last == name:
            return closed
