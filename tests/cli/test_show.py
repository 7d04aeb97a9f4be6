"""`dateline show` on a small settled lake: a day, or a cluster."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.cli.main import main
from dateline.settings import Settings
from dateline.text.urls import article_id
from settled import take_in

FERRY = (
    "The ferry to Vella sails again on Monday, the harbour master said, after a winter in which the island "
    "had been reached by nothing but the mail boat and now and then by a helicopter of the coast guard."
)
CREW = (
    "Its crew of nine had waited since March for a part from Turin. The part had been sent twice, and both "
    "times to another port of the same name, so that in the end the engineer went to fetch it by himself."
)
FARE = (
    "The fare stays at four euros for those who live on the island, and at nine for whoever visits it. Dogs "
    "go free. The council has asked for a late sailing on Fridays, and the company wants to think about it."
)
MORE = (
    "Nobody has yet said who pays for the winter. The island's shop counts losses of its own, and has hung "
    "the bill of the helicopter, which came to it by mistake, in the window between the apples and the rope."
)
OTHER = (
    "Two trains met on one track near Halden on Friday morning and stopped a stone's throw apart. The "
    "drivers climbed down, shook hands and telephoned. An inquiry will ask why the signal showed green."
)


def line(site: str, at: str, *paragraphs: str, **facts: Any) -> dict[str, Any]:
    url = f"https://www.{site}.test/a"
    return {"url": url, "title": f"Of {site}", "text": "\n\n".join(paragraphs), "published": at} | facts


LINES = [
    line("flash", "2026-03-20T07:00:00Z", FERRY),
    line("wire", "2026-03-20T08:00:00Z", FERRY, CREW, FARE),
    line("copy", "2026-03-20T09:00:00Z", FERRY, CREW, FARE),
    line("near", "2026-03-21T09:00:00Z", FERRY, CREW.replace("nine", "eleven"), FARE),
    line("part", "2026-03-22T09:00:00Z", CREW, FARE[:120], title="Of part"),
    line("other", "2026-03-22T10:00:00Z", OTHER),
    line("again", "2026-02-01T10:00:00Z", f"{MORE} That was in February."),
    line("february", "2026-02-02T10:00:00Z", f"{MORE} That was in February."),
    line("again", "2026-03-22T11:00:00Z", f"{MORE} That was in March."),
    {"title": "No day", "text": f"{MORE}\n\n{OTHER[:60]}"},
]
IDS = {text["title"]: article_id(url=text["url"]) for text in LINES if "url" in text}


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("show")
    (folder / "in").mkdir()
    (folder / "in/news.jsonl").write_text("".join(json.dumps(text) + "\n" for text in LINES))
    settings = Settings(lake=str(folder / "lake"), model="none", workers=1)
    take_in(settings, folder / "in", "jsonl")
    return settings.lake


def shown(capsys: pytest.CaptureFixture[str], lake: str, *arguments: str, code: int = 0) -> str:
    with pytest.raises(SystemExit) as ended:
        main(["show", *arguments, "--lake", lake])
    told = capsys.readouterr()
    assert ended.value.code == code, told.err
    return told.err if code else told.out


def test_a_day(lake: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = shown(capsys, lake, "2026-03-20")
    assert "articles of 2026-03-20" in told
    assert "exact: Of wire" in told


@pytest.mark.parametrize("title", ["Of flash", "Of wire", "Of near", "Of part"])
def test_a_cluster_by_any_of_its_articles(title: str, lake: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = shown(capsys, lake, "--cluster", IDS[title])
    assert told.startswith(f"cluster {IDS['Of flash']} of 2026-03-20: 5 articles")
    for text in LINES[:5]:
        assert text["title"] in told
    for link in ("first", "extends 0 ", "exact 1 1.00", "near 1 ", "contained 1 "):
        assert f" {link}" in told
    assert "Of other" not in told
    assert "[-" in told


def test_the_order_is_that_of_publication(lake: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = shown(capsys, lake, "--cluster", IDS["Of near"], "--json")
    rows = [json.loads(text) for text in told.splitlines()]
    assert [row["title"] for row in rows] == [text["title"] for text in LINES[:5]]
    assert {(row["root_id"], row["root_date"]) for row in rows} == {(IDS["Of flash"], "2026-03-20")}
    assert [row["day"] for row in rows] == ["2026-03-20"] * 3 + ["2026-03-21", "2026-03-22"]
    assert [row["depth"] > 0 for row in rows] == [False, True, True, True, True]
    assert rows[0]["differences"] == []
    assert rows[1]["differences"] == [{"root": None, "member": CREW}, {"root": None, "member": FARE}]
    assert [link["kind"] for link in rows[2]["links"]] == [None, "exact"]


def test_the_start_of_an_id_is_enough(lake: str, capsys: pytest.CaptureFixture[str]) -> None:
    whole = shown(capsys, lake, "--cluster", IDS["Of near"])
    assert shown(capsys, lake, "--cluster", IDS["Of near"][:6].upper()) == whole


def test_an_article_alone(lake: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = shown(capsys, lake, "--cluster", IDS["Of other"])
    assert f"cluster {IDS['Of other']} of 2026-03-" in told
    assert told.count("1 article") == 1


def test_an_article_of_two_days_further_apart_than_the_window(
    lake: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for title, days in (("Of again", ["2026-03-22"]), ("Of february", ["2026-02-01", "2026-02-02"])):
        rows = shown(capsys, lake, "--cluster", IDS[title], "--json").splitlines()
        assert [json.loads(row)["day"] for row in rows] == days


def test_an_article_of_unknown_day(lake: str, capsys: pytest.CaptureFixture[str]) -> None:
    row = json.loads(shown(capsys, lake, "__HIVE_DEFAULT_PARTITION__", "--json").splitlines()[0])
    told = shown(capsys, lake, "--cluster", row["article_id"])
    assert "unknown" in told
    assert "No day" in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "a day or --cluster ID is wanted, and one of them only"),
        (["2026-03-20", "--cluster", "abcdef"], "one of them only"),
        (["2026-03-20", "--all"], "--all goes with --cluster"),
        (["--cluster", "abc"], "6 hex digits"),
        (["--cluster", "https://www.wire.test/a"], "6 hex digits"),
        (["--cluster", ""], "6 hex digits"),
        (["--cluster", "0" * 32], f"no article of LAKE has the id '{'0' * 32}'"),
        (["2026-03-30"], "is not published"),
    ],
)
def test_a_mistake_is_one_sentence(
    arguments: list[str], said: str, lake: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = shown(capsys, lake, *arguments, code=2).replace(lake, "LAKE").replace(Path(lake).as_uri(), "LAKE")
    assert said in told
    assert told.startswith("dateline: ")
    assert told.count("\n") == 1


def test_an_id_that_several_begin_with(
    lake: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.cluster.LEAST", 0)
    told = shown(capsys, lake, "--cluster", "", code=2)
    assert "9 articles have ids that begin with ''" in told


def test_a_lake_without_clusters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lake").mkdir()
    told = shown(capsys, str(tmp_path / "lake"), "--cluster", "abcdef", code=2)
    assert told.count("\n") == 1


def test_the_days_before_the_root_are_not_read(lake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.cluster import members
    from dateline.edges.lake import Lake

    read: list[tuple[str, date | None]] = []
    reader = Lake.read_day

    def noted(self: Lake, dataset: str, day: date | None, columns: list[str] | None = None) -> Any:
        read.append((dataset, day))
        return reader(self, dataset, day, columns)

    monkeypatch.setattr(Lake, "read_day", noted)
    assert len(members(Lake.open(lake, create=False), IDS["Of other"])) == 1
    assert {day for dataset, day in read if dataset == "articles"} == {date(2026, 3, 22)}


def test_a_cluster_whose_root_is_not_published_yet(
    lake: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "lake"
    shutil.copytree(lake, copy)
    shutil.rmtree(copy / "articles" / "date=2026-03-20")
    for title in ("Of flash", "Of near"):
        told = shown(capsys, str(copy), "--cluster", IDS[title], code=2)
        assert f"{IDS['Of flash']}, the first article of this cluster, is not published yet" in told
