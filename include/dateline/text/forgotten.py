"""What was taken down, and whether something is of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from dateline.text.urls import article_id, url_key

TOLD = "it was taken down before"
"""Why such an exchange is refused, for a person."""

_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True)
class Forgotten:
    """Everything that was taken down from a lake.

    Args:
        articles: their ids; the id is over the URL key, so all variants of a URL have it.
        sources: slugs of publishers and names of archives.
        urls: every address that those articles were met at, as far as it is known.
    """

    articles: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    urls: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.articles or self.sources)

    def has_url(self, url: str | None) -> bool:
        """Whether a URL is a variant of one that was taken down."""
        return url is not None and bool(self.articles) and article_id(url) in self.articles

    def has(self, row: Mapping[str, Any]) -> bool:
        """Whether an exchange or a capture is of it: by source, archive, or a URL: asked for, that
        answered, or that it was known by."""
        if self.sources & {row["source"], row["archive"]}:
            return True
        if not self.articles:
            return False
        place = (row["archive"], row["path"], row["index"])
        urls = {row["url"], row["final_url"], row.get("known_as")}
        return any(article_id(url, *place) in self.articles for url in (urls - {None} or {None}))

    def has_document(self, row: Mapping[str, Any]) -> bool:
        """Whether a document or an article is of it: by its id, its URL, or what its page calls itself."""
        if not self.articles:
            return False
        return row["article_id"] in self.articles or any(
            map(self.has_url, {row["url"], row["canonical_url"]} - {None})
        )

    @cached_property
    def needles(self) -> tuple[str, ...]:
        """Of each address the longest word, without which no spelling of it can be written.

        A text that has none of them, once its escapes are undone (`spelled_out`), names none. Front pages
        have none, and are not looked for.
        """
        found = {needle for url in self.urls if (needle := _needle(url))}
        return tuple(sorted(found))


NOTHING = Forgotten()
"""Of a lake from which nothing was taken down."""


def spelled_out(text: str) -> str:
    """A text whose percent-encoded characters are undone and composed, as `Forgotten.needles` are."""
    text = unquote(text, errors="replace")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _needle(url: str) -> str | None:
    """The longest word of path and parameters, as the key has them; None for a front page."""
    key = (url_key(url) or "").partition(":")[2]
    words = _WORD.findall(spelled_out(key.partition("/")[2] or key.partition("?")[2]))
    return max(words, key=lambda word: (len(word), word), default=None)
