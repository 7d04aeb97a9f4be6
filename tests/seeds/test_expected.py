"""What the seeds are said to give agrees with the seeds: a text that changes takes its statement along."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from publishers import Story, sites

from dateline.settings import ROOT

SEEDS = Path(ROOT) / "seeds"
NEWSROOM = json.loads((SEEDS / "expected" / "newsroom.json").read_text("utf-8"))
ARCHIVE = json.loads((SEEDS / "expected" / "archive.json").read_text("utf-8"))
POLLS = [datetime.fromisoformat(poll) for poll in NEWSROOM["polls"]]


def listed(poll: datetime) -> dict[str, Story]:
    """Every story with a text that can be seen at that time, by its address."""
    return {
        f"http://{site.host}{story.facts['path']}": story
        for site in sites().values()
        for story in site.listed(poll)
        if story.paragraphs
    }


def test_every_story_is_stated_once() -> None:
    urls = [stated["url"] for stated in NEWSROOM["articles"]]
    assert sorted(urls) == sorted(listed(POLLS[1]))
    assert len(urls) >= 24
    assert sorted(set(urls) - set(listed(POLLS[0]))) == sorted(NEWSROOM["first_poll_lacks"])


@pytest.mark.parametrize("stated", NEWSROOM["articles"], ids=lambda stated: stated["url"].rsplit("/", 1)[1])
def test_a_statement_agrees_with_its_story(stated: dict[str, Any]) -> None:
    story = listed(POLLS[1])[stated["url"]]
    published = datetime.fromisoformat(stated["published"])
    assert story.facts["title"] == stated["title"]
    assert story.facts["authors"] == stated["authors"]
    assert story.published.isoformat() == stated["published"]
    assert published.astimezone(UTC).date().isoformat() == stated["date"]
    assert story.facts.get("updated") == (
        datetime.fromisoformat(stated["updated"]) if "updated" in stated else None
    )
    line = stated["place"] or ""
    assert story.paragraphs[0].startswith(line)
    assert (
        story.paragraphs[0]
        .removeprefix(line)
        .lstrip(" -")
        .removeprefix("(Meridian Wire) - ")
        .startswith(stated["text_starts"])
    )
    assert story.paragraphs[-1].endswith(stated["text_ends"])


def test_links_point_to_earlier_articles() -> None:
    instants = {s["url"]: datetime.fromisoformat(s["published"]) for s in NEWSROOM["articles"]}
    links = [
        (s["url"], s[kind]) for s in NEWSROOM["articles"] for kind in ("duplicate_of", "extends") if s[kind]
    ]
    assert len(links) == 4
    assert all(instants[target] < instants[url] for url, target in links)
    assert all(bool(s["duplicate_of"]) == bool(s["duplicate_kind"]) for s in NEWSROOM["articles"])


def shingles(story: Story) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(story.paragraphs).lower())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def test_copies_are_as_like_as_is_stated() -> None:
    """Word 5-grams: the stated kinds are clear cases, far from any threshold."""
    stories = {url: shingles(story) for url, story in listed(POLLS[1]).items()}
    stated = {s["url"]: s for s in NEWSROOM["articles"]}
    for url, mine in stories.items():
        for other, theirs in stories.items():
            likeness = len(mine & theirs) / len(mine | theirs)
            target = stated[url]["duplicate_of"] or stated[url]["extends"]
            if url == other or stated[other]["duplicate_of"] or stated[other]["extends"]:
                continue
            if target != other:
                assert likeness < 0.05 or {url, other} & {
                    s["duplicate_of"] or s["extends"] for s in stated.values()
                }
                continue
            kind = stated[url]["duplicate_kind"]
            assert kind != "exact" or likeness == 1
            assert kind != "near" or likeness > 0.85
            # The same text is near where another summary stands above it.
            summaries = {listed(POLLS[1])[each].facts.get("summary") for each in (url, other)}
            assert kind != "near" or likeness < 1 or len(summaries) == 2
            assert kind != "contained" or (mine < theirs and likeness < 0.7)
            assert kind is not None or theirs < mine


def test_the_first_poll_has_other_titles() -> None:
    morning = listed(POLLS[0])
    assert {url: morning[url].facts["title"] for url in NEWSROOM["first_poll_titles"]} == NEWSROOM[
        "first_poll_titles"
    ]


def test_every_file_of_the_archive_is_stated_once() -> None:
    stated = [item["path"] for item in (*ARCHIVE["articles"], *ARCHIVE["rejects"])]
    assert sorted(stated) == sorted(path.name for path in (SEEDS / "archive").iterdir())


@pytest.mark.parametrize("stated", ARCHIVE["articles"], ids=lambda stated: stated["path"])
def test_a_statement_agrees_with_its_file(stated: dict[str, Any]) -> None:
    text = (SEEDS / "archive" / stated["path"]).read_text("utf-8")
    head, _, body = text.partition("\n\n")
    if stated["title"] is None:
        assert text.startswith(stated["text_starts"])
    else:
        assert stated["title"] in head
        place, _, body = body.partition("\n")
        assert place == stated["dateline"]
        assert body.startswith(stated["text_starts"])
    assert text.rstrip().endswith(stated["text_ends"])


@pytest.mark.parametrize("stated", [NEWSROOM, ARCHIVE], ids=["newsroom", "archive"])
def test_the_stated_sums_are_those_of_the_stated_rows(stated: dict[str, Any]) -> None:
    sums, articles = stated["sums"], stated["articles"]
    assert sums["articles"] == len(articles)
    # A page that is looked at again and lists other links than before is kept again, or refused again.
    assert sums["rejects"] >= len(stated["rejects"])
    versions = sum(item.get("version_count", 1) for item in articles)
    assert versions == sums["articles"] + sums["folded_versions"]
    assert sums["documents"] == versions + sums["folded_refetches"]
