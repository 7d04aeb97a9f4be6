"""The sample newsroom and archive through every step, against what a person says they must give."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from serve import Newsroom

from dateline.edges.archive import plan
from dateline.edges.lake import Lake
from dateline.edges.sources import load
from dateline.health import inspect, of_sources
from dateline.live_runs import clean_live, fetch_live, resolve_live
from dateline.run import import_batch, settle_all
from dateline.settings import ROOT, Settings

NEWSROOM = json.loads((ROOT / "seeds/expected/newsroom.json").read_text("utf-8"))
ARCHIVE = json.loads((ROOT / "seeds/expected/archive.json").read_text("utf-8"))


def poll(settings: Settings) -> None:
    for batch in resolve_live(settings):
        fetch_live(settings, batch)
        clean_live(settings, batch.id)


def run_newsroom(folder: Path, archive: bool) -> tuple[Settings, list[set[str | None]]]:
    """Both polls, the archive before them if wanted, settled after each; URLs published after each poll."""
    seen = []
    with Newsroom(now=NEWSROOM["polls"][0]) as room:
        settings = Settings()
        for instant in NEWSROOM["polls"]:
            room.now = instant
            settings = Settings(
                lake=str(folder / "lake"),
                sources=str(ROOT / "seeds/newsroom/sources"),
                connect_to=room.connect_to,
                now=instant,
                host_gap=0.02,
            )
            if archive:
                for batch in plan(ROOT / "seeds/archive", "text", None):
                    import_batch(settings, batch, None, {})
            poll(settings)
            list(settle_all(settings))
            rows = Lake.open(settings.lake).dataset("articles").to_pylist()
            seen.append({plain(row["url"]) for row in rows})
    return settings, seen


def plain(url: str | None) -> str | None:
    """The address without the query that a feed added."""
    return url.partition("?")[0] if url else None


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    return run_newsroom(tmp_path_factory.mktemp("newsroom"), archive=False)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return run_newsroom(tmp_path_factory.mktemp("whole"), archive=True)[0]


def articles(settings: Settings) -> list[dict[str, Any]]:
    return Lake.open(settings.lake).dataset("articles").to_pylist()


def facts(row: dict[str, Any], names: dict[str, str | None]) -> dict[str, Any]:
    """What `expected` states, of a published row."""
    place = row["place_line"]["exact"] if row["place_line"] else None
    return {
        "title": row["title"],
        "source": row["source"],
        "authors": row["authors"],
        "date": str(row["date"]) if row["date"] else None,
        "precision": row["published_precision"],
        "published": row["published"],
        "language": row["language"].partition("-")[0],
        "version_count": row["version_count"],
        "dateline": row["dateline"],
        "place": place,
        "duplicate_kind": row["duplicate_kind"],
        "duplicate_of": names.get(row["duplicate_of"]),
        "extends": names.get(row["extends"]),
    }


def agree(row: dict[str, Any], wanted: dict[str, Any], names: dict[str, str | None]) -> list[str]:
    """Differences between a row and what is stated of it, in words."""
    found = facts(row, names)
    differences = []
    for name, value in wanted.items():
        if name in ("published", "updated"):
            if value is None:
                same = row[name] is None
            else:
                instant = datetime.fromisoformat(value)
                same = row[name] == instant if instant.tzinfo else str(row[name].date()) == value
        elif name == "text_starts":
            # A page may print its summary above the story.
            same = any(value in paragraph[:120] for paragraph in row["text"].split("\n\n")[:2])
        elif name == "text_ends":
            same = row["text"].endswith(value)
        elif name in found:
            same = found[name] == value
        else:
            continue
        if not same:
            shown = found.get(name, row.get(name, row["text"][-80:]))
            differences.append(
                f"{wanted.get('url') or wanted.get('path')}: {name} is {shown!r}, not {value!r}"
            )
    return differences


def test_every_article_of_the_newsroom_is_as_its_reader_would_say(newsroom):
    settings, _ = newsroom
    rows = articles(settings)
    names = {row["article_id"]: plain(row["url"]) for row in rows}
    by_url = {plain(row["url"]): row for row in rows}
    assert set(by_url) == {wanted["url"] for wanted in NEWSROOM["articles"]}
    assert [d for wanted in NEWSROOM["articles"] for d in agree(by_url[wanted["url"]], wanted, names)] == []


def test_the_newsroom_s_sums(newsroom):
    lake = Lake.open(newsroom[0].lake)
    rows = articles(newsroom[0])
    rejects = lake.dataset("rejects").to_pylist()
    documents = lake.dataset("documents", ["entry"]).num_rows
    assert {
        "documents": documents,
        "articles": len(rows),
        "folded_versions": sum(row["version_count"] - 1 for row in rows),
        "folded_refetches": documents - sum(row["version_count"] for row in rows),
        "rejects": len(rejects),
    } == NEWSROOM["sums"]
    reasons = {plain(row["url"]): row["reason"] for row in rejects}
    for wanted in NEWSROOM["rejects"]:
        assert reasons[wanted["url"]] in wanted["reasons"]


def test_what_was_tried_and_came_to_nothing_is_written_down(newsroom):
    attempts = Lake.open(newsroom[0].lake).dataset("attempts").to_pylist()
    for wanted in NEWSROOM["attempts"]:
        moments = NEWSROOM["polls"] if "poll" not in wanted else [NEWSROOM["polls"][wanted["poll"] - 1]]
        mine = [
            row
            for row in attempts
            if plain(row["url"]) == wanted["url"]
            and row["captured"] in [datetime.fromisoformat(moment) for moment in moments]
        ]
        assert any(
            all(
                row[name] == wanted[name] for name in wanted if name in ("outcome", "status", "redirected_to")
            )
            for row in mine
        ), wanted


def test_the_second_poll_brings_what_is_new(newsroom):
    _, (first, second) = newsroom
    assert second - first == set(NEWSROOM["first_poll_lacks"])


def test_every_article_of_the_archive_is_as_its_reader_would_say(whole):
    rows = articles(whole)
    names = {row["article_id"]: row["path"] or plain(row["url"]) for row in rows}
    by_path = {row["path"]: row for row in rows if row["path"]}
    with_newsroom = {item["path"]: item for item in ARCHIVE["with_newsroom"] if "path" in item}
    wanted = [item | with_newsroom.get(item["path"], {}) for item in ARCHIVE["articles"]]
    assert set(by_path) == {item["path"] for item in wanted}
    assert [d for item in wanted for d in agree(by_path[item["path"]], item, names)] == []
    lake = Lake.open(whole.lake)
    reasons = {row["path"]: row["reason"] for row in lake.dataset("rejects").to_pylist() if row["path"]}
    assert all(reasons[item["path"]] in item["reasons"] for item in ARCHIVE["rejects"])


def test_the_health_of_sources_is_read_from_the_attempts(newsroom):
    settings, _ = newsroom
    health = of_sources(settings, load(settings.sources))
    assert len(health) == 6
    last = datetime.fromisoformat(NEWSROOM["polls"][-1])
    assert {(one.last_answer, one.failing) for one in health.values()} == {(last, 0)}
    assert of_sources(replace(settings, lake=settings.lake + "-none"), load(settings.sources)) == {}


def test_the_whole_lake_keeps_its_promises(whole, newsroom):
    assert list(inspect(whole)) == []
    assert list(inspect(newsroom[0])) == []


def test_order_of_archive_and_polls_does_not_matter_to_what_is_published(whole, tmp_path):
    """The archive first, or after both polls: the same days, byte for byte."""
    settings, _ = run_newsroom(tmp_path, archive=False)
    for batch in reversed(plan(ROOT / "seeds/archive", "text", None)):
        import_batch(settings, batch, None, {})
    list(settle_all(settings))
    ours, theirs = Lake.open(settings.lake), Lake.open(whole.lake)
    for dataset in ("signatures", "duplicates", "clusters", "annotations", "articles"):
        for day in theirs.days(dataset):
            path = f"{dataset}/date={day or '__HIVE_DEFAULT_PARTITION__'}/part.parquet"
            assert ours.store.get(path) == theirs.store.get(path), path
