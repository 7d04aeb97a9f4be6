"""One article as enrichers see it: text, day, paragraphs with their parse, and what they may ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dateline.text.gazetteer import Gazetteer

PARSED = 100_000
"""Code points of a text that are parsed; what lies behind is only counted."""

_PARAGRAPH = 4_000
"""Longest stretch given to a model at once: time and memory of a parse grow with it."""

_LINES = re.compile(r"[^\n]+")
_NOISE = re.compile(r"[^\w\s]{24,}|\S{200,}")


@dataclass(frozen=True)
class Model:
    """A language model.

    Args:
        name, version: of the package.
        sha256: over the names and contents of its files.
        pipe: texts to parsed documents (spaCy's `Doc`), in order; the result for a text never depends
            on the texts beside it.
    """

    name: str
    version: str
    sha256: str
    pipe: Callable[[Iterable[str]], Iterator[Any]]


@dataclass(frozen=True)
class Knowledge:
    """What enrichers may ask beside the text.

    Args:
        models: language subtag → model.
        gazetteer: places.
        outlets: folded name → canonical name of a news outlet.
        organisations: folded name → canonical name of an organisation.
        ambiguous: folded names of places that are common words or first names too.
        stopwords: language subtag → words that carry no meaning; empty where none are known.
        data: what the tables were made of: component, name, version, sha256 each.
    """

    models: Mapping[str, Model] = field(default_factory=dict)
    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    outlets: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    ambiguous: frozenset[str] = frozenset()
    stopwords: Callable[[str], frozenset[str]] = lambda _: frozenset()
    data: tuple[tuple[str, str, str, str], ...] = ()


@dataclass(slots=True)
class Paragraph:
    """A stretch of the text: `text` begins at code point `start`; `doc` is its parse, None without."""

    start: int
    text: str
    doc: Any = None

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(slots=True)
class Story:
    """One article.

    Args:
        text: what offsets count in.
        title: headline, empty if unknown.
        day: day of publication, None if unknown.
        language: BCP 47 tag, `und` if unknown.
        confidence: trust in `language`.
        given_dateline: place line that was split off the text, None if there was none.
        knowledge: what may be asked.
        paragraphs: in order; only over the first `PARSED` code points.
    """

    text: str
    title: str
    day: date | None
    language: str
    confidence: float
    given_dateline: str | None
    knowledge: Knowledge
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def parsed(self) -> bool:
        """Whether a model has read it."""
        return bool(self.paragraphs) and self.paragraphs[0].doc is not None

    @property
    def english(self) -> bool:
        return self.language.split("-")[0] == "en"


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of the first `PARSED` code points.

    A line break ends a paragraph if the next line is empty, or this line ends as sentences do or is
    short; else the text is hard-wrapped copy. Errs towards too many.
    """
    spans: list[list[int]] = []
    for match in _LINES.finditer(text, 0, PARSED):
        if not match[0].strip():
            continue
        if spans and spans[-1][1] == match.start() - 1 and _wrapped(text[spans[-1][0] : spans[-1][1]]):
            spans[-1][1] = match.end()
        else:
            spans.append([match.start(), match.end()])
    return [Paragraph(start, text[start:end]) for span in spans for start, end in _cut(text, *span)]


def _wrapped(block: str) -> bool:
    line = block.rsplit("\n", 1)[-1].rstrip()
    return len(line) >= 45 and line[-1] not in ".!?:\"”'’)"


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long to parse at the last sentence end, else space, else anywhere."""
    while end - start > _PARAGRAPH:
        limit = start + _PARAGRAPH
        stop = max(text.rfind(". ", start + 1, limit) + 1, 0) or text.rfind(" ", start + 1, limit)
        stop = stop if stop > start else limit
        yield start, stop
        start = stop
    yield start, end


def parseable(text: str) -> str:
    """The same text, of the same length, without what makes parsers slow or fail.

    Long runs of symbols and words of 200 code points become spaces (tokenisers take quadratic time on
    them), line breaks inside a paragraph too, and lone surrogates and NULs replacement characters.
    """
    text = _NOISE.sub(lambda match: " " * len(match[0]), text)
    text = text.replace("\n", " ").replace("\t", " ").replace("\x00", "\ufffd")
    if not text.isascii():
        text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text
