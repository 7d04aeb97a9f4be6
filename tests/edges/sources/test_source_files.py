"""Source files are read strictly: a mistake names its file and its key."""

from __future__ import annotations

import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.edges.source_values import KEYS
from dateline.edges.sources import Source, load, mistakes
from dateline.errors import UsageError
from source_files import GOOD


def test_every_key_is_read(tmp_path: Path) -> None:
    (tmp_path / "full.toml").write_text(
        GOOD
        + 'licence = "CC BY 4.0"\nnotes = """two\nlines"""\nvalid_from = 2024-01-01\n'
        + "valid_until = 2026-12-31\ngap_seconds = 2\nmax_articles = 50\nrevisit = false\n"
        + 'sitemaps = ["https://www.harbour-courier.test/news.xml"]\n'
        + 'sections = ["https://www.harbour-courier.test/sea/"]\n'
    )
    assert load(tmp_path) == (
        Source(
            slug="full",
            name="Harbour Courier",
            home="https://www.harbour-courier.test/",
            feeds=("https://www.harbour-courier.test/feed.xml",),
            language="en-GB",
            country="GB",
            timezone="Europe/London",
            licence="CC BY 4.0",
            notes="two\nlines",
            enabled=False,
            valid_from=date(2024, 1, 1),
            valid_until=date(2026, 12, 31),
            gap_seconds=2.0,
            max_articles=50,
            sitemaps=("https://www.harbour-courier.test/news.xml",),
            sections=("https://www.harbour-courier.test/sea/",),
            revisit=False,
        ),
    )


def test_sources_come_sorted_and_only_from_toml_files(folder: Path) -> None:
    assert [source.slug for source in load(folder)] == ["harbour-courier", "hilltop-echo"]


BAD = [
    ('name = ""', "name"),
    ("name = 7", "name"),
    ('name = "two\\nlines"', "name"),
    ('feedz = "x"', "feedz: no such key; is it feeds"),
    ('home = "ftp://www.x.test/"', "home"),
    ('home = "www.x.test"', "home"),
    ('home = "http:///feed"', "home"),
    ('home = "http://localhost/"', "home"),
    ('home = "http://a:b@www.x.test/"', "home"),
    ('home = "http://www.x.test:99999/"', "home"),
    ('home = "http://[::1/"', "home"),
    ('home = "http://www.x.test/a b"', "home"),
    ("feeds = []", "feeds"),
    ('feeds = "http://www.x.test/rss"', "feeds"),
    ("feeds = [1]", "feeds"),
    ("sitemaps = []", "sitemaps"),
    ('sections = "http://www.x.test/sea/"', "sections"),
    ('revisit = "no"', "revisit"),
    ('feeds = ["http://www.x.test/rss", "http://www.x.test/rss"]', "feeds"),
    ('feeds = ["http://www.x.test/rss#top"]', "feeds"),
    ('language = "english"', "language"),
    ('language = "en_GB"', "language"),
    ('language = "EN"', "language"),
    ('country = "UKR"', "country"),
    ('country = "gb"', "country"),
    ('timezone = "Europe/Atlantis"', "timezone"),
    ('timezone = "Europe"', "timezone"),
    ('timezone = "../../etc/passwd"', "timezone"),
    ('timezone = "/etc/localtime"', "timezone"),
    ('timezone = "+01:00"', "timezone"),
    ('enabled = "yes"', "enabled"),
    ("enabled = 1", "enabled"),
    ('valid_from = "2024-01-01"', "valid_from"),
    ("valid_from = 2024-01-01T00:00:00Z", "valid_from"),
    ("valid_from = 2024-02-31", "TOML"),
    ("valid_from = 2025-01-01\nvalid_until = 2024-01-01", "valid_until"),
    ("gap_seconds = -1", "gap_seconds"),
    ("gap_seconds = nan", "gap_seconds"),
    ("gap_seconds = true", "gap_seconds"),
    ("gap_seconds = 1e9", "gap_seconds"),
    ("max_articles = 0", "max_articles"),
    ("max_articles = 1.5", "max_articles"),
    (f"max_articles = {'9' * 4000}", "max_articles"),
    (f"max_articles = {'9' * 5000}", "TOML"),
    ("[table]\nname = 1", "table"),
    ("name = [[[[", "TOML"),
    (f"name = {'[' * 20_000}", "TOML"),
]


@pytest.mark.parametrize(("line", "named"), BAD, ids=[f"{number}" for number in range(len(BAD))])
def test_a_mistake_names_file_and_key(tmp_path: Path, line: str, named: str) -> None:
    key = line.split(" ")[0]
    kept = [text for text in GOOD.splitlines() if not text.startswith(key)]
    (tmp_path / "wrong-one.toml").write_text("\n".join([*kept, line]))
    with pytest.raises(UsageError) as error:
        load(tmp_path)
    assert str(error.value).startswith("wrong-one.toml: ")
    assert named in str(error.value)
    assert len(str(error.value)) < 400


@pytest.mark.parametrize("key", ["name", "home", "feeds", "language", "country"])
def test_a_missing_key_is_a_mistake(tmp_path: Path, key: str) -> None:
    (tmp_path / "short.toml").write_text("".join(s for s in GOOD.splitlines(True) if not s.startswith(key)))
    with pytest.raises(UsageError, match=rf"short\.toml: {key}: is missing"):
        load(tmp_path)


@pytest.mark.parametrize("name", ["Upper.toml", "x.toml", "-dash.toml", "a b.toml", f"{'a' * 62}.toml"])
def test_a_file_name_that_is_no_slug_is_a_mistake(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(GOOD)
    with pytest.raises(UsageError, match="is named in"):
        load(tmp_path)


def test_what_is_no_text_or_too_long_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00name")
    with pytest.raises(UsageError, match="no TOML"):
        load(tmp_path)
    (tmp_path / "binary.toml").write_text("# " + "x" * 70_000)
    with pytest.raises(UsageError, match="bytes"):
        load(tmp_path)
    with pytest.raises(UsageError, match="can't be read"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize("key", ["feeds", "sitemaps", "sections"])
def test_one_feed_has_one_owner(folder: Path, key: str) -> None:
    (folder / "twin.toml").write_text(GOOD.replace("feeds", key))
    with pytest.raises(UsageError, match=rf"twin\.toml: {key}: .* harbour-courier\.toml"):
        load(folder)
    assert len(mistakes(folder)) == 1


@pytest.mark.parametrize("key", ["sitemaps", "sections"])
def test_a_source_without_feeds_has_sitemaps_or_sections(tmp_path: Path, key: str) -> None:
    (tmp_path / "harbour-courier.toml").write_text(GOOD.replace("feeds", key))
    (source,) = load(tmp_path)
    assert source.feeds == ()
    assert source.leads == getattr(source, key) == ("https://www.harbour-courier.test/feed.xml",)


def test_check_tells_every_mistake_at_once(folder: Path) -> None:
    for slug in ("bad-a", "bad-b"):
        (folder / f"{slug}.toml").write_text("name = 1")
    assert [line.split(":")[0] for line in mistakes(folder)] == ["bad-a.toml", "bad-b.toml"]


def test_a_source_is_live_on_its_days_only() -> None:
    source = Source("a-b", "A", "http://a.test/", ("http://a.test/f",), "en", "GB", enabled=True)
    assert source.is_live(date(2026, 3, 25))
    fenced = Source(
        "a-b", "A", "http://a.test/", ("http://a.test/f",), "en", "GB", enabled=True,
        valid_from=date(2026, 3, 24), valid_until=date(2026, 3, 25),
    )  # fmt: skip
    days = [date(2026, 3, day) for day in (23, 24, 25, 26)]
    assert [fenced.is_live(day) for day in days] == [False, True, True, False]


@given(st.sampled_from(sorted(KEYS)), st.text() | st.integers() | st.floats() | st.lists(st.text()))
def test_any_value_is_read_or_refused_in_one_sentence(key: str, value: object) -> None:
    message = ""
    try:
        KEYS[key](value)
    except UsageError as error:
        message = str(error)
    assert len(message) < 400


@given(st.text(string.ascii_letters + string.digits + "-", max_size=20))
def test_languages_are_told_by_their_form(tag: str) -> None:
    try:
        KEYS["language"](tag)
    except UsageError:
        return
    assert 2 <= len(tag.split("-")[0]) <= 3
    assert not tag.endswith("-")
