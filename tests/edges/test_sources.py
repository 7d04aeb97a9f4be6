"""Source files are read strictly, and turned on and off without touching anything else in them."""

from __future__ import annotations

import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from dateline.cli.sources import app
from dateline.edges.source_values import KEYS
from dateline.edges.sources import Source, enable, load, mistakes, survey
from dateline.errors import UsageError

GOOD = """# The paper of record.
name = "Harbour Courier"
home = "https://www.harbour-courier.test/"
feeds = ["https://www.harbour-courier.test/feed.xml"]
language = "en-GB"
country = "GB"
timezone = "Europe/London"   # they give none
enabled = false  # not yet
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "harbour-courier.toml").write_text(GOOD)
    other = GOOD.replace("arbour-courier", "illtop-echo").replace("Harbour Courier", "Hilltop Echo")
    (tmp_path / "hilltop-echo.toml").write_text(other)
    (tmp_path / "README.md").write_text("not a source")
    return tmp_path


def test_every_key_is_read(tmp_path: Path) -> None:
    (tmp_path / "full.toml").write_text(
        GOOD
        + 'licence = "CC BY 4.0"\nnotes = """two\nlines"""\nvalid_from = 2024-01-01\n'
        + "valid_until = 2026-12-31\ngap_seconds = 2\nmax_articles = 50\n"
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


def test_one_feed_has_one_owner(folder: Path) -> None:
    (folder / "twin.toml").write_text(GOOD)
    with pytest.raises(UsageError, match=r"twin\.toml: feeds: .* harbour-courier\.toml"):
        load(folder)
    assert len(mistakes(folder)) == 1


def test_check_tells_every_mistake_at_once(folder: Path) -> None:
    for slug in ("bad-a", "bad-b"):
        (folder / f"{slug}.toml").write_text("name = 1")
    assert [line.split(":")[0] for line in mistakes(folder)] == ["bad-a.toml", "bad-b.toml"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_enabling_changes_one_word(folder: Path, end: str) -> None:
    path = folder / "harbour-courier.toml"
    path.write_bytes(GOOD.replace("\n", end).encode())
    path.chmod(0o640)
    before = path.read_bytes()
    assert enable(folder, ["harbour-courier"], on=True) == ["harbour-courier"]
    assert path.read_bytes() == before.replace(b"enabled = false", b"enabled = true")
    assert path.stat().st_mode & 0o777 == 0o640
    assert enable(folder, ["harbour-courier"], on=True) == []
    assert enable(folder, ["harbour-courier"] * 2, on=False) == ["harbour-courier"]
    assert path.read_bytes() == before
    assert sorted(p.name for p in folder.iterdir()) == [
        "README.md", "harbour-courier.toml", "hilltop-echo.toml",
    ]  # fmt: skip


def test_enabling_adds_the_line_where_there_is_none(folder: Path) -> None:
    path = folder / "harbour-courier.toml"
    path.write_text(GOOD.replace("enabled = false  # not yet\n", "").rstrip("\n"))
    enable(folder, ["harbour-courier"], on=True)
    assert path.read_text().endswith("# they give none\nenabled = true\n")
    assert load(folder)[0].enabled


def test_enabling_leaves_a_file_alone_that_it_cannot_read_for_certain(folder: Path) -> None:
    path = folder / "harbour-courier.toml"
    path.write_text('notes = """\nenabled = false\n"""\n' + GOOD)
    before = path.read_text()
    with pytest.raises(UsageError, match="by hand"):
        enable(folder, ["harbour-courier"], on=True)
    assert path.read_text() == before


def test_an_unknown_slug_changes_nothing_and_is_told_its_neighbours(folder: Path) -> None:
    with pytest.raises(UsageError, match="do you mean harbour-courier"):
        enable(folder, ["hilltop-echo", "harbor-courier"], on=True)
    with pytest.raises(UsageError, match="dateline sources"):
        enable(folder, ["../../etc/passwd"], on=True)
    assert not any(source.enabled for source in load(folder))


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


def test_the_command_lists_switches_and_checks(folder: Path) -> None:
    run, place = CliRunner().invoke, ["--folder", str(folder)]
    listed = run(app, ["list", *place])
    assert listed.output.splitlines() == [
        "harbour-courier\tHarbour Courier\tGB\ten-GB\t1\tno\t\t",
        "hilltop-echo\tHilltop Echo\tGB\ten-GB\t1\tno\t\t",
    ]
    switched = run(app, ["enable", "hilltop-echo", *place])
    assert (switched.exit_code, switched.output) == (0, "hilltop-echo: enabled\n")
    assert run(app, ["enable", "hilltop-echo", *place]).output == "hilltop-echo: was enabled already\n"
    assert run(app, ["disable", "hilltop-echo", *place]).output == "hilltop-echo: disabled\n"
    assert run(app, ["check", *place]).output == "2 source files are in order\n"
    (folder / "bad-one.toml").write_text("name = 1")
    failed = run(app, ["check", *place])
    assert isinstance(failed.exception, UsageError)
    assert failed.output.startswith("bad-one.toml: name: ")


def test_the_command_alone_lists(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_SOURCES", str(folder))
    assert CliRunner().invoke(app, []).output.startswith("harbour-courier\t")


def test_the_group_takes_the_folder_and_the_lake_too(folder: Path, tmp_path: Path) -> None:
    run, place = CliRunner().invoke, ["--folder", str(folder), "--lake", str(tmp_path / "lake")]
    assert run(app, place).output.startswith("harbour-courier\t")
    assert run(app, [*place, "list"]).output.startswith("harbour-courier\t")
    assert run(app, [*place, "enable", "hilltop-echo"]).output == "hilltop-echo: enabled\n"
    assert load(folder)[1].enabled
    assert run(app, [*place, "check"]).output == "2 source files are in order\n"
    nearest = run(app, ["--folder", str(tmp_path / "nowhere"), "list", "--folder", str(folder)])
    assert nearest.output.startswith("harbour-courier\t")


def test_a_broken_file_is_named_and_the_others_go_on(folder: Path) -> None:
    (folder / "bad-one.toml").write_text("name = ")
    (folder / "twin.toml").write_text(GOOD)
    found, wrong = survey(folder)
    assert [source.slug for source in found] == ["harbour-courier", "hilltop-echo"]
    assert list(wrong) == ["bad-one", "twin"]
    with pytest.raises(UsageError, match=r"bad-one\.toml: no TOML"):
        load(folder)
    run, place = CliRunner().invoke, ["--folder", str(folder)]
    listed = run(app, ["list", *place])
    assert listed.exit_code == 0
    assert [line.split("\t")[0] for line in listed.stdout.splitlines()] == ["harbour-courier", "hilltop-echo"]
    switched = run(app, ["enable", "hilltop-echo", *place])
    assert (switched.exit_code, switched.stdout) == (0, "hilltop-echo: enabled\n")
    assert run(app, ["disable", "hilltop-echo", *place]).stdout == "hilltop-echo: disabled\n"


def test_a_broken_file_is_told_on_standard_error(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "bad-one.toml").write_text("name = ")
    monkeypatch.setattr("sys.argv", ["sources"])
    for words in (["list"], ["enable", "hilltop-echo"], ["disable", "hilltop-echo"]):
        app([*words, "--folder", str(folder)], standalone_mode=False)
        told = capsys.readouterr()
        assert told.err.startswith("bad-one.toml: no TOML: ")
        assert "bad-one" not in told.out


def test_what_is_asked_of_a_broken_file_fails_after_the_others(folder: Path) -> None:
    (folder / "bad-one.toml").write_text("name = ")
    switched = CliRunner().invoke(app, ["enable", "bad-one", "hilltop-echo", "--folder", str(folder)])
    assert isinstance(switched.exception, UsageError)
    assert "bad-one" in str(switched.exception)
    assert switched.stdout == "hilltop-echo: enabled\n"
    assert (folder / "bad-one.toml").read_text() == "name = "
