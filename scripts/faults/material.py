"""Documents for the trials, made up or from a folder, dealt into batches that `dateline import` takes."""

from __future__ import annotations

import gzip
import io
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import stories
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.edges.archive import ArchiveBatch, plan

CAPTURED = datetime(2026, 3, 25, 12, tzinfo=UTC)
LARGEST = 2_000_000
"""Bytes of a page from a folder; larger ones only take time."""
TWICE = 0.05
"""Share of found documents that are seen again, in another batch: real archives overlap."""


@dataclass(frozen=True)
class Item:
    """One sighting, ready to be written down.

    Args:
        kind: page (goes into a WARC file) or row (into JSON lines).
        url: of a page.
        captured: of a page.
        body: the page's bytes, or the line of JSON.
    """

    kind: str
    body: bytes
    url: str = ""
    captured: datetime = CAPTURED


def made_up(count: int, seed: int) -> list[Item]:
    """Fictional documents, half of them pages; those that have no URL or were never dated are rows."""
    items = []
    told = stories.stories(count, seed)
    for number, story in enumerate(sorted(told, key=lambda story: story.published or CAPTURED)):
        if number % 2 or story.url is None or story.captured is None:
            items.append(Item("row", stories.record(story)))
        else:
            items.append(Item("page", stories.page(story), story.url, story.captured))
    return items


def found(folder: Path, bulk: Path | None, count: int, seed: int) -> list[Item]:
    """Saved pages below a folder and rows of a file of JSON lines, half of each where there are both.

    A share of them is seen again: a page later, a row under its own name with a sentence more.
    """
    chance = random.Random(f"found {seed}")
    pages = _pages(folder, count if bulk is None else count // 2, chance)
    rows = _rows(bulk, count - len(pages), chance) if bulk else []
    return [*pages, *rows]


def _pages(folder: Path, count: int, chance: random.Random) -> list[Item]:
    urls = _urls(folder)
    files = sorted(path for path in folder.rglob("*.htm*") if path.is_file())
    chance.shuffle(files)
    items: list[Item] = []
    for path in files:
        body = path.read_bytes()
        body = gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
        if not 0 < len(body) < LARGEST:
            continue
        url = urls.get(path.name, f"https://pages.test/{path.relative_to(folder).as_posix()}")
        when = CAPTURED - timedelta(hours=chance.randrange(20 * 24))
        items.append(Item("page", body, url, when))
        if chance.random() < TWICE:
            items.append(Item("page", body, url, when + timedelta(hours=30)))
        if len(items) >= count:
            break
    return items[:count]


def _urls(folder: Path) -> dict[str, str]:
    """Name of a saved page → its URL, from JSON lines with `html_path` in the folder or beside it."""
    found: dict[str, str] = {}
    for path in sorted([*folder.glob("*.jsonl"), *folder.parent.glob("*.jsonl")]):
        for entry in _json_lines(path):
            if isinstance(entry.get("html_path"), str) and isinstance(entry.get("url"), str):
                found[Path(entry["html_path"]).name] = entry["url"]
    return found


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    body = path.read_bytes()
    body = gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
    return (json.loads(line) for line in body.splitlines() if line.strip())


def _rows(path: Path, count: int, chance: random.Random) -> list[Item]:
    known = list(_json_lines(path))
    items: list[Item] = []
    # Of the first half a run of neighbours, so that days are full and copies meet; of the rest a sample.
    start = chance.randrange(max(1, len(known) // 2 - count))
    near = known[start : start + count // 2]
    for row in [*near, *chance.sample(known[len(known) // 2 :], min(count, len(known) // 2))]:
        if chance.random() < 0.9:
            row = {**row, "captured": (CAPTURED - timedelta(hours=chance.randrange(480))).isoformat()}
        items.append(_line(row))
        if chance.random() < TWICE:
            text = f"{row.get('body') or row.get('text') or ''}\n\nCorrected at a later hour."
            items.append(_line({**row, "body": text, "captured": CAPTURED.isoformat()}))
        if len(items) >= count:
            break
    return items[:count]


def _line(row: dict[str, Any]) -> Item:
    return Item("row", json.dumps(row).encode())


def deal(items: list[Item], batches: int, folder: Path, seed: int) -> list[ArchiveBatch]:
    """Write the items as so many files below a folder, each one batch; in the order of their ids.

    Pages are dealt at random, rows in runs: one batch reaches over all days, another fills a few.

    Raises:
        ValueError: more batches were asked for than there are pages or rows to fill them.
    """
    chance = random.Random(f"deal {seed}")
    pages = [item for item in items if item.kind == "page"]
    rows = [item for item in items if item.kind == "row"]
    chance.shuffle(pages)
    share = round(batches * len(pages) / len(items))
    # Few of a kind still fill a batch of their own.
    share = min(max(share, bool(pages)), batches - bool(rows))
    planned: list[ArchiveBatch] = []
    for kind, name, mine, wanted in (
        ("warc", "pages", pages, share),
        ("jsonl", "rows", rows, batches - share),
    ):
        if len(mine) < wanted or (mine and not wanted):
            raise ValueError(f"{len(mine)} {name} do not fill {wanted} batches")
        if wanted:
            (folder / name).mkdir(parents=True)
            for number, part in enumerate(_parts(mine, wanted)):
                write(part, folder / name / f"{name}-{number:02}.{kind}")
            planned += plan(folder / name, kind, None)
    return planned


def _parts(items: list[Item], count: int) -> Iterator[list[Item]]:
    rest = iter(items)
    for number in range(count):
        yield list(islice(rest, (number + 1) * len(items) // count - number * len(items) // count))


def write(items: Iterable[Item], path: Path) -> None:
    """Write items of one kind to a WARC file or as JSON lines, by the file's ending."""
    if path.suffix == ".jsonl":
        path.write_bytes(b"".join(item.body + b"\n" for item in items))
        return
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=False)
        for item in items:
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            told = {"WARC-Date": item.captured.strftime("%Y-%m-%dT%H:%M:%SZ")}
            body = io.BytesIO(item.body)
            writer.write_record(
                writer.create_warc_record(
                    item.url, "response", payload=body, http_headers=headers, warc_headers_dict=told
                )
            )
