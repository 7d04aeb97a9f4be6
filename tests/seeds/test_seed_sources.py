"""The source files that come with the project: many countries and languages, off, and in order."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from publishers import sites

from dateline.edges.sources import load
from dateline.settings import ROOT

SEEDS = Path(ROOT) / "seeds"


def test_the_real_sources_are_many_and_off() -> None:
    sources = load(SEEDS / "sources")
    assert len(sources) >= 45
    assert len({source.country for source in sources}) >= 25
    assert len({source.language.split("-")[0] for source in sources}) >= 15
    assert not any(source.enabled for source in sources)
    assert all(source.timezone for source in sources)
    assert not any(urlsplit(feed).hostname.endswith(".test") for s in sources for feed in s.feeds)


def test_the_sample_sources_are_the_publishers_of_the_newsroom() -> None:
    sources = load(SEEDS / "newsroom" / "sources")
    rooms = {site.host: f"http://{site.host}{site.facts['feed']['path']}" for site in sites().values()}
    assert {urlsplit(s.home).hostname: s.feeds[0] for s in sources} == rooms
    assert all(source.enabled for source in sources)
    assert len({source.language.split("-")[0] for source in sources}) == 3


def test_the_readme_gives_the_true_numbers() -> None:
    sources = load(SEEDS / "sources")
    countries = {source.country for source in sources}
    languages = {source.language.split("-")[0] for source in sources}
    told = (
        f"{len(sources)} real public news feeds of {len(countries)} countries in {len(languages)} languages"
    )
    assert told in (SEEDS / "README.md").read_text("utf-8")
