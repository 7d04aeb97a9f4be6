"""A folder of saved pages with what people say is in them, and when a value that was read counts as right.

FOLDER/truth.jsonl has a line for each page: `id`, `source` (the set that it is from), `url`,
`url_is_host_only`, `html_path` (below FOLDER, gzip allowed), and what is known of `title`, `authors` or
`byline`, `date`, `published`, `language`, `body` with `body_kind`, `body_with`, `body_without`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

N = 4
"""Tokens of a shingle, as in the article-extraction-benchmark."""
ALL = "all"
"""The name of all sets together."""
_BY_CHARACTER = ("zh", "ja")
_WORD = re.compile(r"\w+")
_NOT_PLAIN = re.compile(r"[\W_]+")
_BETWEEN = re.compile(r";|,| and | & | und | et ")
_BY = re.compile(r"^(?:by|von|par|por)\s+", re.IGNORECASE)
_ZULU = re.compile(r"\s*(?:Z|UTC)$")


@dataclass(frozen=True)
class Saved:
    """A saved page: `gold` is its line of truth.jsonl."""

    id: str
    source: str
    path: Path
    url: str | None
    gold: dict[str, Any]

    def body(self) -> bytes:
        """The page as it came."""
        return saved(self.path)

    @property
    def is_judged(self) -> bool:
        """Whether people said what is in it, and not another program."""
        return not (self.gold.get("body_kind") or "").startswith("silver")


def saved(path: Path) -> bytes:
    """A page as it came, from a file that may be compressed by gzip."""
    data = path.read_bytes()
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


def corpus(folder: Path, most: int | None = None, sources: list[str] | None = None) -> list[Saved]:
    """The pages of a folder in the order of their ids' digests: its first ones are a sample of all.

    Args:
        folder: of the corpus.
        most: pages, None for all.
        sources: the sets wanted, None for all.
    """
    # Line by line: texts hold other characters that end lines for `splitlines`.
    with (folder / "truth.jsonl").open(encoding="utf-8") as lines:
        found = [_saved(folder, json.loads(line)) for line in lines]
    chosen = [page for page in found if sources is None or page.source in sources]
    chosen.sort(key=lambda page: hashlib.sha256(page.id.encode()).digest())
    return chosen[:most]


def _saved(folder: Path, gold: dict[str, Any]) -> Saved:
    url = None if gold.get("url_is_host_only") else gold.get("url")
    return Saved(gold["id"], gold["source"], folder / gold["html_path"], url, gold)


def extracted(body: bytes, url: str | None) -> dict[str, Any]:
    """What `dateline extract` writes for a page."""
    from dateline.cli.extract import extract_pages

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "page.html").write_bytes(body)
        (made,) = extract_pages([(0, {"id": "page", "url": url, "html_path": "page.html"})], Path(folder))
    return made


# When a fact is right


def plain(text: str | None) -> str:
    """Letters and digits alone, in lower case."""
    return _NOT_PLAIN.sub("", unicodedata.normalize("NFKC", text or "")).lower()


def names(value: list[str] | str | None) -> set[str]:
    """The plain names of a list, or of a byline."""
    given = _BETWEEN.split(value) if isinstance(value, str) else value or []
    return {plain(name) for name in (_BY.sub("", name.strip()) for name in given)} - {""}


def day(text: Any) -> date | None:
    """The day of an ISO string, None for anything else."""
    try:
        return date.fromisoformat(text[:10])
    except (TypeError, ValueError):
        return None


def minute(text: Any) -> int | None:
    """The instant of an ISO string in minutes since 1970; None without a time of day or a zone."""
    if not isinstance(text, str) or not re.search(r"\d\d:\d\d", text):
        return None
    try:
        moment = datetime.fromisoformat(_ZULU.sub("+00:00", text.strip()))
    except ValueError:
        return None
    return int(moment.timestamp() // 60) if moment.tzinfo else None


def facts_right(gold: dict[str, Any], told: dict[str, Any]) -> dict[str, bool]:
    """Fact → whether it is right, for the facts that the gold has.

    Args:
        gold: line of truth.jsonl.
        told: `title`, `authors`, `published` and `date` (ISO) as `dateline extract` writes them.
    """
    right: dict[str, bool] = {}
    if gold.get("title"):
        right["title_exact"] = plain(gold["title"]) == plain(told.get("title"))
    if wanted := names(gold.get("authors") or gold.get("byline")):
        right["author_set"] = wanted == names(told.get("authors"))
    if day(gold.get("date")):
        right["day"] = day(gold["date"]) == day(told.get("date") or told.get("published"))
    if minute(gold.get("published")) is not None:
        right["instant"] = minute(gold["published"]) == minute(told.get("published"))
    return right


# When a text is right


def shingles(text: str, by_character: bool) -> Counter[tuple[str, ...]]:
    """All runs of four tokens with how often each is there; one shorter run for a shorter text."""
    tokens = [letter for letter in text if letter.isalnum()] if by_character else _WORD.findall(text)
    last = max(1, len(tokens) - N + 1) if tokens else 0
    return Counter(tuple(tokens[at : at + N]) for at in range(last))


class BodyScore:
    """Precision and recall of texts over pages.

    Whole texts are compared as in the article-extraction-benchmark
    (https://github.com/scrapinghub/article-extraction-benchmark): by shingles, F1 of the two means over
    pages. Where people noted segments only, these count: those that must and those that must not be there.
    """

    def __init__(self) -> None:
        self.precisions: list[float] = []
        self.recalls: list[float] = []
        self.kept = self.lost = self.wrong = 0

    def add(self, gold: dict[str, Any], text: str) -> None:
        """Count a page."""
        if gold.get("body") and not gold["body_kind"].startswith("gold_prefix"):
            by_character = gold.get("language") in _BY_CHARACTER
            want, have = shingles(gold["body"], by_character), shingles(text, by_character)
            both = (want & have).total()
            self.precisions += [both / have.total()] if have else []
            self.recalls += [both / want.total()] if want else []
        flat = " ".join(text.split())
        there = [_squeezed(part) in flat for part in (gold.get("body_with") or [])[:6]]
        self.kept += sum(there)
        self.lost += len(there) - sum(there)
        self.wrong += sum(_squeezed(part) in flat for part in (gold.get("body_without") or [])[:6])

    def figures(self) -> Iterator[tuple[str, float, int]]:
        """(name, F1, how many pages or segments)."""
        if self.recalls:
            precision = sum(self.precisions) / max(1, len(self.precisions))
            yield "text", _f1(precision, sum(self.recalls) / len(self.recalls)), len(self.recalls)
        if self.kept + self.lost:
            precision = self.kept / max(1, self.kept + self.wrong)
            yield "segments", _f1(precision, self.kept / (self.kept + self.lost)), self.kept + self.lost


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
