"""The sample news move by polls: six hours pass after each, and what a lake has seen is past."""

from __future__ import annotations

import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sample_news
from sample_news import SampleNews

from dateline.edges.clock import Clock
from dateline.edges.lake import Lake
from dateline.edges.lake.receipts import Receipt, batch_key, write_receipt
from dateline.settings import from_environment


@pytest.fixture(autouse=True)
def _brief(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample_news, "QUIET", 0.0)
    monkeypatch.setattr(sample_news, "QUIETER", 0.4)


def ask(news: SampleNews, host: str, path: str) -> None:
    url = f"http://127.0.0.1:{news.room.port}{path}"
    urllib.request.urlopen(urllib.request.Request(url, headers={"Host": host}), timeout=10).read()


def poll(news: SampleNews) -> None:
    for site in news.room.sites.values():
        ask(news, site.host, site.facts["feed"]["path"])


def test_time_passes_after_a_poll(tmp_path: Path) -> None:
    with SampleNews(tmp_path / "now", str(tmp_path / "lake")) as news:
        clock = from_environment(news.variables())
        assert Clock.of(clock).now() == datetime(2026, 3, 25, 6, tzinfo=UTC)
        assert news.tick() is None
        for hour in (12, 18):
            poll(news)
            assert news.tick() == Clock.of(clock).now() == datetime(2026, 3, 25, hour, tzinfo=UTC)
            assert news.tick() is None


def test_a_poll_that_missed_someone_is_over_later(tmp_path: Path) -> None:
    with SampleNews(tmp_path / "now", str(tmp_path / "lake")) as news:
        site = next(iter(news.room.sites.values()))
        ask(news, site.host, site.facts["feed"]["path"])
        assert news.tick() is None
        time.sleep(0.5)
        assert news.tick() is not None


def test_what_a_lake_has_seen_is_past(tmp_path: Path) -> None:
    lake = Lake.open(str(tmp_path / "lake"))
    for instant in ("2026-03-25T18:00:00+00:00", "2026-03-25T06:00:00+00:00"):
        for name in (f"live/{instant}/000/0", "archive/2026/all"):
            write_receipt(lake.store, Receipt("fetch", batch_key(name), name, {}))
    news = SampleNews(tmp_path / "now", str(tmp_path / "lake"))
    news.room.server.server_close()
    assert news.room.now == datetime(2026, 3, 26, 0, tzinfo=UTC)
