"""Where dates stand: around the headline of pages made of any tags, and in the state of scripts."""

from __future__ import annotations

import time

import pytest

from dateline.text.html.evidence import gather
from dateline.text.html.times import Limits, published
from dateline.text.html.tree import parse

TITLE = "Greywater harbour opens its new quay"
PROSE = "The harbour of Greywater opened its new quay, and the town came to see it. " * 4

PAGES = {
    "before": ("<p>25.03.24 10:16 Uhr - Hafen - Redaktion</p><h1>{title}</h1>", "2024-03-25"),
    "in_its_block": ("<div><h3>25.03.2024</h3></div><div><h1>{title}</h1></div>", "2024-03-25"),
    "after": ("<h1>{title}</h1><ul><li>25. März 2024</li><li>Anna Quay</li></ul>", "2024-03-25"),
    "a_lower_heading": (
        "<h1>Hafenkurier</h1><p>1. Januar 2020</p><h2>{title}</h2><small>Erstellt am: 25.03.2024</small>",
        "2024-03-25",
    ),
    "a_later_teaser": (
        "<h1>{title}</h1><p>Update: 28.03.2024</p><p>Veröffentlicht am 25.03.2024</p>", "2024-03-25",
    ),
    "today_in_the_frame": (
        "<div class='date'>28. März 2024</div><h1>{title}</h1><span>25. März 2024</span>", "2024-03-25",
    ),
    "quoted_post": (
        "<h1>{title}</h1><blockquote><time datetime='2018-01-01T10:00:00Z'>1 January 2018</time></blockquote>"
        "<span>25. März 2024</span>", "2024-03-25",
    ),
    "the_text_of_a_time": (
        "<h1>{title}</h1><time datetime='2024-03-29T10:00:00Z'>Am 25. März 2024</time>", "2024-03-25",
    ),
    "a_sentence": (
        "<p>{prose}</p><small>Dieser Beitrag wurde am Montag, 25. März 2024 von Anna veröffentlicht.</small>",
        "2024-03-25",
    ),
    "an_update_alone": (
        "<p>{prose}</p><p>Zuletzt geändert am 25.03.2024 um 10:00 Uhr von Anna</p>", "2024-03-25",
    ),
    "a_state": (
        '<p>{prose}</p><script>var page = {{"published_at":"2024-03-25T06:22:28+01:00"}}</script>',
        "2024-03-25",
    ),
    "a_state_in_quotes": (
        '<p>{prose}</p><script>var page = "{{\\"createdAt\\":\\"2024-03-25T06:22:28+01:00\\"}}"</script>',
        "2024-03-25",
    ),
    "no_clock_behind": ("<h1>{title}</h1><p>25.03.2024 - 3.50 Euro</p>", "2024-03-25"),
    "nothing": ("<h1>{title}</h1><p>{prose}</p>", None),
}  # fmt: skip


def page(body: str) -> str:
    text = body.format(title=TITLE, prose=PROSE)
    return f"<html lang='de'><head><title>{TITLE} | Hafenkurier</title></head><body>{text}</body></html>"


@pytest.mark.parametrize("name", PAGES)
def test_the_day_is_found(name: str) -> None:
    body, wanted = PAGES[name]
    found = published(gather(parse(page(body)), "https://greywater.example/a"), Limits(), None)
    assert (found.value and found.value.iso[:10]) == wanted
    assert found.source == ("html" if wanted else None)
    assert found.confidence < 0.9


CARD = "<div class='card'><h4><a href='/gulls'>Gulls of the far north return early</a></h4>{}</div>"
OTHERS = {
    "a_card": CARD.format("<time datetime='2024-03-01T00:00:00Z'>1 March 2024</time>"),
    "a_card_with_a_mark": CARD.format("<span class='date'>1 March 2024</span>"),
    "a_card_of_a_theme": CARD.format("<time class='published' datetime='2024-03-01'>1 March 2024</time>"),
    "a_comment": "<div class='msg'><b>Bo</b> <time datetime='2024-03-01T10:00:00Z'>1 March 2024</time></div>",
    "a_foot": "<div>Page generated March 1, 2024 at 10:00</div>",
}


@pytest.mark.parametrize("paragraphs", [2, 5, 50])
@pytest.mark.parametrize("name", OTHERS)
def test_what_stands_below_the_story_is_hardly_believed(name: str, paragraphs: int) -> None:
    story = "<article><h1>{title}</h1>{own}" + "<p>{prose}</p>" * paragraphs + "</article>" + OTHERS[name]
    alone = page(story.replace("{own}", "")).replace("lang='de'", "lang='en'")
    assert published(gather(parse(alone), "https://greywater.example/a"), Limits(), None).confidence <= 0.6
    own = page(story.replace("{own}", "<time datetime='2024-03-25'>25 March</time>"))
    found = published(gather(parse(own), "https://greywater.example/a"), Limits(), None)
    assert found.value is not None
    assert found.value.iso == "2024-03-25"
    assert found.confidence > 0.8


def test_a_foot_that_tells_of_the_publication_is_believed_more() -> None:
    story = page("<h1>{title}</h1>" + "<p>{prose}</p>" * 2 + "<p>Veröffentlicht am 25.03.2024</p>")
    found = published(gather(parse(story), "https://greywater.example/a"), Limits(), None)
    assert found.value is not None
    assert (found.value.iso, found.confidence) == ("2024-03-25", 0.7)


def test_a_crowd_around_the_headline_takes_no_time() -> None:
    crowd = "<div><p>1.2.20</p>" * 50 + "<h1>{title}</h1>" + "<i>x</i>" * 30_000
    tree = parse(page(crowd))
    began = time.process_time()
    published(gather(tree, None), Limits(), None)
    assert time.process_time() - began < 1
