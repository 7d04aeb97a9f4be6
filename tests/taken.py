"""Lakes from which things are taken down: what goes in, and what is left of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dateline.edges.lake import Lake, tombstones
from dateline.forget import forget
from dateline.health import inspect
from dateline.intake import fetch_batch
from dateline.pipeline import DERIVED_DATASETS
from dateline.run import clean_one, settle_all
from dateline.settings import Settings
from dateline.sources.exchange import exchange

NOON = datetime(2026, 3, 24, 12, tzinfo=UTC)
HOST = "https://www.gull-courier.example"
URL = f"{HOST}/2026/03/24/the-lamp-on-the-pier"
SECRET = "Ottilie Brandvold"
"""Stands in the story that is taken down, and nowhere else."""

WORDS = (
    "The lamp on the long pier was lit again on Monday after nine dark winters, and the keeper walked out "
    "over the planks with a lantern of her own, as she had promised the children of the harbour school."
)


def page(url: str, title: str, more: str = "", canonical: str = "", **known: Any) -> dict[str, Any]:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    body = (
        f"<html><head><title>{title}</title>{link}"
        '<meta property="article:published_time" content="2026-03-24T08:00:00Z"></head>'
        f"<body><article><h1>{title}</h1><p>{title}. {WORDS} {more}</p></article></body></html>"
    )
    return answer("page", url, body.encode(), **known)


def feed(*urls: str) -> dict[str, Any]:
    items = "".join(f"<item><title>A story</title><link>{url}</link></item>" for url in urls)
    body = f"<rss version='2.0'><channel><title>Gull</title>{items}</channel></rss>"
    return answer("feed", f"{HOST}/feed.xml", body.encode())


def answer(kind: str, url: str, body: bytes, **known: Any) -> dict[str, Any]:
    place = (known.pop("archive", None), known.pop("path", None), known.pop("index", None))
    row = exchange(kind, *place, NOON, url=url, final_url=url, body=body, status=200)  # type: ignore[arg-type]
    return {**row, "content_type": "text/html", "source": place[0] or "gull", **known}


GONE = page(URL, "A lamp on the pier", f"She is {SECRET}.")
KEPT = page(f"{HOST}/2026/03/24/nets", "Nets are mended")
FEED = feed(URL, f"{HOST}/2026/03/24/nets")
ROWS = (FEED, GONE, KEPT)


def settings_of(folder: Path) -> Settings:
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    return Settings(lake=str(folder / "lake"), sources=str(folder / "sources"), model="none")


def take_in(settings: Settings, name: str, rows: Iterable[dict[str, Any]] = ROWS) -> None:
    """Fetch and clean a batch of these exchanges."""
    made = [{**row, "seq": seq} for seq, row in enumerate(rows)]
    fetch_batch(Lake.open(settings.lake), name, {"all": str(len(made))}, lambda _, __: made)
    clean_one(settings, name)


def settle(settings: Settings) -> None:
    list(settle_all(settings))


def take_down(settings: Settings, what: str = URL) -> None:
    list(forget(settings, what, "the family asked for it"))


def state(settings: Settings) -> dict[str, str]:
    """(derived dataset, day) → row digest."""
    lake = Lake.open(settings.lake, create=False)
    return {
        f"{dataset} {day}": footer.row_digest
        for dataset in DERIVED_DATASETS
        for day in lake.days(dataset)
        if (footer := lake.footer(dataset, day))
    }


def rows_of(settings: Settings, dataset: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = Lake.open(settings.lake, create=False).dataset(dataset).to_pylist()
    return rows


def holders(settings: Settings, words: str = SECRET) -> list[str]:
    """Files of the lake whose rows have these words, listed or not, in any dataset."""
    import pyarrow.parquet as pq

    found = []
    for path in sorted(Path(settings.lake).rglob("*.parquet")):
        # One by one: a folder `date=…` would be read as a column.
        table = pq.ParquetFile(path).read()
        if any(words.encode() in repr(row).encode() for row in table.to_pylist()):
            found.append(path.relative_to(settings.lake).as_posix())
    return found


def findings(settings: Settings) -> list[tuple[str, str]]:
    return [(finding.level, finding.what) for finding in inspect(settings)]


def is_open(settings: Settings) -> bool:
    return bool(tombstones.marks(Lake.open(settings.lake).store))
