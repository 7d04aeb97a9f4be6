"""Plain-text articles: a few header lines in one of several forms, then paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, BinaryIO

from dateline.errors import Refused
from dateline.sources.exchange import LONGEST, exchange, read_whole
from dateline.text import dates
from dateline.text.charsets import decode, is_binary
from dateline.text.datelines import is_place_line, split_dateline
from dateline.text.html.authors import people
from dateline.text.languages import normalise_tag
from dateline.text.normalise import clean_line, clean_text, words
from dateline.text.when import When


@dataclass(frozen=True, slots=True)
class TextArticle:
    """What a plain-text file says.

    Args:
        title: headline, None without one.
        published: as the header gives it.
        authors: names, in order.
        dateline: place line as printed.
        text: paragraphs separated by one empty line, without header and place line.
        language: BCP 47 tag if the header gives one.
        url: if the header gives one.
    """

    title: str | None
    published: When | None
    authors: tuple[str, ...]
    dateline: str | None
    text: str
    language: str | None
    url: str | None


@dataclass(slots=True)
class _Header:
    title: str | None = None
    published: When | None = None
    authors: list[str] = field(default_factory=list)
    dateline: str | None = None
    language: str | None = None
    url: str | None = None


_LINE = 1000
"""Characters; no line of a header is longer."""

_DAY_FIRST = re.compile(
    r"date\s{1,9}(\d{4}-\d{1,2}-\d{1,2}"
    r"(?:(?:T\d{1,2}:\d\d(?::\d\d)?|\s\d{1,2}:\d\d:\d\d)(?:[.,]\d{1,9})?(?:\s?[+-]\d\d:?\d\d|\s?Z\b)?)?)"
    r"(?:\s(.*))?\Z",
    re.IGNORECASE,
)
"""A day or an instant; a time without seconds after a space may be the headline's own first word."""
_FIELD = re.compile(r"([A-Za-z]{2,12}(?: [A-Za-z]{2,8})?)\s{0,3}[:：]\s{0,9}(.*)\Z")
_FIELDS = {
    "title": "title", "headline": "title", "hed": "title",
    "date": "published", "published": "published", "publication date": "published", "posted": "published",
    "pubdate": "published", "published on": "published", "datetime": "published",
    "by": "authors", "author": "authors", "authors": "authors", "byline": "authors", "written by": "authors",
    "url": "url", "link": "url", "permalink": "url",
    "language": "language", "lang": "language",
    "dateline": "dateline", "place": "dateline", "location": "dateline",
    "updated": "", "source": "", "section": "", "category": "", "tags": "", "keywords": "", "copyright": "",
}  # fmt: skip
"""Name of a header line → what it gives; nothing for those that are known but not wanted here."""
_BYLINE = re.compile(r"[Bb][Yy]\s{1,3}([^\W\d_a-z]\S{0,30}(?:\s\S{1,30}){0,11})\Z")
_FULL_STOP = re.compile(r"[.。．،:;,]['\"”’»)]?\Z")
_WRAPPED = 120
"""Characters; a file with longer lines is not wrapped by hand, so each of its lines is a paragraph."""


def read(
    stream: BinaryIO, path: str, archive: str, captured: datetime | None, *, limit: int = LONGEST
) -> Iterator[dict[str, Any]]:
    """The one exchange of a plain-text file, gzip allowed; its body is the bytes as they are."""
    try:
        body = _readable(read_whole(stream, limit))
    except Refused as refused:
        yield exchange("text", archive, path, 0, captured, failure=refused.reason, detail=refused.detail)
        return
    yield exchange("text", archive, path, 0, captured, body=body)


def parse(body: bytes, *, zone: tzinfo | None = None) -> TextArticle:
    """The article in a plain-text file.

    Read forms: a first line of `date`, ISO day or instant, and headline; lines such as `Title:`, `Date:`,
    `By` in any order before the first empty line; or a headline alone. Then an optional line with the
    place alone, then paragraphs.

    Args:
        body: the file's bytes, charset unknown.
        zone: where dates without a zone are; UTC if None.

    Raises:
        Refused: binary; empty; bad_date, where a header's date is no real day; no_text.
    """
    text = decode(_readable(body)).replace("\r\n", "\n").replace("\0", " ")
    lines = [line.strip() for line in re.split(r"[\n\r\f\v\x85\u2028\u2029]", text)]
    header = _Header()
    at = _read_header(lines, header, zone)
    paragraphs = _paragraphs(lines[at:])
    if paragraphs and header.title and words(paragraphs[0]) == words(header.title):
        paragraphs = paragraphs[1:]
    made = clean_text("\n\n".join(paragraphs))
    if header.dateline is None:
        header.dateline, made = split_dateline(made)
    if not made:
        raise Refused("no_text", "there is nothing but a header")
    return TextArticle(
        title=header.title,
        published=header.published,
        authors=tuple(people(header.authors, is_told=True)),
        dateline=header.dateline,
        text=made,
        language=header.language,
        url=header.url,
    )


def _readable(body: bytes) -> bytes:
    if is_binary(body):
        raise Refused("binary", "the file is no text")
    if not body.strip():
        raise Refused("empty", "there is only white space in it")
    return body


def _read_header(lines: list[str], header: _Header, zone: tzinfo | None) -> int:
    """Fill the header; the number of the first line after it."""
    at = _skip_empty(lines, 0)
    if at == len(lines):
        return at
    is_declared = True
    if found := _DAY_FIRST.match(lines[at]):
        header.published = _date(found[1], zone)
        header.title = _title(found[2])
        at += 1
    elif _read_field(lines[at], header, zone):
        while at < len(lines) and _read_field(lines[at], header, zone):
            at += 1
    else:
        is_declared = False
    at = _skip_empty(lines, at)
    if header.title is None and _is_title(lines, at, zone):
        header.title = _title(lines[at])
        at = _skip_empty(lines, at + 1)
    return _read_loose(lines, at, header, zone, is_declared)


def _read_loose(lines: list[str], at: int, header: _Header, zone: tzinfo | None, is_declared: bool) -> int:
    """Byline, date and place on lines of their own between headline and text."""
    while (at := _skip_empty(lines, at)) < len(lines) and _has_text(lines, at + 1):
        if _is_loose(lines[at], header, zone):
            at += 1
        elif header.dateline is None and _is_place(lines, at, header, is_declared):
            header.dateline = clean_line(lines[at])
            at += 1
        else:
            break
    return at


def _is_loose(line: str, header: _Header, zone: tzinfo | None) -> bool:
    """Take the byline or the date that a line is, if it is one and none is known yet."""
    if not header.authors and (found := _byline(line)):
        header.authors.append(found)
        return True
    if header.published is None and (when := dates.parse(line, zone=zone)) and not line.isdecimal():
        header.published = when
        return True
    return False


def _is_place(lines: list[str], at: int, header: _Header, is_declared: bool) -> bool:
    """Capitals are enough; any other place must stand above an empty line or a much longer one."""
    line, below = lines[at], lines[at + 1]
    if not is_place_line(line, capitals_only=not is_declared) or words(line) == words(header.title or ""):
        return False
    if line.upper() == line.lower():
        return not below or (len(line) <= 6 and len(below) > 5 * len(line))
    return line == line.upper() or not below or len(below) > 2 * len(line)


def _is_title(lines: list[str], at: int, zone: tzinfo | None) -> bool:
    """A short line that ends no sentence, above an empty line or the rest of a header, with text below."""
    if at >= len(lines) or not 0 < len(lines[at]) <= 200 or _FULL_STOP.search(lines[at]):
        return False
    if not _has_text(lines, at + 1):
        return False
    below = lines[at + 1]
    return not below or _byline(below) is not None or dates.parse(below, zone=zone) is not None


def _read_field(line: str, header: _Header, zone: tzinfo | None) -> bool:
    """Take what a header line gives; False if it is none."""
    if len(line) > _LINE:
        return False
    if byline := _byline(line):
        header.authors.append(byline)
        return True
    found = _FIELD.match(line)
    name = _FIELDS.get(found[1].lower()) if found else None
    if found is None or name is None:
        return False
    value = clean_line(found[2])
    if name == "published":
        header.published = header.published or _date(value, zone)
    elif name == "authors":
        header.authors.append(value)
    elif name == "language":
        tag = normalise_tag(value)
        header.language = None if tag == "und" else tag
    elif name and value:
        setattr(header, name, getattr(header, name) or value)
    return True


def _byline(line: str) -> str | None:
    """The names of `By Jane Doe`, None for a sentence that begins so."""
    found = _BYLINE.match(line) if len(line) <= 200 else None
    return found[1] if found and not _FULL_STOP.search(line) else None


def _date(text: str, zone: tzinfo | None) -> When | None:
    if dates.is_impossible(text):
        raise Refused("bad_date", f"the header's date is no real day: {clean_line(text)[:40]}")
    return dates.parse(text, zone=zone)


def _title(text: str | None) -> str | None:
    return clean_line(text[:_LINE]) or None if text else None


def _skip_empty(lines: list[str], at: int) -> int:
    while at < len(lines) and not lines[at]:
        at += 1
    return at


def _has_text(lines: list[str], at: int) -> bool:
    return _skip_empty(lines, at) < len(lines)


def _paragraphs(lines: list[str]) -> list[str]:
    """Blocks between empty lines; in a file wrapped by hand their lines are joined."""
    is_wrapped = max(map(len, lines), default=0) <= _WRAPPED
    made: list[str] = []
    block: list[str] = []
    for line in [*lines, ""]:
        if line:
            block.append(line)
        elif block:
            made.extend([_joined(block)] if is_wrapped else block)
            block = []
    return made


_UNSPACED = "\u0e00-\u0eff\u3000-\u9fff\uff00-\uffef"
_SEAM = re.compile(rf"(?<=[{_UNSPACED}])\n(?=[{_UNSPACED}])")


def _joined(block: list[str]) -> str:
    """Lines of a paragraph as one; Chinese, Japanese and Thai put no space where a line is broken."""
    return _SEAM.sub("", "\n".join(block)).replace("\n", " ")
