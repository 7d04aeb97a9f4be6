"""`dateline sources add` on the sample newsroom: what it prints, what it writes, what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from serve import Newsroom
from typer.testing import CliRunner, Result

from dateline.cli.sources import app
from dateline.edges.new_source import write_source
from dateline.edges.sources import load
from dateline.errors import DatelineError, UsageError

NOW = "2026-03-25T06:00:00Z"
COURIER = "http://www.harbour-courier.test/"


@pytest.fixture
def newsroom(monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    with Newsroom(NOW) as room:
        settings = {"CONNECT_TO": room.connect_to, "NOW": NOW, "HOST_GAP": "0"}
        for name, value in settings.items():
            monkeypatch.setenv(f"DATELINE_{name}", value)
        yield room


def add(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["add", *words, "--folder", str(folder)])


@pytest.mark.usefixtures("newsroom")
def test_a_site_becomes_a_source_file(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    told = add(folder, COURIER)
    assert told.exit_code == 0, told.exception
    assert f"asked {COURIER}feed.xml: 200" in told.stderr
    assert told.stdout.splitlines() == [
        f"feed\t{COURIER}feed.xml\t6 entries, newest 2026-03-25T05:10:00+00:00",
        "nothing at 7 usual places",
        f"{folder / 'harbour-courier.toml'}: off; `dateline sources enable harbour-courier` turns it on",
    ]
    (source,) = load(folder)
    assert (source.name, source.home, source.feeds) == ("Harbour Courier", COURIER, (f"{COURIER}feed.xml",))
    assert (source.language, source.country, source.enabled) == ("en-GB", "GB", False)


@pytest.mark.usefixtures("newsroom")
def test_what_the_caller_says_comes_first_and_times_without_a_zone_are_told(tmp_path: Path) -> None:
    place = "www.tasman-post.test/"
    words = ["--language", "en-AU", "--name", 'The "Post"', "--slug", "post", "--enable"]
    told = add(tmp_path, f"http://{place}", *words)
    assert "times come without a zone" in told.output
    (source,) = load(tmp_path)
    assert (source.slug, source.name, source.country, source.enabled) == ("post", 'The "Post"', "AU", True)
    (tmp_path / "post.toml").unlink()
    assert add(tmp_path, COURIER, "--language", "en-IE", "--country", "GB").exit_code == 0
    assert load(tmp_path)[0].language == "en-IE"
    told = add(tmp_path, f"http://{place}", *words, "--timezone", "Australia/Hobart")
    assert "without a zone" not in told.output
    assert load(tmp_path)[1].timezone == "Australia/Hobart"


@pytest.mark.usefixtures("newsroom")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([COURIER, "--country", "Britain"], "--country: 'Britain' is no ISO"),
        (["ftp://www.harbour-courier.test/"], "no http"),
        (["http://www.prairie-ledger.test/nowhere", "--language", "en", "--slug", "x"], "country"),
        ([COURIER, "--slug", "../x"], "is no slug"),
    ],
)
def test_what_can_not_be_used_writes_nothing(tmp_path: Path, words: list[str], said: str) -> None:
    told = add(tmp_path, *words)
    assert isinstance(told.exception, DatelineError)
    assert said in str(told.exception)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("newsroom")
def test_a_publisher_is_added_once(tmp_path: Path) -> None:
    add(tmp_path, COURIER)
    before = (tmp_path / "harbour-courier.toml").read_bytes()
    for words in ([COURIER], [f"{COURIER}feed.xml"], [f"{COURIER}other", "--slug", "harbour-courier"]):
        told = add(tmp_path, *words)
        assert "already" in str(told.exception)
        assert "asked" not in told.stderr
    again = add(tmp_path, COURIER, "--slug", "courier-two")
    assert isinstance(again.exception, UsageError)
    assert "stands in harbour-courier.toml already" in str(again.exception)
    assert (tmp_path / "harbour-courier.toml").read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


def test_the_live_web_wants_a_contact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_CONTACT", raising=False)
    told = add(tmp_path, "https://www.harbour-courier.example/")
    assert isinstance(told.exception, UsageError)
    assert "DATELINE_CONTACT" in str(told.exception)


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    table = {"name": 'A "\\ é', "home": COURIER, "feeds": [f"{COURIER}a", f"{COURIER}b"], "language": "en",
             "country": "GB", "enabled": False}  # fmt: skip
    path = write_source(tmp_path, "courier", table)
    assert load(tmp_path)[0].name == 'A "\\ é'
    before = path.read_bytes()
    with pytest.raises(UsageError, match="is there already"):
        write_source(tmp_path, "courier", {**table, "feeds": [f"{COURIER}c"]})
    assert path.read_bytes() == before


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "10.0.0.7", "[::1]", "paper.localhost"])
def test_a_private_address_is_refused_as_one(tmp_path: Path, host: str) -> None:
    for url in (f"http://{host}/", host):
        told = add(tmp_path, url)
        assert isinstance(told.exception, UsageError)
        assert "is no public address" in str(told.exception)
        assert "DATELINE_CONNECT_TO" in str(told.exception)
