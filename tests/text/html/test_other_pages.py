"""Pages with prose that are no news are refused; what may be an article is kept."""

from __future__ import annotations

import pytest

from dateline.errors import Refused
from dateline.text.html.kinds import refuse_unless_article
from dateline.text.html.page import read_page
from dateline.text.html.times import Limits
from dateline.text.normalise import word_count

SITE = "https://www.greywater.example"
PROSE = (
    "<p>The council of Greywater voted on Tuesday to reopen the old harbour to fishing boats from spring, "
    "after eleven years in which only ferries could land there, said its speaker.</p>"
    "<p>“We have waited long enough,” said the harbour master, who had argued for it since the floods of "
    "the last decade closed the northern quay to everybody else.</p>"
)
BYLINE = "<p class='byline'>By Anna Quay</p>"
SHOWN_DAY = "<p class='date'>24 March 2026</p>"


def data(kind: str, name: str, **facts: str) -> str:
    told = "".join(f', "{key}": "{value}"' for key, value in facts.items())
    return f'<script type="application/ld+json">{{"@type": "{kind}", "name": "{name}"{told}}}</script>'


def shared(kind: str) -> str:
    return f'<meta property="og:type" content="{kind}">'


OTHERS = [
    # (path, headline, head, beside the prose)
    ("/privacy-policy/", "How we treat your data", shared("website"), ""),
    ("/privacy-policy/", "Privacy Policy", shared("article"), SHOWN_DAY),
    ("/terms-of-use/", "Terms", shared("website"), ""),
    ("/contact/", "Contact", "", BYLINE),
    ("/en/legal/cookies.html", "Cookies", "", ""),
    ("/about/contact-us", "Write to us", "", ""),
    ("/datenschutzerkl%C3%A4rung", "Ihre Daten", "", ""),
    ("/mentions-legales", "Qui sommes-nous", "", ""),
    ("/node/12", "Privacy Policy", "", ""),
    ("/s/12", "Polityka prywatności", "", ""),
    ("/p?id=3", "プライバシーポリシー", "", ""),
    ("/shop/wall-paint", "Wall paint", data("Product", "Wall paint") + shared("product"), ""),
    ("/shop/wall-paint", "Wall paint", shared("product.item"), ""),
    ("/jobs/builder", "Builder wanted", data("JobPosting", "", title="Builder wanted"), ""),
    ("/events/concert", "Wall concert", data("MusicEvent", "Wall Concert", startDate="2026-06-30"),
     "<p class='event-date'>June 30, 2025</p>"),
    ("/author/anna-quay", "Anna Quay", shared("profile"), ""),
]  # fmt: skip

NEWS = [
    ("/news/privacy-policy-of-the-county-is-void", "Privacy policy void", "", ""),
    ("/news/contact", "Contact", "", ""),
    ("/1998/privacy.html", "Privacy", "", ""),
    ("/privacy-policy/", "Privacy policy", data("NewsArticle", "x"), ""),
    ("/privacy-policy/", "Privacy policy", "", BYLINE + SHOWN_DAY),
    ("/privacy/", "Privacy", '<meta name="author" content="Anna Quay">', ""),
    ("/contact/", "Contact", '<meta property="article:published_time" content="2026-03-24T10:00:00Z">', ""),
    ("/tests/paint", "Five paints for walls", data("Product", "Wall paint"), ""),
    ("/tests/paint", "Wall paint", data("Product", "Wall paint") + data("Review", "x"), BYLINE),
    ("/tests/paint", "Wall paint", data("Product", "Wall paint") + shared("article"), ""),
    ("/2026/03/24/concert", "Wall concert", data("Event", "Wall concert"), ""),
    ("/sport/greywater-holm", "Greywater v Holm", data("SportsEvent", "Greywater v Holm"), ""),
    ("/news/rules", "The town changes its rules - Terms of use", "", SHOWN_DAY),
    ("/en/about-the-us", "About the States", "", SHOWN_DAY),
    ("/p/advertising-choices", "What posters say", "", SHOWN_DAY),
    ("/people/anna-quay-is-mayor-of-greywater", "Anna Quay is mayor", shared("profile"), ""),
]  # fmt: skip


def refusal(path: str, title: str, head: str, beside: str) -> str | None:
    html = (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title} | Greywater Post</title>{head}</head>"
        f"<body><main><h1>{title}</h1>{beside}{PROSE}</main></body></html>"
    )
    page = read_page(html.encode(), None, SITE + path, None, Limits())
    try:
        refuse_unless_article(page, word_count(" ".join(page.paragraphs)), 10)
    except Refused as refused:
        return refused.reason
    return None


@pytest.mark.parametrize(("path", "title", "head", "beside"), OTHERS)
def test_what_is_no_news_is_refused(path: str, title: str, head: str, beside: str) -> None:
    assert refusal(path, title, head, beside) == "not_article"


@pytest.mark.parametrize(("path", "title", "head", "beside"), NEWS)
def test_what_may_be_news_is_kept(path: str, title: str, head: str, beside: str) -> None:
    assert refusal(path, title, head, beside) is None
