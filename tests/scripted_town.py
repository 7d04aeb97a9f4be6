"""A scripted web with a lake beside it: a paper that is polled, cleaned and settled at any hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dateline import live_runs, run
from dateline.edges.lake import Lake
from dateline.settings import Settings
from scripted_polls import Aside
from scripted_web import Asked, answer

DAWN = datetime(2024, 3, 25, 6, tzinfo=UTC)
FIRST = "The ferry to Holm stays in harbour today, the line said, as the wind has not gone down since Sunday."
THEN = (
    FIRST + " It will sail again on Tuesday at seven, and tickets of today are good for any day of the week."
)
SOURCE = """name = "Quay"
home = "http://www.quay.test/"
language = "en"
country = "GB"
enabled = true
"""


def item(path: str, title: str = "Ferry stays in harbour") -> str:
    return (
        f"<item><title>{title}</title><link>http://www.quay.test{path}</link><guid>{path}</guid>"
        "<pubDate>Mon, 25 Mar 2024 05:00:00 GMT</pubDate></item>"
    )


def feed(*items: str, **headers: str) -> bytes:
    body = f'<rss version="2.0"><channel><title>Quay</title>{"".join(items)}</channel></rss>'
    return answer(body, content_type="application/rss+xml", etag='"f"', **headers)


def page(text: str, canonical: str = "", **headers: str) -> bytes:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    paragraphs = "".join(f"<p>{text} Part {number} of it.</p>" for number in range(3))
    title = "Ferry stays in harbour"
    body = f"<!doctype html><title>{title}</title>{link}<article><h1>{title}</h1>{paragraphs}</article>"
    return answer(body, **headers)


class Town:
    """A lake, a folder of sources and a scripted web, polled at instants."""

    def __init__(self, folder: Path) -> None:
        self.scripts: dict[str, Any] = {}
        self.web = Aside(self.scripts)
        (folder / "sources").mkdir()
        self._folder = folder
        self.settings = Settings(
            lake=str(folder / "lake"), sources=str(folder / "sources"), connect_to=self.web.connect_to,
            host_gap=0.0, model="none", shards=4,
        )  # fmt: skip

    def source(self, slug: str, *lines: str) -> None:
        (self._folder / "sources" / f"{slug}.toml").write_text(SOURCE + "\n".join(lines) + "\n")

    def at(self, hours: float, settle: bool = True, force: bool = False) -> list[Asked]:
        """Poll so long after dawn; gives what was asked of the web."""
        self.web.asked.clear()
        settings = replace(self.settings, now=(DAWN + timedelta(hours=hours)).isoformat())
        for batch in live_runs.resolve_live(settings):
            live_runs.fetch_live(settings, batch, force)
            live_runs.clean_live(settings, batch.id)
        if settle:
            list(run.settle_all(settings))
        return [asked for asked in self.web.asked if not asked.path.endswith((".txt", ".json"))]

    def rows(self, dataset: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = Lake.open(self.settings.lake).dataset(dataset).to_pylist()
        return rows
