"""A scripted paper with reservations: what it says stands with its articles; what is forgotten stays away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dateline import live_runs, run
from dateline.edges.lake import Lake
from dateline.forget import forget
from dateline.health import inspect
from dateline.settings import Settings
from scripted_polls import Aside
from scripted_web import answer

DAWN = datetime(2024, 3, 25, 6, tzinfo=UTC)
SITE = "http://www.quay.test"
SOURCE = f"""name = "Quay"
home = "{SITE}/"
language = "en"
country = "GB"
enabled = true
feeds = ["{SITE}/feed"]
"""
WORDS = "The ferry to Holm stays in harbour today, the line said, as the wind has not gone down since Sunday."


def feed(*titles: str) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><link>{SITE}/{title.split()[0].lower()}</link></item>"
        for title in titles
    )
    return answer(f"<rss version='2.0'><channel><title>Quay</title>{items}</channel></rss>")


def page(title: str, head: str = "", **headers: str) -> bytes:
    body = f"<title>{title}</title>{head}<article><h1>{title}</h1><p>{title}: {WORDS}</p></article>"
    return answer(f"<!doctype html>{body}", **headers)


class Quay:
    """A lake, its one source and a scripted web."""

    def __init__(self, folder: Path) -> None:
        self.scripts: dict[str, Any] = {
            "www.quay.test/robots.txt": answer(
                "User-agent: *\nContent-Signal: ai-train=no\nAllow: /\n\nUser-agent: GPTBot\nDisallow: /"
            ),
            "www.quay.test/feed": feed("Ferry stays", "Lamp is lit"),
            "www.quay.test/ferry": page("Ferry stays", x_robots_tag="noarchive"),
            "www.quay.test/lamp": page("Lamp is lit", '<meta name="tdm-reservation" content="1">'),
        }
        self.web = Aside(self.scripts)
        (folder / "sources").mkdir()
        (folder / "sources" / "quay.toml").write_text(SOURCE)
        self.settings = Settings(
            lake=str(folder / "lake"), sources=str(folder / "sources"), connect_to=self.web.connect_to,
            host_gap=0.0, model="none", shards=1,
        )  # fmt: skip

    def at(self, hours: float) -> list[str]:
        """Poll so long after dawn and settle; gives the pages that were asked for."""
        self.web.asked.clear()
        settings = replace(self.settings, now=(DAWN + timedelta(hours=hours)).isoformat())
        for batch in live_runs.resolve_live(settings):
            live_runs.fetch_live(settings, batch, force=True)
            live_runs.clean_live(settings, batch.id)
        list(run.settle_all(settings))
        return [asked.path for asked in self.web.asked if asked.path in ("/ferry", "/lamp")]

    def articles(self) -> dict[str, dict[str, Any]]:
        rows = Lake.open(self.settings.lake).dataset("articles").to_pylist()
        return {row["url"].rpartition("/")[2]: row for row in rows}

    def trouble(self) -> list[str]:
        return [finding.what for finding in inspect(self.settings) if finding.level != "note"]


@pytest.fixture
def quay(tmp_path: Path) -> Iterator[Quay]:
    made = Quay(tmp_path)
    yield made
    made.web.close()


def test_what_is_reserved_stands_with_the_article(quay: Quay) -> None:
    quay.at(0)
    ferry, lamp = (quay.articles()[name]["rights"] for name in ("ferry", "lamp"))
    assert (ferry["noarchive"], ferry["tdm_reserved"], ferry["ai_train"]) == (True, None, "no")
    assert (lamp["noarchive"], lamp["tdm_reserved"], lamp["ai_train"]) == (False, True, "no")
    assert ferry["barred_agents"] == lamp["barred_agents"] == ["gptbot"]
    assert ferry["kept"] == lamp["kept"] == "all"


def test_a_policy_leaves_the_text_out_and_nothing_else_breaks(quay: Quay) -> None:
    quay.settings = replace(quay.settings, rights_policy="noarchive=facts,tdm_reserved=facts")
    quay.at(0)
    for article in quay.articles().values():
        assert article["text"] == ""
        assert article["title"]
        assert article["rights"]["kept"] == "facts"
        assert article["duplicate_of"] is None
    assert quay.trouble() == []


def test_another_policy_makes_the_documents_again(quay: Quay) -> None:
    from dateline.reprocess import reprocess
    from dateline.settle import EVERY_DAY

    quay.at(0)
    quay.settings = replace(quay.settings, rights_policy="tdm_reserved=reject")
    assert any("older versions" in what for what in quay.trouble())
    list(reprocess(quay.settings, EVERY_DAY, "another policy"))
    assert set(quay.articles()) == {"ferry"}
    assert quay.trouble() == []


def test_what_was_forgotten_is_not_asked_for_again(quay: Quay) -> None:
    assert sorted(quay.at(0)) == ["/ferry", "/lamp"]
    list(forget(quay.settings, f"{SITE}/lamp?utm_source=feed", "by order"))
    assert set(quay.articles()) == {"ferry"}
    # News of the page would ask for another look.
    quay.scripts["www.quay.test/feed"] = feed("Ferry stays", "Lamp is out")
    assert "/lamp" not in quay.at(1)
    assert set(quay.articles()) == {"ferry"}
    assert quay.trouble() == []


def test_a_source_that_was_forgotten_is_not_asked_at_all(quay: Quay) -> None:
    quay.at(0)
    list(forget(quay.settings, "quay", "the licence ended"))
    assert quay.articles() == {}
    assert quay.at(1) == []
    assert quay.web.asked == []
    assert quay.trouble() == []
