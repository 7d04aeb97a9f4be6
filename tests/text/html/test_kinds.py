"""Sorts of pages: told by their data, address and template; lists are refused, articles never."""

from __future__ import annotations

import pytest

from dateline.errors import Refused
from dateline.text.html.kinds import refuse_unless_article
from dateline.text.html.page import Page, read_page
from dateline.text.html.times import Limits
from dateline.text.normalise import word_count

PROSE = (
    "<p>The council of Greywater voted on Tuesday to reopen the old harbour to fishing boats from spring, "
    "after eleven years in which only ferries could land there, said its speaker.</p>"
    "<p>“We have waited long enough,” said the harbour master, Orla Finch, who had argued for it since "
    "the floods of the last decade closed the northern quay to everybody else.</p>"
)
TEASERS = "".join(
    f"<li><h3><a href='/news/{number}'>Story number {number} of the day</a></h3><p>What it tells.</p></li>"
    for number in range(9)
)


def read(url: str | None, *, head: str = "", body: str = "", attributes: str = "", text: str = PROSE) -> Page:
    html = (
        f"<!doctype html><html><head><title>Harbour reopens to boats</title>{head}</head><body {attributes}>"
        f"<main><h1>Harbour reopens to boats</h1>{text}{body}</main></body></html>"
    )
    return read_page(html.encode(), None, url, None, Limits())


def linked(kind: str, **facts: str) -> str:
    told = "".join(f', "{name}": "{value}"' for name, value in facts.items())
    return f'<script type="application/ld+json">{{"@type": "{kind}", "headline": "Harbour"{told}}}</script>'


SITE = "https://www.greywater.example"
KINDS = [
    # (address, head, attributes of body, kind)
    ("/news/2024/harbour-reopens-to-boats", "", "", "article"),
    ("/news/video-shows-how-the-harbour-reopens", "", "", "article"),
    ("/opinion-polls-and-the-harbour-vote", "", "", "article"),
    ("/news/live-music-returns-to-the-harbour", "", "", "article"),
    ("/video/harbour-reopens-to-boats", "", "", "video"),
    ("/fotostrecken/der-hafen-in-bildern-10", "", "", "gallery"),
    ("/фото/gavan-otkrylas", "", "", "gallery"),
    ("/galer%C3%ADa/el-puerto-en-imagenes", "", "", "gallery"),
    ("/podcasts/harbour-hour-12", "", "", "audio"),
    ("/meinung/der-hafen-gehoert-allen", "", "", "opinion"),
    ("/2024/03/opinión/el-puerto-es-de-todos", "", "", "opinion"),
    ("/мнения/gavan-dlya-vsekh", "", "", "opinion"),
    ("/news/harbour-live-updates-council-votes", "", "", "live_blog"),
    ("/liveticker/hafen-wird-eroeffnet", "", "", "live_blog"),
    ("/news/a", linked("LiveBlogPosting"), "", "live_blog"),
    ("/news/a", linked("OpinionNewsArticle"), "", "opinion"),
    ("/news/a", linked("NewsArticle", articleSection="Kommentare"), "", "opinion"),
    ("/news/a", linked("NewsArticle", articleSection="News"), "", "article"),
    ("/news/a", linked("VideoObject"), "", "video"),
    ("/news/a", linked("NewsArticle") + linked("VideoObject"), "", "article"),
    ("/news/a", linked("ImageGallery"), "", "gallery"),
    ("/news/a", linked("PodcastEpisode"), "", "audio"),
    ("/news/a", '<meta property="og:type" content="video.other">', "", "video"),
    ("/news/a", '<meta property="og:type" content="video.other">' + linked("NewsArticle"), "", "article"),
    ("/news/a", '<meta property="article:section" content="Opinión">', "", "opinion"),
    ("/news/a", "", "class='single single-format-video'", "video"),
    ("/news/a", "", "class='single single-format-standard'", "article"),
    ("/news/a", "", "itemscope itemtype='https://schema.org/LiveBlogPosting'", "live_blog"),
    ("/video/a", linked("OpinionNewsArticle"), "", "opinion"),
    ("/video", "", "", "article"),
]


@pytest.mark.parametrize(("path", "head", "attributes", "kind"), KINDS)
def test_kinds(path: str, head: str, attributes: str, kind: str) -> None:
    assert read(SITE + path, head=head, attributes=attributes).kind == kind


def refused(page: Page) -> str | None:
    try:
        refuse_unless_article(page, word_count(" ".join(page.paragraphs)), 10)
    except Refused as reason:
        return reason.reason
    return None


WEBSITE = '<meta property="og:type" content="website">'
LISTS = [
    ("/", "", "class='home blog'"), ("/", WEBSITE, ""), ("/sport/", WEBSITE, "class='category category-4'"),
    ("/tag/harbour/", WEBSITE, "class='archive tag'"), ("/author/anna-quay", linked("ProfilePage"), ""),
    ("/?s=harbour", WEBSITE, "class='search search-results'"), ("/suche?q=hafen", WEBSITE, ""),
    ("/themen/hafen", linked("CollectionPage"), ""), ("/news", linked("ItemList"), ""),
    ("/news", "", "itemscope itemtype='http://schema.org/CollectionPage'"),
    ("/thema/hafen", "", "class='topic-page'"), (None, WEBSITE, "class='front-page'"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "head", "attributes"), LISTS)
def test_lists_are_refused(path: str | None, head: str, attributes: str) -> None:
    page = read(path and SITE + path, head=head, attributes=attributes, text=f"<ul>{TEASERS}</ul>")
    assert refused(page) == "not_article"


@pytest.mark.parametrize("path", ["/", "/?page=2", "/tag/harbour"])
def test_lists_of_whole_stories_are_refused_where_all_says_so(path: str) -> None:
    assert refused(read(SITE + path, head=WEBSITE, attributes="class='home blog'")) == "not_article"


ARTICLES = [
    ("/", WEBSITE, ""), (None, WEBSITE, ""), ("/news/harbour-reopens-to-boats-12345", WEBSITE, ""),
    ("/tag/2024/03/25/harbour-reopens-to-all-boats", WEBSITE, "class='archive'"),
    ("/news/article.html?oid=8976", WEBSITE, ""),
    ("/a", WEBSITE, "class='single postid-12 archive-no'"),
    ("/a", linked("NewsArticle") + linked("ItemList"), "class='home'"),
    ("/author/a", linked("NewsArticle"), ""),
    ("/a", '<meta property="og:type" content="article">' + linked("CollectionPage"), "class='category'"),
    ("/topics/harbour", WEBSITE, ""), ("/news", linked("ItemList"), ""),
]  # fmt: skip


@pytest.mark.parametrize(("path", "head", "attributes"), ARTICLES)
def test_articles_are_kept(path: str | None, head: str, attributes: str) -> None:
    assert refused(read(path and SITE + path, head=head, attributes=attributes)) is None


@pytest.mark.parametrize("url", ["https://[", "http://a/%ff", "https://a.example/" + "/video" * 900, "x", ""])
def test_odd_addresses(url: str) -> None:
    assert read(url).paragraphs


VIEWS = ["/article.html?oid=8976", "/news_view.php?id=12", "/2024/03/25/harbour-reopens-to-boats"]


@pytest.mark.parametrize("path", VIEWS)
def test_short_paragraphs_at_an_articles_address_are_kept(path: str) -> None:
    short = "".join(f"<p>The council said number {number} of it.</p>" for number in range(30))
    assert refused(read(SITE + path, head=WEBSITE, text=short)) is None
