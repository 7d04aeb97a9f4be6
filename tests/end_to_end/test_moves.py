"""Pages that move: one article where the story moved along, two where something else stands there now."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline import run
from dateline.edges.lake import Lake
from dateline.forget import forget
from scripted_town import DAWN, FIRST, THEN, Town, feed, item, page
from scripted_web import Script, answer, redirect

OLD, NEW = "http://www.quay.test/ferry", "http://www.quay.test/ferry-sails-again"
OTHER = (
    "Nobody in Holm has seen a heron of that size before, and the school has drawn all nine of its feathers."
)
CONSENT = (
    "Before you go on we and our partners would like to keep files in your reader and to count what you read."
)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    made.source("quay", 'feeds = ["http://www.quay.test/feed"]')
    made.scripts |= {"www.quay.test/feed": feed(item("/ferry")), "www.quay.test/ferry": page(FIRST, OLD)}
    yield made
    made.web.close()


def move(town: Town, script: Script, to: str = NEW, status: int = 308) -> None:
    town.scripts["www.quay.test/ferry"] = redirect(to, status)
    town.scripts[to.partition("://")[2]] = script


def paths(town: Town, hours: float) -> list[str]:
    return [one.path for one in town.at(hours, force=True)]


def told(town: Town) -> dict[str, tuple[int, str]]:
    """URL key of each article → how many texts it had, and where it lies now."""
    return {row["url_key"]: (row["version_count"], row["url"]) for row in town.rows("articles")}


@pytest.mark.parametrize("status", [301, 308])
def test_a_page_that_moves_for_good_is_a_new_version_of_its_article(town: Town, status: int) -> None:
    town.at(0)
    [before] = town.rows("articles")
    move(town, page(THEN, NEW), status=status)
    town.at(1)
    [after] = town.rows("articles")
    assert after["article_id"] == before["article_id"]
    assert (after["version_count"], after["first_seen"], after["url"]) == (2, DAWN, NEW)
    assert after["canonical_url"] == NEW
    assert "sail again" in after["text"]
    # Once it is sure that the story moved, it may be written anew from end to end.
    move(town, page(OTHER, NEW), status=status)
    town.at(4)
    assert told(town) == {"u2:quay.test/ferry": (3, NEW)}


def test_the_new_address_is_the_page_that_is_known(town: Town) -> None:
    town.at(0)
    move(town, page(THEN, NEW))
    town.at(1)
    town.scripts["www.quay.test/feed"] = feed(item("/ferry-sails-again"))
    town.at(2)
    assert paths(town, 3) == ["/feed"]
    # Its new lead said something new once: another headline would again.
    town.scripts["www.quay.test/feed"] = feed(item("/ferry-sails-again", "Ferry sails at last"))
    assert paths(town, 3.5) == ["/feed", "/ferry", "/ferry-sails-again"]
    assert paths(town, 3.9) == ["/feed"]
    assert len(told(town)) == 1


def renamed(title: str = "Ferry sails at last", path: str = "/ferry-sails-again") -> bytes:
    return feed(item(path, title).replace(f"<guid>{path}", "<guid>/ferry"))


def test_an_entry_that_points_elsewhere_is_asked_for_where_it_was(town: Town) -> None:
    town.at(0)
    move(town, page(THEN, NEW))
    town.scripts["www.quay.test/feed"] = renamed()
    # The feed tells of the new address before anybody has looked at the old one again.
    assert paths(town, 0.9) == ["/feed", "/ferry", "/ferry-sails-again"]
    assert told(town) == {"u2:quay.test/ferry": (2, NEW)}
    assert paths(town, 0.95) == ["/feed"]


def test_an_entry_whose_page_has_not_moved_is_another_page(town: Town) -> None:
    town.at(0)
    town.scripts |= {"www.quay.test/ferry-sails-again": page(THEN, NEW), "www.quay.test/feed": renamed()}
    assert paths(town, 0.9) == ["/feed", "/ferry", "/ferry-sails-again"]
    assert len(told(town)) == 2


def test_an_entry_whose_address_alone_is_always_another_is_asked_for_once_each_time(town: Town) -> None:
    town.at(0)
    for number in range(3):
        path = f"/ferry?session={number}"
        town.scripts["www.quay.test/feed"] = renamed("Ferry stays in harbour", path)
        town.scripts[f"www.quay.test{path}"] = page(FIRST, OLD)
        assert paths(town, 0.5 + number / 10) == ["/feed", path]
    assert told(town) == {"u2:quay.test/ferry": (1, "http://www.quay.test/ferry?session=2")}


def test_an_id_that_several_entries_have_is_none(town: Town) -> None:
    town.at(0)
    move(town, page(THEN, NEW))
    both = [item(path, "Ferry sails at last").replace(f"<guid>{path}", "<guid>/ferry")
            for path in ("/ferry-sails-again", "/heron")]  # fmt: skip
    town.scripts |= {"www.quay.test/feed": feed(*both), "www.quay.test/heron": page(OTHER)}
    assert paths(town, 0.9) == ["/feed", "/ferry-sails-again", "/heron"]


def test_where_the_old_address_is_gone_the_new_one_is_asked_and_stays_one_article(town: Town) -> None:
    town.at(0)
    move(town, page(THEN, NEW))
    town.at(1)
    town.scripts["www.quay.test/ferry"] = answer(b"gone", 410)
    town.at(4)
    town.scripts["www.quay.test/feed"] = feed(item("/ferry-sails-again", "Ferry sails at last"))
    move_text = THEN + " The captain waved."
    town.scripts["www.quay.test/ferry-sails-again"] = page(move_text, NEW)
    assert paths(town, 5) == ["/feed", "/ferry-sails-again"]
    assert told(town) == {"u2:quay.test/ferry": (3, NEW)}
    assert paths(town, 6)[1:] == ["/ferry-sails-again"]
    assert told(town) == {"u2:quay.test/ferry": (3, NEW)}


def test_a_page_that_moves_on_and_back_stays_one_article(town: Town) -> None:
    third = "http://www.quay.test/third"
    town.at(0)
    move(town, page(THEN, NEW))
    town.at(1)
    move(town, page(THEN + " The captain waved.", third), third)
    town.at(4)
    town.scripts["www.quay.test/ferry"] = page(THEN + " The captain waved twice.", OLD)
    town.at(24)
    assert told(town) == {"u2:quay.test/ferry": (4, OLD)}
    for name in ("/ferry-sails-again", "/third"):
        town.scripts["www.quay.test/feed"] = feed(item(name))
    assert "/third" not in paths(town, 25)


def test_the_same_bytes_at_another_address_are_the_same_article(town: Town) -> None:
    town.at(0)
    move(town, page(FIRST, OLD))
    town.at(1)
    town.scripts["www.quay.test/feed"] = feed(item("/ferry-sails-again"))
    assert paths(town, 2) == ["/feed"]
    assert told(town) == {"u2:quay.test/ferry": (1, OLD)}
    assert [row["known_as"] for row in town.rows("attempts") if row["moved_to"]] == [OLD]


def login(text: str) -> bytes:
    return answer(f"<!doctype html><title>Sign in</title><h1>Sign in</h1><form><p>{text}</p></form>")


ELSEWHERE: dict[str, tuple[str, int, Script]] = {
    "the front page": ("http://www.quay.test/", 301, page(FIRST + " And more.")),
    "a front page in one language": ("http://www.quay.test/en/", 301, page(FIRST + " And more.")),
    "another story": ("http://www.quay.test/heron", 301, page(OTHER, "http://www.quay.test/heron")),
    "the next day of it": ("http://www.quay.test/ferry-2", 301, page(OTHER + FIRST[:50])),
    "a login": ("http://www.quay.test/login", 301, login("Give your name and your word, then read on.")),
    "a consent page": ("http://www.quay.test/consent", 308, page(CONSENT)),
    "for now only": ("http://www.quay.test/now", 302, page(THEN, "http://www.quay.test/now")),
    "another site": ("http://www.harbour.test/ferry", 301, page(THEN)),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_what_is_not_the_story_takes_no_article_over(town: Town, name: str) -> None:
    to, status, script = ELSEWHERE[name]
    town.at(0)
    [before] = town.rows("articles")
    move(town, script, to, status)
    town.at(1)
    after = {row["article_id"]: row for row in town.rows("articles")}
    assert after[before["article_id"]]["version_count"] == 1
    assert after[before["article_id"]]["text"] == before["text"]
    assert {row["known_as"] for row in town.rows("attempts")} == {None}


def test_a_story_that_is_known_is_not_taken_over_by_one_that_was_merged_into_it(town: Town) -> None:
    town.scripts |= {
        "www.quay.test/feed": feed(item("/ferry"), item("/ferry-sails-again")),
        "www.quay.test/ferry-sails-again": page(THEN, NEW),
    }
    town.at(0)
    move(town, page(THEN + " The captain waved.", NEW))
    town.at(1)
    assert told(town) == {"u2:quay.test/ferry": (1, OLD), "u2:quay.test/ferry-sails-again": (2, NEW)}


def test_moves_in_a_circle_change_nothing(town: Town) -> None:
    town.at(0)
    move(town, redirect(OLD, 301))
    town.at(1)
    town.at(4)
    assert told(town) == {"u2:quay.test/ferry": (1, OLD)}
    assert {row["known_as"] for row in town.rows("attempts")} == {None}


def test_a_304_from_another_address_proves_nothing(town: Town) -> None:
    async def story(writer: Any) -> None:
        asked = town.web.asked[-1]
        sent = "if-none-match" in asked.headers
        writer.write(answer(b"", 304) if sent else page(THEN, NEW, etag='"1"'))

    town.scripts["www.quay.test/ferry"] = page(FIRST, OLD, etag='"1"')
    town.at(0)
    move(town, story)
    town.at(1)
    assert told(town) == {"u2:quay.test/ferry": (2, NEW)}
    # From where it is known to have moved, it does.
    assert paths(town, 4)[1:] == ["/ferry", "/ferry-sails-again"]


def test_batches_in_any_order_give_the_same_articles(town: Town, tmp_path: Path) -> None:
    for hours in (0, 1, 4):
        if hours:
            move(town, page(THEN + f" Told at {hours}.", NEW))
        town.at(hours)
    ids = [receipt.id for receipt in Lake.open(town.settings.lake).receipts("fetch")]
    assert len(ids) == 3
    files = sorted((tmp_path / "lake").glob("articles/*/*"))
    for seed in range(3):
        other = tmp_path / f"lake{seed}"
        for kept in ("captures", "attempts", "receipts/fetch"):
            shutil.copytree(tmp_path / "lake" / kept, other / kept)
        settings = replace(town.settings, lake=str(other))
        random.Random(seed).shuffle(ids)
        for number, batch in enumerate(ids):
            run.clean_one(settings, batch)
            if number == seed:
                list(run.settle_all(settings))
        list(run.settle_all(settings))
        made = sorted(other.glob("articles/*/*"))
        assert [path.read_bytes() for path in made] == [path.read_bytes() for path in files]


def test_who_forgets_the_new_address_forgets_the_article(town: Town) -> None:
    town.at(0)
    move(town, page(THEN, NEW))
    town.at(1)
    list(forget(town.settings, NEW, "a court said so"))
    assert town.rows("articles") == []
    assert [row for row in town.rows("captures") if row["input_kind"] == "page"] == []
    town.scripts["www.quay.test/feed"] = feed(item("/ferry-sails-again", "Ferry sails at last"))
    assert paths(town, 4) == ["/feed"]
