"""The entries of a sitemap in XML, taken out of its pieces of markup."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.sources.markup import Event, events

MOST_PIECES = 4_000_000
"""Tags and texts. Of 50 MiB no real sitemap makes more; a document of nothing but tags would hold us up."""

_FIELDS = {
    ("url", "loc"): "loc",
    ("url", "lastmod"): "lastmod",
    ("sitemap", "loc"): "loc",
    ("sitemap", "lastmod"): "lastmod",
    ("news", "publication_date"): "published",
    ("news", "title"): "title",
    ("news", "keywords"): "keywords",
    ("news", "language"): "language",
    ("publication", "language"): "language",
    ("publication", "name"): "publication",
}
"""(element around it, element) → what its text is. The place of an element counts and not its prefix: a
publisher may choose any prefix, and the `loc` of an image stands in the image."""

_UNITS = ("url", "sitemap")
_LONGEST_FIELD = 20_000
_DEEPEST_ELEMENT = 16
_MOST_PARTS = 100


def units(text: str, warnings: list[str], start: int = 0) -> Iterator[tuple[str, dict[str, str]]]:
    """(url or sitemap, its fields) for each of them; the first of several equal fields counts.

    One that is not closed counts where the next one begins, for its facts are whole; one that the end of
    the document cuts does not. What is wrong is added to the warnings, one sentence each.
    """
    unit = _Unit()
    for count, event in enumerate(events(text, start)):
        if count >= MOST_PIECES:
            warnings.append(f"the sitemap has more than {MOST_PIECES} pieces of markup; the rest is left out")
            return
        if event.kind == "text":
            unit.text(event.text)
        elif event.kind == "end":
            if done := unit.close(event):
                yield done
        elif unit.is_begun_by(event):
            if done := unit.begin(event):
                yield done
        else:
            unit.open(event)
    if unit.name:
        warnings.append("the sitemap is cut short")


class _Unit:
    """The `<url>` or `<sitemap>` that is being read; its name is empty between two of them."""

    def __init__(self) -> None:
        self.name = ""
        self._prefix = ""
        self._facts: dict[str, str] = {}
        self._stack: list[str] = []
        self._field: str | None = None
        self._level = 0
        self._parts: list[str] = []

    def is_begun_by(self, event: Event) -> bool:
        return event.name in _UNITS and (not self.name or event.prefix == self._prefix)

    def begin(self, event: Event) -> tuple[str, dict[str, str]] | None:
        """Begin one; gives the one before it, if that was never closed."""
        self._keep()
        done = (self.name, self._facts) if self.name and self._facts else None
        self.name = "" if event.is_empty else event.name
        self._prefix, self._facts, self._stack = event.prefix, {}, [event.name]
        return done

    def open(self, event: Event) -> None:
        if not self.name or event.is_empty or len(self._stack) >= _DEEPEST_ELEMENT:
            return
        if self._field and (self._stack[-2], event.name) in _FIELDS:
            # The field before was never closed.
            self._keep()
            self._stack.pop()
        outer = self._stack[-1]
        # A prefix of another vocabulary: `image:loc` beside the page's own `loc`.
        is_ours = outer not in _UNITS or event.prefix == self._prefix
        self._stack.append(event.name)
        if is_ours and not self._field and (outer, event.name) in _FIELDS:
            self._field, self._level, self._parts = _FIELDS[outer, event.name], len(self._stack), []

    def text(self, text: str) -> None:
        if self._field and len(self._parts) < _MOST_PARTS:
            self._parts.append(text[:_LONGEST_FIELD])

    def close(self, event: Event) -> tuple[str, dict[str, str]] | None:
        """Close an element, and those in it that were left open; gives the unit, if it is that."""
        if not self.name or event.name not in self._stack:
            return None
        while self._stack.pop() != event.name:
            pass
        if len(self._stack) < self._level:
            self._keep()
        if self._stack:
            return None
        done = (self.name, self._facts)
        self.name = ""
        return done

    def _keep(self) -> None:
        if self._field:
            self._facts.setdefault(self._field, "".join(self._parts).strip())
        self._field = None
