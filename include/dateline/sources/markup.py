"""XML as it comes, scanned in one pass: no tree, no entity that a document defines, no end to what is wrong.

Work and memory are bounded by the length of the text, whatever stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)"
    r"|<!--.*?(?:-->|\Z)"
    r"|<\?.*?(?:\?>|\Z)"
    r"|<![^<>\[]*(?:\[.*?(?:\]\s{0,9}>|\Z)|>?)"
    r"|<(?P<end>/?)(?:(?P<prefix>[^\s<>/:]{1,64}):)?(?P<name>[^\s<>/:]{1,64})(?P<rest>[^<>]*)>?"
    r"|(?P<text>[^<]+|<+(?=<)|<)",
    re.DOTALL,
)
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6}));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_HTML = frozenset({"html", "head", "body", "script", "div", "p", "title", "table", "meta"})


@dataclass(frozen=True, slots=True)
class Event:
    """A piece of markup.

    Args:
        kind: start, end or text.
        name: of the element, without prefix, in lower case.
        prefix: in lower case; empty without one.
        text: with XML's own entities read.
        is_empty: whether a start is an end too.
    """

    kind: str
    name: str = ""
    prefix: str = ""
    text: str = ""
    is_empty: bool = False


def events(text: str, start: int = 0) -> Iterator[Event]:
    """The pieces of a text from a place on; comments, declarations and instructions are passed over."""
    for found in _TOKEN.finditer(text, start):
        kind = found.lastgroup
        if kind == "rest":
            name, prefix = found["name"].lower(), (found["prefix"] or "").lower()
            if found["end"]:
                yield Event("end", name, prefix)
            else:
                yield Event("start", name, prefix, is_empty=found["rest"].endswith("/"))
        elif kind == "text":
            yield Event("text", text=unescape(found["text"]))
        elif kind == "cdata":
            yield Event("text", text=found["cdata"])


def root_of(text: str, start: int = 0) -> str:
    """The name of the first element from a place on, in lower case; `html` for any that begins a page; empty
    without one."""
    first = next((event for event in events(text, start) if event.kind == "start"), None)
    if first is None:
        return ""
    return "html" if first.name in _HTML else first.name


def unescape(text: str) -> str:
    """Text with XML's five entities and numbers read; a bare `&`, as in many an address, stays."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    if found[1]:
        return _NAMED[found[1]]
    code = int(found[2]) if found[2] else int(found[3], 16)
    # What can't stand in a text: NUL, surrogates, beyond Unicode.
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"
