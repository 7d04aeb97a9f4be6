"""An address by which a source is known is never taken for an article's in silence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dateline.edges.lake import Lake, tombstones
from dateline.errors import UsageError
from dateline.settings import Settings
from source_files import GOOD
from taken import URL, settings_of, state, take_down, take_in

SOURCE = GOOD + 'sitemaps = ["https://www.harbour-courier.test/map.xml"]\n'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = settings_of(tmp_path)
    take_in(made, "first")
    (tmp_path / "sources" / "harbour.toml").write_text(SOURCE)
    (tmp_path / "sources" / "tern.toml").write_text(SOURCE.replace("harbour-courier", "tern-post"))
    return made


def known(settings: Settings) -> list[str]:
    """What there are tombstones of."""
    return [one.value for one in tombstones.tombstones(Lake.open(settings.lake).store)]


@pytest.mark.parametrize(
    "what",
    [
        "https://www.harbour-courier.test/feed.xml",
        "http://harbour-courier.test/feed.xml?utm_source=x",
        "https://www.harbour-courier.test",
        "https://www.harbour-courier.test/map.xml",
        "www.harbour-courier.test",
        "harbour-courier.test/feed.xml",
    ],
)
def test_it_is_refused_with_the_name_to_give(settings: Settings, what: str) -> None:
    before = state(settings)
    with pytest.raises(UsageError, match=r"of the source harbour:.*`dateline forget harbour`"):
        take_down(settings, what)
    assert known(settings) == []
    assert state(settings) == before


def test_other_addresses_of_its_host_are_articles(settings: Settings) -> None:
    take_down(settings, "https://www.harbour-courier.test/feed.xml/a-story")
    assert len(known(settings)) == 1


def test_what_was_begun_goes_on_though_a_source_came_to_be_known_by_it(settings: Settings) -> None:
    take_down(settings)
    file = Path(settings.sources) / "gull.toml"
    told = SOURCE.replace("https://www.harbour-courier.test/map.xml", URL)
    file.write_text(told.replace("harbour-courier", "gull-courier"))
    take_down(settings)
    assert len(known(settings)) == 1


def test_a_tombstone_needs_no_folder_of_sources(settings: Settings) -> None:
    with pytest.raises(UsageError, match="the folder of sources"):  # to settle needs one
        take_down(replace(settings, sources=f"{settings.sources}/none"))
    assert len(known(settings)) == 1
