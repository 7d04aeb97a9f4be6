"""`dateline profile` on a real small lake: learnt, shown, put to use, and only its own source made again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dateline import profiles, reprocess
from dateline.cli.main import main
from dateline.edges.archive import plan
from dateline.edges.lake import Lake
from dateline.run import import_batch
from dateline.settings import Settings, from_environment
from dateline.settle import Span
from source_files import GOOD

Call = Callable[..., tuple[int, str, str]]
SIGN_UP = "Have the tides of Sandwick in your inbox every morning before breakfast, for nothing."
PLACES = (
    "Vigo",
    "Tartu",
    "Split",
    "Ghent",
    "Porto",
    "Turku",
    "Galway",
    "Ribe",
    "Lund",
    "Kiel",
    "Cadiz",
    "Nice",
    "Bari",
)
PAGE = (
    "<!doctype html><html lang=en><title>Mill of {place} grinds again | Isles and Sounds</title><article>"
    "<h1>Mill of {place} grinds again</h1>"
    "<p class=lede>The tide mill of {place} ground its first barley on Monday, before ninety people.</p>"
    "<p>Carpenters from {place} had cut its wheel from drawings that the parish kept in a chest there.</p>"
    "<p>The trust of {place} will sell the meal at the quay, and bake of what it can't sell by noon.</p>"
    "<p>{foot}</p></article></html>"
)


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.setenv("DATELINE_MODEL", "none")
    monkeypatch.setenv("DATELINE_LAKE", str(tmp_path / "lake"))
    monkeypatch.setenv("DATELINE_SOURCES", str(tmp_path / "sources"))
    (tmp_path / "sources").mkdir()

    def run(*arguments: str) -> tuple[int, str, str]:
        code = 0
        try:
            main([*arguments])
        except SystemExit as exited:
            code = int(exited.code or 0)
        return code, *capsys.readouterr()

    return run


def take_in(
    folder: Path, lake: Path, name: str, places: Sequence[str], foot: str = SIGN_UP, day: str = "2024-05-06"
) -> None:
    """A batch of an archive, whose name is the source."""
    place = folder / f"{name}-{places[0]}-{day}"
    place.mkdir()
    manifest = {}
    for town in places:
        path = place / f"{town}.html"
        path.write_text(PAGE.format(place=town, foot=foot))
        manifest[str(path)] = {"url": f"https://{name}.example/mill-of-{town.lower()}"}
    for batch in plan(place, "html", name, manifest=manifest):
        import_batch(Settings(lake=str(lake), model="none"), batch, day, manifest)


def texts(name: str) -> list[str]:
    rows = Lake.open(from_environment().lake).dataset("documents", ["source", "text"]).to_pylist()
    return [row["text"] for row in rows if row["source"] == name]


def test_learn_show_and_make_again(call: Call, tmp_path: Path) -> None:
    take_in(tmp_path, tmp_path / "lake", "bugle", PLACES)
    take_in(tmp_path, tmp_path / "lake", "gull", PLACES[:2])
    assert all(SIGN_UP in text for text in texts("bugle"))
    code, told, _ = call("profile", "learn", "bugle")
    path = tmp_path / "sources/profiles/bugle.json"
    assert (code, told.splitlines()) == (0, [
        "bugle: 1 paragraphs, 1 parts of titles and 0 default authors recur in 13 articles",
        f"{path}: written",
        "documents made before are as they were; `dateline reprocess --reason …` makes them again",
    ])  # fmt: skip
    assert call("profile", "learn", "bugle")[1].splitlines()[1:] == [f"{path}: as it was"]
    assert call("profile", "show", "bugle")[1].splitlines() == [
        "bugle: 1 paragraphs, 1 parts of titles and 0 default authors recur in 13 articles",
        f"13\tparagraph (edge)\t{SIGN_UP}",
        "13\tpart of titles\tIsles and Sounds",
    ]
    stale = reprocess.stale_batches(from_environment(), Span())
    assert {batch.id.split("/")[1] for batch in stale} == {"bugle"}
    assert call("reprocess", "--reason", "a profile")[0] == 0
    assert len(texts("bugle")) == 13
    assert not any(SIGN_UP in text for text in texts("bugle"))
    assert all(SIGN_UP in text for text in texts("gull"))
    assert reprocess.plan(from_environment(), Span()).is_empty
    assert call("profile", "learn", "bugle")[1].splitlines()[1:] == [f"{path}: as it was"], (
        "it reads captures"
    )


def test_selectors_in_a_source_file_make_its_own_documents_again(call: Call, tmp_path: Path) -> None:
    for name in ("bugle", "gull"):
        take_in(tmp_path, tmp_path / "lake", name, PLACES[:2])
    path = tmp_path / "sources/bugle.toml"
    path.write_text(f'{GOOD}[[selectors]]\nfrom = 2024-05-07\ndrop = ["p"]\n')
    assert call("reprocess", "--reason", "selectors")[0] == 0
    before = sorted(texts("bugle"))
    path.write_text(path.read_text().replace('2024-05-07\ndrop = ["p"]', '2024-05-06\nbody = ".lede"'))
    stale = reprocess.stale_batches(from_environment(), Span())
    assert [batch.id.split("/")[1] for batch in stale] == ["bugle"] * 2
    assert call("reprocess", "--reason", "selectors")[0] == 0
    assert sorted(texts("bugle")) == sorted(text.split("\n\n")[0] for text in before)
    assert all(SIGN_UP in text for text in texts("gull"))


def test_batches_and_their_order_change_nothing(call: Call, tmp_path: Path) -> None:
    made = []
    for number, groups in enumerate(
        [(PLACES,), (PLACES[7:], PLACES[:7]), (PLACES[1:3], PLACES[:7], PLACES[5:])]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        for group in groups:
            take_in(folder, folder / "lake", "bugle", group)
        assert call("profile", "learn", "bugle", "--lake", str(folder / "lake"))[0] == 0
        made.append((tmp_path / "sources/profiles/bugle.json").read_bytes())
    assert made[0] == made[1] == made[2]


def test_only_the_days_that_are_wanted_and_the_newest_capture_of_each_article(
    call: Call, tmp_path: Path
) -> None:
    take_in(
        tmp_path,
        tmp_path / "lake",
        "bugle",
        PLACES,
        foot="An older foot of the page, now gone.",
        day="2024-01-01",
    )
    take_in(tmp_path, tmp_path / "lake", "bugle", PLACES)

    def learnt(*days: str) -> list[str]:
        assert call("profile", "learn", "bugle", *days)[0] == 0
        found = json.loads((tmp_path / "sources/profiles/bugle.json").read_text("utf-8"))
        return [one["text"] for one in found["paragraphs"]]

    assert learnt() == [SIGN_UP]
    assert learnt("--to", "2024-03-01") == ["An older foot of the page, now gone."]
    assert learnt("--from", "2024-03-01") == [SIGN_UP]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("learn", "bugle"), "5 articles of 'bugle' are in "),
        (("learn", "nobody"), "0 articles of 'nobody' are in "),
        (("learn", "../bugle"), "'../bugle' can't name a file"),
        (("learn", "bugle", "--from", "2024-05-07", "--to", "2024-05-01"), "--from 2024-05-07 lies after"),
        (("learn", "bugle", "--from", "May"), "no day: 'May'"),
        (("learn", "bugle", "--lake", "nowhere"), "there is no lake"),
        (("show", "bugle"), "there is no profile of 'bugle'; `dateline profile learn bugle` makes one"),
    ],
)
def test_a_mistake_is_one_sentence(call: Call, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    take_in(tmp_path, tmp_path / "lake", "bugle", PLACES[:5])
    code, _, told = call("profile", *arguments)
    assert code == 2
    assert said in told
    assert not (tmp_path / "sources/profiles").exists()


BROKEN = [
    b"", b"[]", b"{", b"\xff", b'{"format": 2}', b'{"format": 1}', b'{"format": 1, "articles": true}',
    b'{"format": 1, "articles": 1, "paragraphs": [1]}', b'{"format": 1, "articles": 1, "paragraphs": {}}',
    b'{"format": 1, "articles": 1, "titles": [{"text": "", "articles": 1}]}',
    b'{"format": 1, "articles": 1, "titles": [{"text": "\\ud800", "articles": 1}]}',
    b'{"format": 1, "articles": 1, "paragraphs": [{"text": "a", "articles": 1, "place": "top"}]}',
    b'{"format": 1, "articles": 1, "paragraph": []}', b'{"format": 1, "articles": ' + b"9" * 5000 + b"}",
    b"[" * 100_000, b" " * (5 * 1024 * 1024),
]  # fmt: skip


@pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_profile_stops_a_run_and_says_what_to_do(call: Call, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "sources/profiles/bugle.json"
    path.parent.mkdir()
    path.write_bytes(data)
    for arguments in (("profile", "show", "bugle"), ("reprocess", "--reason", "x", "--dry-run")):
        Lake.open(str(tmp_path / "lake"))
        code, _, told = call(*arguments)
        assert (code, told.count("\n")) == (2, 1), told
        assert "bugle.json is no profile (" in told
        assert "run `dateline profile learn bugle`" in told


def test_a_broken_profile_is_learnt_anew_and_a_folder_that_is_no_folder_is_told(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(tmp_path, tmp_path / "lake", "bugle", PLACES)
    path = tmp_path / "elsewhere/bugle.json"
    path.parent.mkdir()
    path.write_bytes(b"{")
    monkeypatch.setenv("DATELINE_PROFILES", str(path.parent))
    assert call("profile", "learn", "bugle")[0] == 0
    assert json.loads(path.read_bytes())["articles"] == 13
    monkeypatch.setenv("DATELINE_PROFILES", str(path))
    code, _, told = call("profile", "learn", "bugle")
    assert (code, "can't be" in told) == (2, True)


def test_pages_without_end_are_not_read_without_end(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profiles, "MOST_PAGES", 12)
    take_in(tmp_path, tmp_path / "lake", "bugle", PLACES)
    assert "recur in 12 articles" in call("profile", "learn", "bugle")[1]
