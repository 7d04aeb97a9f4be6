"""Live polling around a takedown: what is asked, what feeds leave behind, and a run that is under way."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline import live, live_runs, run
from dateline.edges.lake import Lake, tombstones
from dateline.forget import forget
from dateline.health import inspect
from scripted_town import DAWN, FIRST, Town, feed, item, page
from scripted_web import answer, redirect
from taken import holders

HOST = "http://www.quay.test"
STORY = "/2024/03/25/the-ferry-stays-in-harbour"
SECRET = "Ottilie Brandvold"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    made.source("quay", f'feeds = ["{HOST}/feed"]', f'sitemaps = ["{HOST}/news.xml.gz"]')
    made.scripts[f"www.quay.test{STORY}"] = page(f"{FIRST} {SECRET}")
    made.scripts["www.quay.test/lamp"] = page(FIRST.replace("ferry", "lamp"))
    names(made, STORY, "/lamp")
    yield made
    made.web.close()


def names(town: Town, *paths: str) -> None:
    """Feed and sitemap name these pages, the first under the title that is not to be quoted."""
    titles = [SECRET, "Lamp is lit"]
    town.scripts["www.quay.test/feed"] = feed(*map(item, paths, titles))
    urls = "".join(
        f"<url><loc>{HOST}{path}</loc><news:news><news:publication_date>2024-03-25T05:00:00Z"
        f"</news:publication_date><news:title>{title}</news:title></news:news></url>"
        for path, title in zip(paths, titles, strict=False)
    )
    packed = gzip.compress(f'<urlset xmlns:news="n">{urls}</urlset>'.encode())
    town.scripts["www.quay.test/news.xml.gz"] = answer(packed, content_type="application/gzip")


def bodies(town: Town) -> set[int]:
    return {
        len(row["body"] or b"") for row in town.rows("captures") if row["input_kind"] in ("feed", "sitemap")
    }


def is_gone(town: Town) -> None:
    assert holders(town.settings) == []
    assert bodies(town) == {0}
    assert [row["url"] for row in town.rows("articles")] == [f"{HOST}/lamp"]
    assert [one.what for one in inspect(town.settings) if one.level != "note"] == []


def forgets(town: Town, path: str) -> None:
    list(forget(town.settings, HOST + path, "by order"))


@pytest.mark.parametrize("asked", [STORY, "/s/77"])
def test_a_redirect_and_where_it_leads_are_one(town: Town, asked: str) -> None:
    town.scripts["www.quay.test/s/77"] = redirect(HOST + STORY)
    names(town, "/s/77", "/lamp")
    town.at(0)
    assert holders(town.settings)
    forgets(town, asked)
    is_gone(town)
    for hours, named in ((3, STORY), (6, "/s/77"), (9, STORY + "?utm_source=rss")):
        names(town, named, "/lamp")
        assert not {STORY, "/s/77"} & {one.path for one in town.at(hours)}
        is_gone(town)


def test_what_a_page_calls_itself_is_learnt_and_asked_for_once(town: Town) -> None:
    town.at(0)
    forgets(town, STORY)
    is_gone(town)
    names(town, "/x/again", "/lamp")
    town.scripts["www.quay.test/x/again"] = page(f"{FIRST} {SECRET}", canonical=HOST + STORY)
    assert "/x/again" in {one.path for one in town.at(3)}
    is_gone(town)
    assert "/x/again" not in {one.path for one in town.at(27)}
    is_gone(town)


def test_a_longer_slug_stays(town: Town) -> None:
    names(town, STORY + "-again", "/lamp")
    town.scripts[f"www.quay.test{STORY}-again"] = page(FIRST)
    town.at(0)
    forgets(town, STORY)
    assert 0 not in bodies(town)
    assert len(town.rows("articles")) == 2


@pytest.mark.parametrize("at", [1, 3, 5, 6])
def test_a_run_under_way(town: Town, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """Its segment is taken in again, those before it lose what was forgotten, and no other page is lost."""
    monkeypatch.setattr(live_runs, "SEGMENT_ROWS", 2)
    whole = town.scripts["www.quay.test/feed"]

    async def unchanged(writer: Any) -> None:
        asked = [one for one in town.web.asked if one.path == "/feed"][-1]
        writer.write(answer(b"", 304) if "if-none-match" in asked.headers else whole)

    town.scripts |= {"www.quay.test/feed": unchanged, "www.quay.test/news.xml.gz": answer(b"", 404)}
    town.settings = replace(town.settings, now=DAWN.isoformat(), shards=1)
    real, done = live.exchanges, []

    def exchanges(*arguments: Any) -> Iterator[dict[str, Any]]:
        for number, row in enumerate(real(*arguments), 1):
            yield row
            if number == at and not done:
                done.append(at)
                forgets(town, STORY)

    monkeypatch.setattr(live, "exchanges", exchanges)
    (begun,) = live_runs.resolve_live(town.settings)
    live_runs.fetch_live(town.settings, begun)
    live_runs.clean_live(town.settings, begun.id)
    list(run.settle_all(town.settings))
    assert done
    # A feed that has lost its body in the meantime is asked again when it is due, and whole.
    town.at(4)
    is_gone(town)
    assert tombstones.marks(Lake.open(town.settings.lake).store) == {}
