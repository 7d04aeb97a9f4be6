"""The trial of all levels of deduplication: news of many days, dealt by the day they were seen on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from daily_news import News, news
from material import CAPTURED, Item, write

from dateline.edges.archive import ArchiveBatch, plan
from dateline.pipeline import DERIVED_DATASETS

PAGES = 12
"""One document of so many, and all that name another's URL as their own, are pages of HTML."""


def deal(count: int, days: int, folder: Path, seed: int) -> tuple[list[ArchiveBatch], Counter[str]]:
    """Made-up news as batches, at most two for each day of capture (pages, lines), and how many there are
    of each kind."""
    made = news(count, days, seed)
    parts: dict[str, list[Item]] = {}
    for number, item in enumerate(made):
        is_page = item.captured is not None and (item.canonical is not None or number % PAGES == 0)
        day = "none" if item.captured is None else item.captured.date().isoformat()
        path = f"pages/{day}.warc" if is_page else f"lines/{day}.jsonl"
        parts.setdefault(path, []).append(_page(item) if is_page else _line(item))
    for name in ("pages", "lines"):
        (folder / name).mkdir(parents=True)
    for path, items in parts.items():
        write(items, folder / path)
    batches = [*plan(folder / "pages", "warc", None), *plan(folder / "lines", "jsonl", None)]
    return batches, Counter(item.made_as for item in made)


def _line(item: News) -> Item:
    known = {
        "url": item.url,
        "title": item.title,
        "text": "\n\n".join(item.paragraphs),
        "published": item.published and item.published.isoformat(),
        "captured": item.captured and item.captured.isoformat(),
    }
    return Item("row", json.dumps({name: value for name, value in known.items() if value}).encode())


def _page(item: News) -> Item:
    text = "".join(f"<p>{escape(part)}</p>\n" for part in item.paragraphs)
    when = item.published and f'<meta property="article:published_time" content="{_iso(item.published)}">'
    own = item.canonical and f'<link rel="canonical" href="{item.canonical}">'
    body = (
        f'<!doctype html><html lang="{item.language}"><head><meta charset="utf-8">'
        f"<title>{escape(item.title)}</title>{when or ''}{own or ''}</head>"
        f"<body><article><h1>{escape(item.title)}</h1>\n{text}</article></body></html>"
    )
    return Item("page", body.encode(), item.url, item.captured or CAPTURED)


def _iso(when: datetime) -> str:
    return when.isoformat(timespec="seconds")


def of_a_day(batches: list[ArchiveBatch]) -> list[ArchiveBatch]:
    """The batches of one day in the middle."""
    days = sorted({_day(batch) for batch in batches} - {"none"})
    return [batch for batch in batches if _day(batch) == days[len(days) // 2]]


def _day(batch: ArchiveBatch) -> str:
    return Path(batch.paths[0]).name.partition(".")[0]


def told(lake: Path, made: Counter[str]) -> Iterator[str]:
    """What a lake has of every kind, so that nothing is proved about empty sets."""
    yield "made: " + ", ".join(f"{count} {kind}" for kind, count in sorted(made.items()))
    links = Counter(
        row["duplicate_kind"] or row["relation"]
        for row in _rows(lake, "duplicates", "relation", "duplicate_kind")
    )
    yield "links: " + ", ".join(f"{count} {kind}" for kind, count in sorted(links.items()))
    origins = Counter(row["origin_why"] for row in _rows(lake, "duplicates", "origin_why"))
    yield "syndicated: " + ", ".join(f"{origins[why]} by {why}" for why in sorted(filter(None, origins)))
    depths = Counter(row["depth"] for row in _rows(lake, "clusters", "depth"))
    yield "clusters: " + ", ".join(f"{depths[depth]} at depth {depth}" for depth in sorted(depths))
    folded: Counter[str] = Counter()
    for row in _rows(lake, "articles", "version_count", "sighting_count"):
        folded["articles"] += 1
        folded["versions folded on their day"] += row["version_count"] - 1
        folded["refetches folded"] += row["sighting_count"] - row["version_count"]
    yield "articles: " + ", ".join(f"{count} {what}" for what, count in folded.items())
    for name in DERIVED_DATASETS:
        files = sorted(lake.glob(f"{name}/date=*/part.parquet"))
        rows = sum(pq.read_metadata(path).num_rows for path in files)
        yield f"rows of {name}: {rows} of {len(files)} days"


def _rows(lake: Path, dataset: str, *columns: str) -> Iterator[dict[str, Any]]:
    """Some columns of all days of a dataset."""
    for path in sorted(lake.glob(f"{dataset}/date=*/part.parquet")):
        yield from pq.ParquetFile(path).read(list(columns)).to_pylist()
