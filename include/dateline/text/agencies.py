"""The news agency that a text credits: in its place line, its byline or its last line.

A mention within the story (`told Reuters`) is no credit, so only these places are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from dateline.text.agency_words import NAMES
from dateline.text.dateline_parts import eastern, take_apart
from dateline.text.datelines import split_dateline


def _named() -> Iterator[tuple[str, str]]:
    for line in filter(None, map(str.strip, NAMES.splitlines())):
        name, _, others = line.partition(": ")
        for other in (name, *filter(None, others.split(", "))):
            yield other.upper(), name
            yield other, name


AGENCY_BY_NAME = dict(_named())
"""Name as printed → usual name of the agency."""

_WORDS = re.compile(r"[^\W_]+")
_FIRST_WORDS = frozenset(
    _WORDS.findall(re.sub(r"^(?:The|THE|La|LA) ", "", name))[0] for name in AGENCY_BY_NAME
)
_EASTERN = tuple(
    sorted((name for name in AGENCY_BY_NAME if re.match(r"[\u3040-\u9fff\uac00-\ud7a3]", name)), key=len)
)[::-1]
"""Written without blanks between words; the longest first."""

_HEAD, _TAIL, _LAST_LINES = 160, 240, 3

_ANY = "|".join(re.escape(name) for name in sorted(AGENCY_BY_NAME, key=len, reverse=True))
_SIGNS_OF = r"(?:[©Ⓒ]|\(c\)|copyright)(?: ?[©Ⓒ])?(?: ?\d{4}(?:[-–]\d{2,4})?,?)?(?: by)?"
_SOURCES = (
    r"sources?|quellen?|fuentes?|fontes?|fonti|fonte|kaynak|źródło|zdroj|bron|kilde|källa|источник|джерело"
    r"|πηγη|πηγή|المصدر|来源|來源|消息来源|出典|출처|credit|agency|agentur|agencia|agence"
)
_LAST = tuple(
    re.compile(pattern)
    for pattern in (
        # A line of its own: `Reuters`, `— AFP`, `(dpa/lby)`, `Source: ANSA`.
        rf"(?i:(?:{_SOURCES}) ?[:：] ?)?[-–—([（/]{{0,2}} ?(?P<name>{_ANY})(?:/\w{{1,12}})*[)\]）/]?\.?",
        # Behind the last sentence: `… on Monday. (AP)`, `… am Montag. – dpa`, `……。（新华社）`.
        rf".*[.!?…。！？»”\"'’] ?(?:[-–—] ?|[([（/])(?P<name>{_ANY})(?:/\w{{1,12}})*[)\]）/]?\.?",
        # `© 2024 AFP`, `Copyright 2024 The Associated Press. All rights reserved.`
        rf".{{0,20}}?(?i:{_SIGNS_OF}) (?P<name>{_ANY})\b(?!['’]s ).{{0,150}}",
        rf"This report by (?P<name>{_ANY}) was first published .{{3,40}}",
    )
)
_OPENING = re.compile(rf"[([（]?(?P<name>{_ANY})(?:/\w{{1,12}})?[)\]）]? ?(?:[-–—]{{1,2}}|[:：]) ")
"""An agency before the first sentence, without a place: `(AP) — `, `Reuters - `."""
_BYLINE = re.compile(r"(?i:by|von|par|por|de|da|di|door|от|автор:?) ")
_BETWEEN = re.compile(r" ?[/|,;()\[\]] ?| [-–—] | (?:and|und|et|y|e|with|of|for|via|от|für) |\n")
_ROLES = re.compile(
    r"(?i:\b(?:staff|sports?|news|business|national|foreign|senior|chief|special|science|health|medical|"
    r"political|white house|writers?|reporters?|correspondents?|editors?|agency|desk|wire|services?|"
    r"bureau)\b ?)+$"
)
_LONGEST_BYLINE = 100


def credit_of(text: str, dateline: str | None = None, authors: Iterable[str] = ()) -> str | None:
    """The usual name of the agency that a text credits; None if it credits none.

    Args:
        text: the body, with its place line or without.
        dateline: place line that was split off the text, as printed; None if there was none.
        authors: who wrote it, as names of people, desks and agencies.

    The place line comes first, then the byline, then the last lines.
    """
    if dateline is not None and (found := _of_line(dateline)):
        return found
    head = text[:_HEAD]
    names_one = _may_name(head)
    if names_one and (found := _of_opening(head)):
        return found
    for author in authors:
        if found := _of_byline(author):
            return found
    if names_one and (found := _of_first_line(head)):
        return found
    tail = text[-_TAIL:]
    return _of_last_lines(text, tail) if _may_name(tail) else None


def ends_of(text: str) -> str:
    """As much of a text as `credit_of` looks at."""
    return text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]}\n{text[-_TAIL:]}"


def _may_name(part: str) -> bool:
    """Whether it is worth a closer look: most texts name no agency at either end."""
    if part.isascii():
        return not _FIRST_WORDS.isdisjoint(part.translate(_PUNCTUATION).split())
    return not _FIRST_WORDS.isdisjoint(_WORDS.findall(part)) or any(name in part for name in _EASTERN)


_PUNCTUATION = str.maketrans({code: " " for code in range(128) if not chr(code).isalnum()})


@lru_cache(maxsize=1024)
def _named_by(words: str) -> str | None:
    """The agency that some words name, or the first of several (`AFP/dpa`)."""
    words = words.strip(" .,;:-–—")
    for one in (words, *words.split("/")):
        if one.strip() in AGENCY_BY_NAME:
            return AGENCY_BY_NAME[one.strip()]
    return None


def _of_line(line: str) -> str | None:
    """The agency in a place line."""
    if eastern(line):
        return next((AGENCY_BY_NAME[name] for name in _EASTERN if name in line), None)
    parts = take_apart(line)
    return _named_by(parts.agency or parts.place) if parts else _named_by(line.strip(" ()[]/"))


def _of_opening(head: str) -> str | None:
    opening = head.lstrip()
    if found := _OPENING.match(opening):
        return AGENCY_BY_NAME[found["name"]]
    line, _ = split_dateline(opening)
    return _of_line(line) if line else None


def _of_first_line(head: str) -> str | None:
    """The agency in a byline above the story."""
    first, behind, _ = head.lstrip().partition("\n")
    if not behind or len(first) > _LONGEST_BYLINE:
        return None
    return _of_byline(first) if _BYLINE.match(first) else _named_by(first)


def _of_byline(line: str) -> str | None:
    """The agency among who wrote it: `Associated Press`, `Ann Lee, Reuters`, `Von dpa`, `AFP Staff`."""
    if len(line) > _LONGEST_BYLINE or not _may_name(line):
        return None
    line = _BYLINE.sub("", line.strip(), count=1)
    for piece in (line, *_BETWEEN.split(line)):
        if found := _named_by(piece) or _named_by(_ROLES.sub("", piece)):
            return found
    return None


def _of_last_lines(text: str, tail: str) -> str | None:
    lines = [line.strip() for line in tail.splitlines()]
    if len(text) > len(tail) and len(lines) > 1:
        lines = lines[1:]  # its beginning is cut off
    for line in [line for line in reversed(lines) if line][:_LAST_LINES]:
        for pattern in _LAST:
            if found := pattern.fullmatch(line):
                return AGENCY_BY_NAME[found["name"]]
    return None
