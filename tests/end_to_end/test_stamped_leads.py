"""Feeds and sitemaps that stamp the time on what never changes, and those that tell something new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from dateline import live_runs
from dateline.edges.lake import Lake
from dateline.politeness.ledger import of_lake
from scripted_town import DAWN, FIRST, THEN, Town, page
from scripted_web import answer

FERRY = "www.quay.test/ferry"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    yield made
    made.web.close()


def atom(hours: float, title: str = "Ferry stays in harbour", comments: int = 0) -> bytes:
    """A feed that says that its story changed this very hour."""
    stamp = (DAWN + timedelta(hours=hours)).isoformat()
    return answer(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title><id>quay</id><entry><id>ferry</id>'
        f'<title>{title}</title><link href="http://{FERRY}"/><published>2024-03-25T05:00:00Z</published>'
        f"<updated>{stamp}</updated><summary>No wind. {comments} comments</summary></entry></feed>",
        content_type="application/atom+xml",
    )


def sitemap(hours: float) -> bytes:
    stamp = (DAWN + timedelta(hours=hours)).isoformat()
    return answer(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<url><loc>http://{FERRY}</loc><lastmod>{stamp}</lastmod></url></urlset>",
        content_type="application/xml",
    )


def looks(town: Town, hours: float) -> list[str | None]:
    """The validators that the story was asked for with; None for a request without."""
    asked = town.at(hours, settle=False, force=True)
    return [one.headers.get("if-none-match") for one in asked if one.path == "/ferry"]


def pages(town: Town, dataset: str) -> list[dict]:
    rows = [row for row in town.rows(dataset) if row["input_kind"] == "page"]
    return sorted(rows, key=lambda row: row["captured"])


STAMPED = {
    "feed": ("feeds", lambda hours: atom(hours, comments=int(hours * 7))),
    "sitemap": ("sitemaps", sitemap),
}


@pytest.mark.parametrize("kind", STAMPED)
@pytest.mark.parametrize("tag", ['"1"', None])
def test_what_stays_the_same_is_asked_for_ever_more_rarely(town: Town, kind: str, tag: str | None) -> None:
    field, made = STAMPED[kind]
    town.source("quay", f'{field} = ["http://www.quay.test/start"]', "revisit = false")
    told = {"etag": tag} if tag else {}
    town.scripts[FERRY] = [page(FIRST, **told)] + [answer(b"", 304) if tag else page(FIRST)] * 30
    found = {}
    for hours in range(40):
        town.scripts["www.quay.test/start"] = made(hours)
        if sent := looks(town, hours):
            found[hours] = sent
    assert list(found) == [0, 1, 2, 4, 8, 16, 32]
    assert [sent for hours, sent in found.items() if hours] == [[tag]] * 6
    assert [row["outcome"] for row in pages(town, "attempts")] == ["captured", *["not_modified"] * 6]
    bodies = [row["capture_id"] for row in pages(town, "captures") if row["body"] is not None]
    assert len(bodies) == len(town.rows("documents")) == 1
    host = of_lake(Lake.open(town.settings.lake))["www.quay.test"]
    assert (host.missed, host.unchanged) == (0, 6)


@pytest.mark.parametrize("tag", ['"1"', None])
def test_a_new_title_is_kept_with_the_body_of_before(town: Town, tag: str | None) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/start"]', "revisit = false")
    told = {"etag": tag} if tag else {}
    untitled = page(FIRST, **told).replace(
        b"<title>Ferry stays in harbour</title>", b"<title></title>" + b" " * 22
    )
    untitled = untitled.replace(b"<h1>Ferry stays in harbour</h1>", b"<h2>Ferry stays in harbour</h2>")
    town.scripts |= {FERRY: [untitled, answer(b"", 304) if tag else untitled], "www.quay.test/start": atom(0)}
    town.at(0)
    town.scripts["www.quay.test/start"] = atom(1, "Ferry sails again")
    town.at(1, force=True)
    first, second = pages(town, "captures")
    assert (first["body"], first["body_sha256"]) == (second["body"], second["body_sha256"])
    assert (first["content_type"], second["lead"]["title"]) == (second["content_type"], "Ferry sails again")
    [_, attempt] = pages(town, "attempts")
    assert (attempt["outcome"], attempt["status"]) == ("captured", 304 if tag else 200)
    assert attempt["capture_id"] == second["capture_id"]
    assert ("kept anew" in (attempt["detail"] or "")) is bool(tag)
    [article] = town.rows("articles")
    # Its text is the same: no other version, but the newest title.
    assert (article["title"], article["version_count"]) == ("Ferry sails again", 1)
    # And is no news any more.
    town.scripts["www.quay.test/start"] = atom(2, "Ferry sails again")
    town.scripts[FERRY] = answer(b"", 304) if tag else untitled
    town.at(3, force=True)
    assert [row["outcome"] for row in pages(town, "attempts")][2:] == ["not_modified"]


def test_a_new_title_does_not_wait_for_the_pause_and_a_clock_in_it_does(town: Town) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/start"]', "revisit = false")
    town.scripts[FERRY] = [page(FIRST, etag='"1"')] + [answer(b"", 304)] * 30
    found = []
    for minutes in range(0, 300, 10):
        town.scripts["www.quay.test/start"] = atom(minutes / 60, f"Ferry at {minutes}")
        if looks(town, minutes / 60):
            found.append(minutes)
    # Four titles at once, then as after three and more looks that brought the same.
    assert found == [0, 10, 20, 30, 270]


def test_a_page_that_did_change_is_had_at_once(town: Town) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/start"]', "revisit = false")
    town.scripts |= {FERRY: [page(FIRST, etag='"1"'), page(THEN, etag='"2"'), page(FIRST, etag='"3"')]}
    for hours in (0, 0.2, 0.4):
        town.scripts["www.quay.test/start"] = atom(hours)
        assert len(looks(town, hours)) == 1
    assert [row["outcome"] for row in pages(town, "attempts")] == ["captured"] * 3


def test_a_304_of_what_the_lake_has_lost_is_not_enough(town: Town) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/start"]', "revisit = false")
    town.scripts |= {FERRY: page(FIRST, etag='"1"'), "www.quay.test/start": atom(0)}
    town.at(0)
    for file in (Path(town.settings.lake) / "captures").rglob("*.parquet"):
        file.write_bytes(b"PAR1")
    town.scripts["www.quay.test/start"] = atom(1, "Ferry sails again")
    assert looks(town, 1) == [None]


def test_new_facts_are_not_lost_where_their_look_fails(town: Town) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/start"]', "revisit = false")
    failed = answer("", 500)
    town.scripts[FERRY] = [page(FIRST, etag='"1"'), *[failed] * 9]
    town.scripts["www.quay.test/start"] = atom(0)
    town.at(0)
    town.scripts["www.quay.test/start"] = atom(1, "Ferry sails again")
    looks(town, 1)
    town.scripts |= {FERRY: answer(b"", 304), "www.quay.test/start": answer(b"", 304)}
    assert looks(town, 2) == ['"1"']
    told = [(row["outcome"], row["status"]) for row in pages(town, "attempts")]
    assert told == [("captured", 200), ("http_error", 500), ("captured", 304)]
    assert pages(town, "captures")[-1]["lead"]["title"] == "Ferry sails again"


def test_a_304_is_not_enough_where_the_body_can_not_be_read_any_more(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/start"]', "revisit = false")
    town.scripts[FERRY] = [page(FIRST, etag='"1"'), answer(b"", 304), page(FIRST, etag='"1"')]
    town.scripts["www.quay.test/start"] = atom(0)
    town.at(0)
    monkeypatch.setattr(live_runs, "reread", lambda *_: None)
    town.scripts["www.quay.test/start"] = atom(1, "Ferry sails again")
    assert looks(town, 1) == ['"1"', None]
    told = [(row["outcome"], row["status"]) for row in pages(town, "attempts")]
    assert told == [("captured", 200), ("not_modified", 304), ("captured", 200)]
