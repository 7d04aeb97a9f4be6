"""What a robots.txt allows, also one that was made to hurt."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.edges.http.robots import Rules

CASES = {
    "nothing": ("", "/a", True),
    "all": ("User-agent: *\nDisallow: /", "/a", False),
    "nobody in particular": ("Disallow: /", "/a", True),
    "us, not all": ("User-agent: *\nDisallow: /\n\nUser-agent: Dateline\nDisallow: /b", "/a", True),
    "us by name and version": ("User-agent: dateline/1.0\nDisallow: /", "/a", False),
    "a part of our name": ("User-agent: line\nDisallow: /", "/a", True),
    "a longer name": ("User-agent: dateline-images\nDisallow: /", "/a", True),
    "others": ("User-agent: otherbot\nDisallow: /", "/a", True),
    "group of two": ("User-agent: otherbot\nUser-agent: dateline\nDisallow: /a", "/a", False),
    "the longest rule": ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
    "a tie allows": ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
    "wildcard": ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
    "wildcard, not at the end": ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
    "percent": ("User-agent: *\nDisallow: /caf%C3%A9", "/caf%c3%a9/1", False),
    "comment": ("User-agent: * # all\nDisallow: /a # this", "/a", False),
    "byte order mark": ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
    "carriage returns": ("User-agent: *\rDisallow: /a\r", "/a", False),
    "no space": ("user-agent:*\ndisallow:/a", "/a", False),
    "a line that makes no sense": ("User-agent: *\nDisallow: x://[\nDisallow: /a", "/a", False),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_allowed(name: str) -> None:
    text, path, allowed = CASES[name]
    assert Rules.parse(text.encode(), 60.0).allows(f"http://paper.example{path}") is allowed


@pytest.mark.parametrize(
    ("value", "delay"),
    [("2", 2.0), ("0.5", 0.5), ("-1", 0.0), ("nan", 0.0), ("inf", 60.0), ("1e308", 60.0), ("soon", 0.0)],
)
def test_crawl_delay_is_a_sane_number(value: str, delay: float) -> None:
    assert Rules.parse(f"User-agent: *\nCrawl-delay: {value}".encode(), 60.0).delay == delay


def test_many_agents_times_many_rules_stay_small() -> None:
    agents = "".join(f"User-agent: a{'b' * (number % 40)}\n" for number in range(12_000))
    rules = "".join(f"Disallow: /{number}\n" for number in range(12_000))
    begun = time.process_time()
    assert Rules.parse((agents + rules).encode(), 60.0).allows("http://paper.example/a")
    assert time.process_time() - begun < 5.0


LINES = st.sampled_from(
    [
        "User-agent: *",
        "User-agent:",
        "Disallow: /*a$",
        "Allow: //[x",
        "Crawl-delay: 1",
        "Disallow: x://[",
        "$",
    ]
)


@given(
    st.lists(LINES | st.text(max_size=30)).map("\n".join).map(lambda text: text.encode("utf-8", "replace"))
)
def test_anything_can_be_read(body: bytes) -> None:
    rules = Rules.parse(body, 60.0)
    rules.allows("http://paper.example/a?b=c")
    assert 0 <= rules.delay <= 60


@given(st.binary())
def test_any_bytes_can_be_read(body: bytes) -> None:
    assert 0 <= Rules.parse(body, 60.0).delay <= 60
