"""What was taken down, and whether something is of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from dateline.text.urls import article_id, url_key

TOLD = "it was taken down before"
"""Why such an exchange is refused, for a person."""

_SHORT = 8
"""Characters; a shorter path may stand in any text, and is looked for together with its host."""


@dataclass(frozen=True)
class Forgotten:
    """Everything that was taken down from a lake.

    Args:
        articles: their ids; the id is over the URL key, so all variants of a URL have it.
        sources: slugs of publishers and names of archives.
        urls: URLs of the articles as far as they are known, to find them named in feeds.
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

    def is_named_in(self, body: bytes) -> bool:
        """Whether a feed, sitemap or section page names such an article, whatever its format.

        Looks for the path of the URL, and errs on the side of finding it.
        """
        needles = [needle for url in self.urls if (needle := _needle(url))]
        if not needles or not body:
            return False
        text = unquote_to_bytes(body.replace(b"\\/", b"/"))
        return any(needle in text for needle in needles)


NOTHING = Forgotten()
"""Of a lake from which nothing was taken down."""


def _needle(url: str) -> bytes | None:
    """The path of a URL as its key has it, without version, host and parameters; None for a front page."""
    key = (url_key(url) or "").partition(":")[2].partition("?")[0]
    host, _, path = key.partition("/")
    if not path:
        return None
    return unquote_to_bytes(f"/{path}" if len(path) >= _SHORT else f"{host}/{path}")
