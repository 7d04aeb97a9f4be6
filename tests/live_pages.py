"""Pages of live blogs: the same entries as JSON-LD, as microdata, or as nothing but what a reader sees."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

URL = "https://www.gull-courier.example/2026/03/24/storm-live"
TITLE = "Storm over the skerries: live"
LEAD = (
    "A storm from the north-west has reached the outer skerries, and the ferries stay in port until it has "
    "passed. The coast guard asks everybody to keep away from the piers.",
    "Schools on the islands are closed, and so is the causeway to the mainland.",
)


@dataclass(frozen=True)
class Post:
    """One entry: `at` is ISO 8601 with an offset."""

    name: str
    at: str
    title: str
    text: str
    author: str = "Orla Finch"


POSTS = (
    Post("p-77104", "2026-03-25T00:20:00+01:00", "Causeway open again",
         "The causeway has been swept and is open to cars, one lane at a time, says the road office."),
    Post("p-77098", "2026-03-24T22:05:00+01:00", "Roof torn off the fish hall",
         "A gust has taken half the roof off the fish hall on the old quay; nobody was inside at that hour."),
    Post("p-77091", "2026-03-24T19:40:00+01:00", "Ferry turned back",
         "The evening ferry turned back off the lighthouse with eighty people on board, all of them well.",
         "Piet Anders"),
    Post("p-77085", "2026-03-24T18:15:00+01:00", "First gusts",
         "The weather station on the outer skerry reports the first gusts of forty metres a second."),
)  # fmt: skip
"""The newest first, over midnight where they are written; in UTC the newest is of the 24th too."""


def with_data(
    posts: Sequence[Post] = POSTS, *, lead: Sequence[str] = LEAD, url: str = URL, named: bool = True
) -> str:
    """As JSON-LD tells it; the page itself shows the lead-in and the texts without any markup of entries."""
    told = [
        {
            "@type": "BlogPosting",
            "headline": post.title,
            "articleBody": post.text,
            "datePublished": post.at,
            "author": {"@type": "Person", "name": post.author},
            **({"url": f"{url}#{post.name}"} if named else {}),
        }
        for post in posts
    ]
    shown = "".join(f"<h2>{post.title}</h2><p>{post.text}</p>" for post in posts)
    return page(shown, lead, {"liveBlogUpdate": told})


def as_microdata(posts: Sequence[Post] = POSTS, *, lead: Sequence[str] = LEAD) -> str:
    """With `itemprop`s in its blocks."""
    blocks = "".join(
        f'<div itemprop="liveBlogUpdate" itemscope id="{post.name}">'
        f'<meta itemprop="datePublished" content="{post.at}"><h3 itemprop="headline">{post.title}</h3>'
        f'<span itemprop="author" itemscope><b itemprop="name">{post.author}</b></span>'
        f'<div itemprop="articleBody"><p>{post.text}</p></div></div>'
        for post in posts
    )
    return page(blocks, lead, None)


def as_shown(posts: Sequence[Post] = POSTS, *, lead: Sequence[str] = LEAD, stamp: str = "attribute") -> str:
    """As blocks with times, in a machine's form or, where `stamp` is clock, as a time of day alone."""
    blocks = "".join(
        f'<li><div id="{post.name}">{stamp_of(post, stamp)}<h3>{post.title}</h3>'
        f'<span class="byline">{post.author}</span><p>{post.text}</p>'
        '<p><a href="/share">Share</a></p></div></li>'
        for post in posts
    )
    return page(f"<ul>{blocks}</ul>", lead, None)


def stamp_of(post: Post, stamp: str) -> str:
    """The time of an entry: an element in a machine's form, or a clock alone."""
    if stamp == "attribute":
        return f'<time datetime="{post.at}">{post.at[11:16]}</time>'
    return f"<b>{post.at[11:16]}</b>"


def page(blocks: str, lead: Sequence[str], data: dict | None) -> str:
    known = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting" if data else "NewsArticle",
        "headline": TITLE,
        "datePublished": "2026-03-24T18:00:00+01:00",
        "dateModified": "2026-03-25T00:20:00+01:00",
        **(data or {}),
    }
    told = "".join(f"<p>{paragraph}</p>" for paragraph in lead)
    return (
        f'<html lang="en"><head><title>{TITLE}</title>'
        f'<script type="application/ld+json">{json.dumps(known)}</script></head>'
        f"<body><main><article><h1>{TITLE}</h1>{told}{blocks}</article></main></body></html>"
    )


def nameless(posts: Sequence[Post] = POSTS) -> list[Post]:
    """Entries whose names are their places in the page, which the next entry moves."""
    return [replace(post, name=f"post{place}") for place, post in enumerate(posts, 1)]
