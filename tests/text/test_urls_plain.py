"""URLs that need no care have the same key and site as where care is taken."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.text.urls import site_of, url_key

HOSTS = (
    "harbour.example", "www.harbour.example", "m.harbour.co.uk", "amp.co.uk", "1.2.3.4", "www.google.com",
    "a-example.cdn.ampproject.org", "en.m.harbour.example", "-a.b", "co.uk", "foo.12", "x--y.example",
)  # fmt: skip
SEGMENTS = ("", "index.html", "a", "amp", "x.amp", "b.amp.html", "A~", "..", ".", "tag", "default.aspx", "s")


@given(st.sampled_from(HOSTS), st.lists(st.sampled_from(SEGMENTS), max_size=5))
def test_a_plain_url_has_the_key_that_the_careful_way_gives(host: str, path: list[str]) -> None:
    """A fragment counts for nothing, and asks for the careful way."""
    url = f"https://{'/'.join([host, *path])}"
    assert url_key(url) == url_key(f"{url}#top")
    assert site_of(url) == site_of(f"{url}#top")
