"""Fictional pages for tests of bodies."""

from __future__ import annotations

from dateline.text.html.page import Page, read_page
from dateline.text.html.times import Limits

FIRST = [
    "The harbour board of Fenholm voted on Monday evening to buy a second ferry, after the old one had "
    "missed one crossing in five since the spring.",
    "“We have mended her for nine years, and nobody makes the parts any more,” said Ida Fen, who speaks "
    "for the board. “She deserves her rest.”",
    "The boat, built in 1974, carries about 3,000 people a week over the sound, among them two schools and "
    "the nurses of the night shift.",
]
LAST = [
    "Islanders who had come to listen clapped when the vote was read out. A petition for a bridge has "
    "gathered 800 signatures so far.",
    "The new ferry is to cost 41 million crowns, half of which the county pays. It is planned to sail from "
    "the autumn of next year.",
    "Until then a boat from Ostmont will help out at weekends, the board said, and tickets stay at the price "
    "of last summer.",
]


def paragraphs(texts: list[str]) -> str:
    """Texts as `<p>`."""
    return "".join(f"<p>{text}</p>" for text in texts)


def html(within: str = "", *, above: str = "", behind: str = "", language: str = "en", head: str = "") -> str:
    """A news page.

    Args:
        within: markup in the middle of the story.
        above: … below its headline.
        behind: … after its last paragraph.
        language: as declared.
        head: more for the head.
    """
    return whole(
        f"{paragraphs(FIRST)}{within}{paragraphs(LAST)}{behind}", above=above, language=language, head=head
    )


def whole(story: str, *, above: str = "", language: str = "en", head: str = "") -> str:
    """A news page with this story."""
    return (
        f"<!doctype html><html lang={language}><head><meta charset=utf-8><title>Island buys a ferry | Sound "
        f"Courier</title><meta property=og:title content='Island buys a ferry'>{head}</head><body><header>"
        "<a href=/>Sound Courier</a><nav><ul><li><a href=/news>News</a></li><li><a href=/sport>Sport</a></li>"
        "<li><a href=/sea>Sea</a></li></ul></nav></header><main><article><header><h1>Island buys a ferry</h1>"
        f"{above}</header><div class=article-body>{story}</div></article></main><aside class=sidebar><h2>"
        "Most read</h2><ul><li><a href=/1>Tram line is closed for a month</a></li><li><a href=/2>Seal in a "
        "garden pond</a></li></ul></aside><footer><p>© Sound Courier. All rights reserved.</p><ul><li><a "
        "href=/contact>Contact</a></li></ul></footer></body></html>"
    )


def read(page: str) -> Page:
    """What is read of a page."""
    return read_page(
        page.encode(), None, "https://soundcourier.example/news/island-buys-a-ferry", None, Limits()
    )
