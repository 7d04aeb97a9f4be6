"""User and password in a link are nobody's to keep."""

from __future__ import annotations

import json

import pytest

from dateline.sources import feeds, sitemaps

SECRET = "https://me:secret@harbour.example/a"
SECRETS = {
    "rss": f"<rss version='2.0'><channel><link>{SECRET}</link><item><guid>{SECRET}</guid>"
    f"<link>{SECRET}</link><title>Tide</title></item></channel></rss>",
    "atom": f"<feed xmlns='http://www.w3.org/2005/Atom'><id>x</id><title>x</title><link href='{SECRET}'/>"
    f"<entry><id>{SECRET}</id><link href='{SECRET}'/><title>Tide</title></entry></feed>",
    "a relative link": f"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><link href='{SECRET}'/>"
    "<entry><link href='/a'/><title>Tide</title></entry></feed>",
    "json": json.dumps({
        "version": "https://jsonfeed.org/version/1.1", "title": "x", "home_page_url": SECRET,
        "items": [{"id": SECRET, "url": SECRET, "title": "Tide"}],
    }),
}  # fmt: skip


@pytest.mark.parametrize("kind", SECRETS)
def test_no_user_nor_password_is_kept_of_a_link(kind: str) -> None:
    feed = feeds.read(SECRETS[kind].encode())
    assert [entry.url for entry in feed.entries] == ["https://harbour.example/a"]
    assert "secret" not in repr(feed)


@pytest.mark.parametrize(
    "text",
    [
        "http://me:secret@harbour.example/a\n",
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>http://me:secret@harbour.example/a"
        "</loc></url></urlset>",
    ],
)
def test_no_user_nor_password_is_kept_of_an_address(text: str) -> None:
    [entry] = sitemaps.read(text.encode(), url="http://harbour.example/sitemap.xml").entries
    assert entry.url == "http://harbour.example/a"
