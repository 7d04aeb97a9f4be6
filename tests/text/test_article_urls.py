"""Which addresses may stand for a page, and which would swallow others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.article_urls import is_article_url, may_stand_for

SITE = "https://www.harbour.example"
STORY = "/2024/03/25/quay-reopens-to-fishing-boats"

# What is told, for which page.
TAKEN = {
    "another dress": (STORY + "?utm_source=a", "/amp" + STORY),
    "itself": ("/one", "/one"),
    "without an unknown parameter": (STORY, STORY + "?edtsign=F1F5&scm=1103.plate"),
    "the same name elsewhere": ("/quay-reopens", "/2024/03/25/quay-reopens"),
    "the same name with a day": ("/news/2024/03/25/quay-reopens", "/quay-reopens.html"),
    "the same number": ("/view/48213077", "/quay/boats-48213077.html"),
    "the same number at the end": ("/quay-a48213", "/boats/x-48213.html"),
    "a short address of a story": (STORY, "/one"),
    "a number of a story": (STORY, "/?p=48213"),
    "a headline that was changed": (STORY, "/2024/03/25/quay-stays-shut-for-fishing-boats"),
    "on another host of the site": (
        "https://harbour.example" + STORY,
        "https://edition.harbour.example" + STORY,
    ),
    "a list that the page lies in": ("/tags/boats/quay-reopens", "/2024/tags/boats/quay-reopens"),
}

REFUSED = {
    "front page": ("/", STORY),
    "front page with a campaign": ("/?utm_source=home", STORY),
    "front page by name": ("/home", STORY),
    "section": ("/news/", STORY),
    "section of the path": ("/2024/03", STORY),
    "section that looks like a story": ("/all-the-news-of-the-port", "/all-the-news-of-the-port/boats/quay"),
    "section in words": ("/local-news-from-all-towns", STORY),
    "list of that name": ("/tag/quay-reopens", "/2024/03/25/quay-reopens"),
    "short for short": ("/ferry", "/one"),
    "list of a day": ("/2024/03/25", STORY),
    "page of a script": ("/article.php", "/article.php?id=48213"),
    "section of a script": ("/news", "/news?x=77"),
    "another page of it": (STORY, STORY + "?page=2"),
    "part": (STORY, STORY + "/slide/2"),
    "year in common": ("/yearbook-2024", "/boats-2024"),
    "month in common": ("/archive-202403", "/quay-202403"),
    "no web address": ("mailto:desk@harbour.example", STORY),
    "none at all": ("", ""),
}  # fmt: skip


def full(address: str) -> str:
    return SITE + address if address.startswith("/") else address


@pytest.mark.parametrize("case", TAKEN)
def test_taken(case: str) -> None:
    said, url = map(full, TAKEN[case])
    assert may_stand_for(said, url)


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    said, url = map(full, REFUSED[case])
    assert not may_stand_for(said, url)


def test_addresses_of_articles() -> None:
    assert all(is_article_url(full(path)) for path in (STORY, "/?p=48213", "/view/48213077"))
    assert not any(
        is_article_url(full(path)) for path in ("/", "/home", "/news", "/one", "/?utm_source=a12345")
    )


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_told(said: str, url: str) -> None:
    for told, asked in ((said, url), (full("/" + said), full("/" + url))):
        assert may_stand_for(told, asked) in (True, False)


@given(st.lists(st.from_regex(r"[a-z0-9-]{1,12}", fullmatch=True), min_size=2, max_size=5), st.data())
def test_the_beginning_of_a_path_never_stands_for_it(path: list[str], data: st.DataObject) -> None:
    path = [f"x{segment}" for segment in path]
    most = data.draw(st.integers(0, len(path) - 1))
    assert not may_stand_for(full("/" + "/".join(path[:most])), full("/" + "/".join(path)))
