"""Which addresses are those of one article, and which only lead past it."""

from __future__ import annotations

import pytest

from dateline.text.aliases import same_article

HOST = "https://gull.example"
STORY = f"{HOST}/2026/03/24/the-lamp-on-the-pier"
OTHER = f"{HOST}/2026/03/24/nets-are-mended-again"
SHORT = f"{HOST}/s/77"
HOME = f"{HOST}/"

CASES = [
    ("what redirects is found from both ends", STORY, {(SHORT, STORY)}, {STORY, SHORT}),
    ("...", SHORT, {(SHORT, STORY)}, {STORY, SHORT}),
    ("a chain", f"{HOST}/a", {(f"{HOST}/a", SHORT), (SHORT, STORY)}, {f"{HOST}/a", SHORT, STORY}),
    ("all that lead to it", STORY, {(SHORT, STORY), (f"{HOST}/s/78", STORY)}, {STORY, SHORT, f"{HOST}/s/78"}),
    ("a name of its own is no other story", STORY, {(SHORT, STORY), (SHORT, SHORT)}, {STORY, SHORT}),
    ("what leads to this and that", STORY, {(SHORT, STORY), (SHORT, OTHER)}, {STORY}),
    ("what a person names is taken at its word", SHORT, {(SHORT, STORY), (SHORT, OTHER)},
     {SHORT, STORY, OTHER}),
    ("a place where many end", STORY, {(STORY, f"{HOST}/consent"), (OTHER, f"{HOST}/consent")}, {STORY}),
    ("such a place beside", STORY,
     {(SHORT, f"{HOST}/consent"), (OTHER, f"{HOST}/consent"), (SHORT, STORY)}, {STORY, SHORT}),
    ("a section that it calls its own", STORY, {(STORY, f"{HOST}/2026/")}, {STORY}),
    ("the page below a story", f"{STORY}/print", {(f"{STORY}/print", STORY)}, {STORY, f"{STORY}/print"}),
    ("the front page", STORY, {(STORY, HOME), (HOME, STORY)}, {STORY}),
    ("a feed", STORY, {(STORY, f"{HOST}/feed"), (f"{HOST}/feed", STORY)}, {STORY}),
    ("another story", STORY, {(f"{HOST}/s/1", OTHER)}, {STORY}),
    ("two that lead to each other", STORY, {(STORY, OTHER), (OTHER, STORY)}, {STORY, OTHER}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "links", "wanted"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_the_addresses_of_an_article(asked: str, links: set[tuple[str, str]], wanted: set[str]) -> None:
    # An id of its own for each address is its address here: what ids are made of is another matter.
    urls = {url: {url} for link in links for url in link}
    assert same_article({asked}, set(), links, urls, {f"{HOST}/feed"}) == wanted
    assert same_article({asked}, wanted, links, urls, {f"{HOST}/feed"}) == wanted


def test_an_article_without_an_address_is_found_by_what_it_calls_itself() -> None:
    assert same_article({STORY}, set(), {("box a.html 0", STORY)}, {STORY: {STORY}}) == {
        STORY,
        "box a.html 0",
    }
