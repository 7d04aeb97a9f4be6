"""JSON Feed, versions 1 and 1.1."""

from __future__ import annotations

import json
import re
from typing import Any

from dateline.sources.feed_parts import Entry, Feed, Words, address, make_entry, tag, title_of
from dateline.text.normalise import clean_line

_ITEMS = re.compile(r'"items"\s{0,99}:\s{0,99}\[')
_BETWEEN = re.compile(r"[\s,]*")


def read_json(text: str, limit: int, is_cut: bool = False) -> Feed:
    """The feed in a JSON text; without entries and with one warning where it is none.

    Args:
        text: all of it; or, where it is cut, its beginning, of which the whole items are read.
        limit: most entries.
        is_cut: whether the text ends before the feed does.
    """
    try:
        data = _beginning(text, limit) if is_cut else json.loads(text)
    except RecursionError:
        return Feed(warnings=("the JSON is nested too deeply",))
    except ValueError as error:
        # The error's own words may hold text of the feed; its place is enough.
        place = f" at character {error.pos}" if isinstance(error, json.JSONDecodeError) else ""
        return Feed(warnings=(f"the JSON can't be read{place}",))
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        return Feed(warnings=("JSON, but no JSON Feed: there are no items",))
    base = _text(data, "feed_url") or _text(data, "home_page_url")
    language = tag(data.get("language"))
    entries = tuple(_entry(item, base, language) for item in items[:limit] if isinstance(item, dict))
    warnings = []
    if dropped := len(items) - len(entries):
        warnings.append(f"{dropped} items are too many or no objects")
    if not items:
        warnings.append("the feed has no entries")
    return Feed(
        title=title_of(data.get("title")),
        language=language,
        url=address(_text(data, "home_page_url"), base),
        entries=entries,
        warnings=tuple(warnings),
    )


def _beginning(text: str, limit: int) -> Any:
    """The items before the place where a feed is cut, and what it says of itself before them."""
    found = _ITEMS.search(text)
    if found is None:
        return None
    try:
        data = json.loads(text[: found.start()].rstrip().rstrip(",") + "}")
    except ValueError:
        data = {}
    items: list[Any] = []
    at = found.end()
    decoder = json.JSONDecoder()
    while len(items) < limit:
        try:
            item, at = decoder.raw_decode(text, _end_of(_BETWEEN, text, at))
        except ValueError:
            break
        items.append(item)
    return {**data, "items": items}


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _entry(item: dict[str, Any], base: str | None, language: str | None) -> Entry:
    # Version 1 says that ids are strings, yet numbers are common.
    given = item.get("id")
    tags = item.get("tags")
    words = Words(
        given=str(given) if isinstance(given, (str, int, float)) and not isinstance(given, bool) else None,
        url=address(_text(item, "url") or _text(item, "external_url"), base),
        title=item.get("title"),
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        summaries=(item.get("summary"), item.get("content_text") or item.get("content_html")),
        authors=_names(item),
        categories=tags if isinstance(tags, list) else (),
        language=tag(item.get("language")) or language,
    )
    return make_entry(words)


def _names(item: dict[str, Any]) -> list[object]:
    authors = item.get("authors")
    people = authors if isinstance(authors, list) else [item.get("author")]
    return [person.get("name") for person in people if isinstance(person, dict)]


def _text(item: dict[str, Any], name: str) -> str | None:
    value = item.get(name)
    return clean_line(value[:8192]) or None if isinstance(value, str) else None
