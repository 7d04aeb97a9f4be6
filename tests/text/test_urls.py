"""When two URLs are one, and when they are not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.urls import (
    absolute,
    article_id,
    is_home,
    same_site,
    site_of,
    url_key,
    web_url,
)

BASE = "https://www.harbour.example/2024/03/quay-reopens"

SAME = {
    "scheme": (BASE, "http://www.harbour.example/2024/03/quay-reopens"),
    "host prefix": (BASE, "https://harbour.example/2024/03/quay-reopens"),
    "mobile": (BASE, "https://m.harbour.example/2024/03/quay-reopens"),
    "mobile under www": (BASE, "https://www.mobile.harbour.example/2024/03/quay-reopens"),
    "host case and dot": (BASE, "https://WWW.Harbour.Example./2024/03/quay-reopens"),
    "port": (BASE, "https://www.harbour.example:443/2024/03/quay-reopens"),
    "user": (BASE, "https://reader:word@www.harbour.example/2024/03/quay-reopens"),
    "slash": (BASE, BASE + "/"),
    "double slash": (BASE, "https://www.harbour.example//2024/03//quay-reopens"),
    "dots": (BASE, "https://www.harbour.example/2024/02/../03/./quay-reopens"),
    "fragment": (BASE, BASE + "#comments"),
    "campaign": (BASE, BASE + "?utm_source=letter&utm_medium=mail&fbclid=Iw1"),
    "other campaigns": (BASE, BASE + "?cmpid=a&at_medium=rss&ns_mchannel=social"),
    "came from": (BASE, BASE + "?ref=homepage&source=rss"),
    "amp path": (BASE, BASE + "/amp/"),
    "amp first": (BASE, "https://www.harbour.example/amp/2024/03/quay-reopens"),
    "amp host": (BASE, "https://amp.harbour.example/2024/03/quay-reopens"),
    "amp query": (BASE, BASE + "?amp=1"),
    "amp output": (BASE, BASE + "?outputType=amp"),
    "amp cache": (
        BASE,
        "https://www-harbour-example.cdn.ampproject.org/c/s/www.harbour.example/2024/03/quay-reopens",
    ),
    "amp viewer": (BASE, "https://www.google.com/amp/s/www.harbour.example/2024/03/quay-reopens/amp"),
    "amp file": ("https://harbour.example/a-b.amp.html", "https://harbour.example/a-b.html"),
    "index file": ("https://harbour.example/news/", "https://harbour.example/news/index.html"),
    "order of parameters": (BASE + "?b=2&a=1", BASE + "?a=1&b=2"),
    "percent": ("https://harbour.example/caf%c3%a9%2d1", "https://harbour.example/café-1"),
    "plus": ("https://harbour.example/?q=a+b", "https://harbour.example/?q=a%20b"),
    "idn": ("https://www.hafenstädte.example/a", "https://xn--hafenstdte-w5a.example/a"),
    "session": (BASE, BASE + ";jsessionid=0A1B"),
    "space around": (BASE, f" {BASE}\n"),
    "mobile in the middle": ("https://en.m.harbour.example/a", "https://en.harbour.example/a"),
    "touch": (BASE, "https://touch.harbour.example/2024/03/quay-reopens"),
    "amp by google": (BASE, BASE + "?amp_gsa=1&amp_js_v=a9#amp_tf=From"),
    "another amp": (BASE, BASE + "?_amp=true"),
    "mobile view": (BASE, BASE + "?view=mobile"),
    "index file in capitals": ("https://harbour.example/", "https://harbour.example/Index.HTML"),
    "index file of a server": ("https://harbour.example/news", "https://harbour.example/news/index.shtml"),
    "session of PHP": (BASE, BASE + "?PHPSESSID=0a1b2c"),
    "ads": (BASE, BASE + "?wbraid=x&gad_source=1&srsltid=Af1&li_fat_id=3&rdt_cid=4&_openstat=b"),
    "escaped twice": (BASE + "?id=1", BASE + "?id=1&amp;utm_source=rss&amp;utm_medium=feed"),
    "escaped twice from the start": (BASE, BASE + "?amp;utm_source=rss"),
    "nothing asked": (BASE, BASE + "?&"),
    "shared": (BASE, BASE + "?share=mail&CMP=share_btn_tw"),
    "text fragment": (BASE, BASE + "#:~:text=quay"),
    "semicolon between parameters": (BASE + "?id=1", BASE + "?id=1;utm_source=rss;utm_medium=x"),
    "semicolon before anything": (BASE, BASE + ";utm_source=rss"),
    "campaign without a question": (BASE, BASE + "&utm_source=rss&utm_medium=feed"),
    "a page behind such a campaign": (BASE + "?id=1", BASE + "&utm_source=rss&id=1"),
    "campaign behind a second question": (BASE + "?id=1", BASE + "?id=1?utm_source=rss&utm_medium=x"),
    "question that was escaped": (BASE, BASE + "%3Futm_source%3Drss"),
    "separator that was escaped": (BASE + "?id=1", BASE + "?id=1&amp%3Butm_source=rss"),
    "amp in the name of a file": ("https://harbour.example/a-b.html", "https://harbour.example/a-b-amp.html"),
    "amp behind a line": ("https://harbour.example/a-b.html", "https://harbour.example/a-b_amp.html"),
    "dots in code": (BASE, "https://www.harbour.example/2024/02/%2E%2e/03/%2e/quay-reopens"),
    "papers' own campaigns": (BASE, BASE + "?reflink=a&sref=b1&gaa_at=x&gaa_n=2&wpisrc=nl_a1&maca=en-rss-3"),
    "more of them": (BASE, BASE + "?INTCMP=A1&itm_source=x&g2i_medium=y&ico=home_top-stories&rssfeed=true"),
    "module that is a feed": (BASE, BASE + "?mod=rss_markets_main"),
    "ways here": (BASE, BASE + "?from=home_page&source=twitter.com&src=footer&feature=youtu.be&rss=1"),
    "section of a feed": (BASE, BASE + "?source=rss----d1-sport"),
    "campaign in code": (BASE, BASE + "?%75tm_source=rss"),
    "empty ways": (BASE, BASE + "?source=&share"),
}

DIFFERENT = {
    "case of path": ("https://harbour.example/a/Bc", "https://harbour.example/a/bc"),
    "unknown parameter": (BASE + "?id=1", BASE + "?id=2"),
    "parameter at all": (BASE, BASE + "?page=2"),
    "reference with digits": (BASE + "?ref=101", BASE + "?ref=102"),
    "route in fragment": (BASE + "#!/a", BASE + "#!/b"),
    "subdomain": ("https://sport.harbour.example/a", "https://news.harbour.example/a"),
    "port": ("https://harbour.example:8080/a", "https://harbour.example/a"),
    "encoded slash": ("https://harbour.example/a%2Fb", "https://harbour.example/a/b"),
    "a name, not a prefix": ("https://amp.co.uk/a", "https://co.uk/a"),
    "campaign that is a number": (BASE + "?cmp=12", BASE + "?cmp=13"),
    "share that is a number": (BASE + "?share=1", BASE),
    "feature that is a number": (BASE + "?feature=1", BASE + "?feature=2"),
    "id that begins like a campaign": (BASE + "?at_id=1", BASE + "?at_id=2"),
    "another such": (BASE + "?ns_id=1", BASE + "?ns_id=2"),
    "content id": (BASE + "?cid=12345", BASE + "?cid=12346"),
    "month": (BASE + "?m=1", BASE),
    "twice the same name": (BASE + "?x=1&x=2", BASE + "?x=2"),
    "no name": (BASE + "?=1", BASE + "?=2"),
    "word that begins with amp": (BASE + "/amp-up", BASE),
    "host without a site": ("https://m.example/a", "https://example/a"),
    "list of amp": ("https://harbour.example/tags/amp", "https://harbour.example/tags"),
    "route of a journey": (BASE + "?from=tokyo", BASE + "?from=oslo"),
    "source that is shown": (BASE + "?source=bbc", BASE + "?source=cnn"),
    "words that name a page": (BASE + "?src=budget", BASE),
    "feature": (BASE + "?feature=election-night", BASE),
    "share that is a page": (BASE + "?share=hello-world", BASE + "?share=bye-world"),
    "campaign that is shown": (BASE + "?campaign_id=12", BASE + "?campaign_id=13"),
    "track": (BASE + "?trk=1", BASE + "?trk=2"),
    "module": (BASE + "?mod=news", BASE + "?mod=sport"),
    "semicolon in a value": (BASE + "?id=1;2", BASE + "?id=1"),
    "and in a path": ("https://harbour.example/a&b", "https://harbour.example/a"),
    "three dots": ("https://harbour.example/a/%2e%2e%2e/b", "https://harbour.example/b"),
    "tag amp": ("https://harbour.example/amp", "https://harbour.example/"),
}

NO_URL = (
    None, "", "  ", "harbour.example/a", "/a/b", "//harbour.example/a", "ftp://harbour.example/a",
    "javascript:alert(1)", "mailto:desk@harbour.example", "http://", "http:///a", "http://[::1",
    "http://harbour.example:abc/", "http://harbour.example:99999/", "http://har bour.example/",
    "http://\x00/", "https://" + "a" * 9000, "http://..", "data:text/html,x",
)  # fmt: skip


@pytest.mark.parametrize("case", SAME)
def test_must_match(case: str) -> None:
    one, other = SAME[case]
    assert url_key(one) == url_key(other)
    assert url_key(one) is not None


@pytest.mark.parametrize("case", DIFFERENT)
def test_must_differ(case: str) -> None:
    one, other = DIFFERENT[case]
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize("url", NO_URL)
def test_no_key(url: str | None) -> None:
    assert url_key(url) is None


@pytest.mark.parametrize("url", NO_URL)
def test_what_has_no_key_is_no_web_url(url: str | None) -> None:
    # A host that can't be one is left to whoever asks for it.
    assert web_url(url) == (url if url in ("http://har bour.example/", "http://\x00/", "http://..") else None)


def test_a_web_url_stays_as_it_is() -> None:
    url = "HTTPS://Harbour.example:443/a?utm_source=x#y"
    assert web_url(url) == url


def test_a_key_is_readable_and_versioned() -> None:
    assert url_key(BASE + "?b=2&utm_source=x") == "u2:harbour.example/2024/03/quay-reopens?b=2"


@given(st.text(max_size=60))
def test_any_text_gives_a_key_or_none(text: str) -> None:
    key = url_key("https://harbour.example/" + text)
    assert key is None or key.isascii()
    url_key(text)


@given(
    st.from_regex(r"https?://[a-z]{1,5}(\.[a-z]{1,5}){1,3}(/[a-zA-Z0-9.%-]{0,6}){0,4}(\?[a-z&=0-9]{0,9})?")
)
def test_a_key_is_the_key_of_itself(url: str) -> None:
    key = url_key(url)
    if key is not None:
        assert url_key(f"https://{key.partition(':')[2]}") == key


def test_article_ids() -> None:
    assert article_id(BASE) == article_id(BASE + "?fbclid=1") != article_id(BASE + "?id=1")
    assert article_id(None, "old", "a.txt", 0) != article_id(None, "old", "a.txt", 1)
    assert article_id(None, "old", "a.txt", 0) != article_id(None, "new", "a.txt", 0)
    assert article_id("not a url", "old", "a.txt", 0) == article_id(None, "old", "a.txt", 0)
    assert len(article_id(BASE)) == 32


def test_sites() -> None:
    assert site_of("https://news.harbour.co.uk/a") == "harbour.co.uk"
    assert same_site("https://news.harbour.co.uk/a", "http://www.harbour.co.uk/")
    assert not same_site("https://harbour.co.uk/", "https://other.co.uk/")
    assert not same_site("https://one.github.io/", "https://two.github.io/")
    assert not same_site("harbour", "harbour")
    assert same_site("http://127.0.0.1:8000/a", "http://127.0.0.1/b")


def test_home_pages() -> None:
    assert all(
        is_home(f"https://harbour.example{path}")
        for path in (
            "", "/", "/en/", "/index.html", "/pt-br", "/?utm_source=home", "/?", "/home", "/Home/",
            "/en/home", "/home.html", "/en/index.jsx", "/amp", "/en/amp/", "/&utm_source=x",
            "//?ref=logo#top",
        )
    )  # fmt: skip
    assert not any(
        is_home(f"https://harbour.example{path}")
        for path in (
            "/news",
            "/?id=1",
            "/2024/03/a",
            "/home/a",
            "/enhome",
            "/home-again",
            "/&utm_source=x&id=1",
        )
    )


def test_references_in_pages() -> None:
    assert absolute("/a", "https://harbour.example/b/c") == "https://harbour.example/a"
    assert absolute("javascript:void(0)", "https://harbour.example/") is None
    assert absolute("/a", None) is None
    assert absolute("http://[::1", "https://harbour.example/") is None


WORD = st.from_regex(r"[a-z]{3,8}(?:-[a-z]{2,6}){0,2}", fullmatch=True).filter(lambda word: "amp" not in word)
PATHS = st.lists(WORD, min_size=1, max_size=4).map("/".join).filter(lambda path: "index" not in path)
IDS = st.dictionaries(
    st.sampled_from(["id", "p", "article", "page", "cid"]), st.integers(0, 99_999), max_size=3
)
NOISE = st.lists(
    st.sampled_from([
        "utm_source=a", "utm_medium=b-1", "fbclid=Iw%20AR0", "gclid=", "amp=1", "outputType=amp", "ref=front",
        "source=rss", "CMPID=1", "at_medium=rss", "mc_eid=9", "",
        "rss=1;gaa_n=2", "amp;utm_term=c", "mod=rss_a",
    ])
)  # fmt: skip


@given(PATHS, IDS, NOISE, st.randoms(), st.data())
def test_a_page_in_any_dress_has_one_key(
    path: str, ids: dict[str, int], noise: list[str], chance: random.Random, data: st.DataObject
) -> None:
    query = [f"{name}={value}" for name, value in ids.items()]
    plain = f"https://harbour.example/{path}" + ("?" + "&".join(query) if query else "")
    mixed = [*query, *noise]
    chance.shuffle(mixed)
    host = (
        data.draw(st.sampled_from(["", "www.", "m.", "www.m.", "amp.", "mobile.", "WWW."]))
        + "Harbour.example"
    )
    port = data.draw(st.sampled_from(["", ":443", ":80"]))
    end = data.draw(st.sampled_from(["", "/", "/amp", "/amp/", "/index.html", "//", "/./", "/x/.."]))
    written = "".join(f"%{ord(c):02x}" if c == "-" and chance.random() < 0.5 else c for c in path)
    scheme = data.draw(st.sampled_from(["http", "https", "HTTPS"]))
    fragment = data.draw(st.sampled_from(["", "#comments", "#:~:text=a"]))
    dressed = f"{scheme}://{host}{port}/{written}{end}" + ("?" + "&".join(mixed) if mixed else "") + fragment
    assert url_key(dressed) == url_key(plain)


@given(
    PATHS,
    IDS,
    st.sampled_from(["id", "p", "article", "page", "cid", "ref", "share", "cmp", "trk", "campaign_id"]),
    st.data(),
)
def test_ids_keep_pages_apart(path: str, ids: dict[str, int], name: str, data: st.DataObject) -> None:
    one, other = data.draw(st.lists(st.integers(0, 999), min_size=2, max_size=2, unique=True))
    urls = [
        f"https://harbour.example/{path}?"
        + "&".join(f"{key}={value}" for key, value in {**ids, name: number}.items())
        for number in (one, other)
    ]
    assert url_key(urls[0]) != url_key(urls[1])
    assert url_key(f"https://harbour.example/{path}/{one}") != url_key(
        f"https://harbour.example/{path}/{other}"
    )


@given(st.text(max_size=80), st.text(max_size=30))
def test_the_key_of_any_key_is_itself(path: str, query: str) -> None:
    key = url_key(f"https://harbour.example/{path}?{query}")
    if key is not None:
        assert url_key(f"https://{key.partition(':')[2]}") == key
