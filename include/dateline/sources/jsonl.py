"""JSON lines: one article a line, its fields under whatever names."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, BinaryIO
from urllib.parse import quote, unquote

from dateline.errors import Refused
from dateline.sources.exchange import LONGEST, exchange
from dateline.sources.unpacked import lines
from dateline.text import dates
from dateline.text.languages import normalise_tag
from dateline.text.leads import make_lead
from dateline.text.normalise import clean_line, clean_text
from dateline.text.when import When

NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "_id", "guid", "uuid", "article_id", "doc_id"),
    "url": ("url", "link", "canonical_url", "permalink", "web_url", "source_url", "uri", "href"),
    "title": ("title", "headline", "heading", "head"),
    "text": ("text", "body", "content", "article", "maintext", "article_text", "plain_text",
             "story", "full_text"),
    "html": ("html", "raw_html", "body_html", "content_html"),
    "published": (
        "published", "date", "published_at", "publication_date", "publish_date", "pub_date", "pubdate",
        "date_published", "datepublished", "datetime", "published_date", "created_at", "timestamp",
    ),
    "updated": ("updated", "updated_at", "date_modified", "datemodified", "modified", "modified_at",
                "last_modified"),
    "authors": ("authors", "author", "byline", "creator", "writers"),
    "language": ("language", "lang", "locale", "language_code"),
    "section": ("section", "category", "rubric", "desk"),
    "tags": ("tags", "keywords", "topics", "categories"),
    "description": ("description", "summary", "abstract", "lead", "standfirst", "excerpt"),
    "captured": ("captured", "captured_at", "crawled_at", "crawl_date", "fetched_at", "scraped_at",
                 "date_download"),
}  # fmt: skip
"""Field of a record → names that it commonly goes by, likeliest first; case does not matter."""

CONTENT_TYPE = "application/json"
_MAP = re.compile(r'\A\s*application/json\s*;\s*map="([^"]{0,8000})"\s*\Z')
_MARKUP = re.compile(r"</(?:p|div|h[1-6]|ul|article)\s*>|<br\s*/?>|<p[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Record:
    """What a line says; text or html is there, everything else may be missing."""

    id: str | None
    url: str | None
    title: str | None
    text: str
    html: str
    published: When | None
    updated: When | None
    authors: tuple[str, ...]
    language: str | None
    section: str | None
    tags: tuple[str, ...]
    description: str | None
    captured: When | None


def read(
    stream: BinaryIO,
    path: str,
    archive: str,
    mapping: Mapping[str, str],
    captured: datetime | None,
    *,
    limit: int = LONGEST,
) -> Iterator[dict[str, Any]]:
    """One exchange for each line that is not empty, streamed; gzip allowed.

    The body is the line as it is; its content type carries the field names, so that the line can be
    read again by itself. A bad line becomes a failure, and reading goes on.

    Args:
        stream: the file.
        path: its path inside the archive.
        archive: the archive's name.
        mapping: field (of NAMES) → name in the file, dots leading into objects; the others are guessed.
        captured: for records that do not tell.
        limit: longest line in bytes.
    """
    for index, line in enumerate(lines(stream, limit)):
        if isinstance(line, Refused):
            failure: dict[str, Any] = {"failure": line.reason, "detail": f"line {index + 1}: {line.detail}"}
            yield exchange("record", archive, path, index, captured, **failure)
        elif line.strip():
            yield _exchange(line, path, archive, index, mapping, captured)


def parse(body: bytes, content_type: str | None, *, zone: tzinfo | None = None) -> Record:
    """The record in a line.

    Args:
        body: the line.
        content_type: as `read` made it; without its map all names are guessed.
        zone: where times without a zone are; UTC if None.

    Raises:
        Refused: bad_json; bad_date, where `published` names no real day; no_text.
    """
    data = _object(body)
    names = _fields(data, _mapping(content_type))
    values = {field: _value(data, name) for field, name in names.items()}
    text, html = string_of(values.get("text")), string_of(values.get("html"))
    if text and not html and _MARKUP.search(text):
        text, html = "", text
    if not text.strip() and not html.strip():
        raise Refused("no_text", "the record has neither text nor html")
    published = date_words(values.get("published"))
    if dates.is_impossible(published):
        raise Refused("bad_date", "the record's date is no real day")
    language = normalise_tag(_line(values.get("language"), 80))
    return Record(
        id=_line(values.get("id"), 1000),
        url=_line(values.get("url"), 8192),
        title=_line(values.get("title"), 1000),
        text=clean_text(text),
        html=html,
        published=dates.parse(published, zone=zone),
        updated=dates.parse(date_words(values.get("updated")), zone=zone),
        authors=_list(values.get("authors")),
        language=None if language == "und" else language,
        section=_line(values.get("section"), 300),
        tags=_list(values.get("tags")),
        description=_line(values.get("description"), 5000),
        captured=dates.parse(date_words(values.get("captured"))),
    )


def _exchange(
    line: bytes, path: str, archive: str, index: int, mapping: Mapping[str, str], captured: datetime | None
) -> dict[str, Any]:
    try:
        data = _object(line)
        names = _fields(data, mapping)
        when = _captured(_value(data, names.get("captured")), must_be_read="captured" in mapping)
    except Refused as refused:
        detail = f"line {index + 1}: {refused.detail}"
        return exchange("record", archive, path, index, captured, failure=refused.reason, detail=detail)
    packed = ",".join(
        f"{field}={quote(name, safe='._-', errors='replace')}" for field, name in sorted(names.items())
    )
    return exchange(
        "record",
        archive,
        path,
        index,
        when.instant if when else captured,
        url=_line(_value(data, names.get("url")), 8192),
        content_type=f'{CONTENT_TYPE}; map="{packed}"',
        body=line,
        lead=_lead(data, names),
    )


def _captured(value: Any, *, must_be_read: bool) -> When | None:
    when = dates.parse(date_words(value))
    if must_be_read and when is None and value is not None:
        raise Refused("bad_date", "its capture time can't be read")
    return when if when and when.precision != "month" else None


def _lead(data: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any] | None:
    title = _line(_value(data, names.get("title")), 1000)
    published = date_words(_value(data, names.get("published")))
    if title is None and published is None:
        return None
    when = dates.parse(published)
    return make_lead("record", title=title, published=when.written if when else published)


def _object(line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except RecursionError as error:
        raise Refused("bad_json", "nested too deeply") from error
    except UnicodeDecodeError as error:
        raise Refused("bad_json", "not UTF-8") from error
    except ValueError as error:
        # The error's own words may hold the line's text; the place is enough.
        place = f" at character {error.pos}" if isinstance(error, json.JSONDecodeError) else ""
        raise Refused("bad_json", f"no JSON{place}") from error
    if not isinstance(data, dict):
        raise Refused("bad_json", "no JSON object")
    return data


def _mapping(content_type: str | None) -> dict[str, str]:
    found = _MAP.match(content_type or "")
    pairs = (pair.partition("=") for pair in found[1].split(",")) if found else ()
    return {field: unquote(name) for field, _, name in pairs if field in NAMES and name}


def _fields(data: dict[str, Any], mapping: Mapping[str, str]) -> dict[str, str]:
    """Field → its name in this record: as given, else the likeliest that it has and nobody claims."""
    names = {field: name for field, name in mapping.items() if field in NAMES}
    claimed = set(names.values())
    lowered: dict[str, str] = {}
    for key in data:
        lowered.setdefault(key.lower(), key)
    for field, guesses in NAMES.items():
        if field in names:
            continue
        for guess in guesses:
            found = lowered.get(guess)
            if found is not None and found not in claimed and data[found] not in (None, "", []):
                names[field] = found
                claimed.add(found)
                break
    return names


def _value(data: dict[str, Any], name: str | None) -> Any:
    """The value under a name; a dotted name that is no key leads into objects."""
    if name is None or name in data:
        return data.get(name) if name is not None else None
    value: Any = data
    for part in name.split(".")[:20]:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def string_of(value: Any) -> str:
    """A text; a list of texts is its paragraphs."""
    if isinstance(value, list):
        value = "\n\n".join(part for part in value if isinstance(part, str))
    # A lone surrogate, which JSON can escape, stands in no file.
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _line(value: Any, limit: int) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        value = str(value)
    return clean_line(value[:limit]) or None if isinstance(value, str) else None


def date_words(value: Any) -> str | None:
    """A date's words; of a number of seconds or milliseconds its digits."""
    if isinstance(value, dict):
        # MongoDB's export writes {"$date": …}.
        value = value.get("$date")
    if isinstance(value, float) and math.isfinite(value):
        value = int(value)
    return _line(value, 100)


def _list(value: Any) -> tuple[str, ...]:
    """Names in a list of texts or of objects with a name, or in one text with commas."""
    if isinstance(value, str):
        value = re.split(r"\s*[,;|]\s*", value[:5000])
    if isinstance(value, dict):
        value = [value]
    made: dict[str, None] = {}
    for each in value[:100] if isinstance(value, list) else ():
        if text := _line(each.get("name") if isinstance(each, dict) else each, 300):
            made[text] = None
    return tuple(made)
