"""What a site's files say of a page: robots.txt, tdmrep.json, ai.txt."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.rights_files import (
    AI_AGENTS,
    from_ai_txt,
    from_robots,
    from_tdmrep,
    read_ai_txt,
    read_robots,
    read_tdmrep,
)
from dateline.text.rights_paths import binds, path_of
from dateline.text.robots import parse

URL = "https://gull.example/news/2026/a-lamp?page=2"


@pytest.mark.parametrize(
    ("pattern", "url", "wanted"),
    [
        ("/", URL, True),
        ("/news", URL, True),
        ("/news/", "https://gull.example/newsroom", False),
        ("/News", URL, False),
        ("*.html", "https://gull.example/a/b.html", True),
        ("/*.html$", "https://gull.example/a.html?x", False),
        ("/*/2026/*lamp", URL, True),
        ("/*page=2$", URL, True),
        ("/*page$", URL, False),
        ("/news/2026/a-lamp?page=2$", URL, True),
        ("/a$b", "https://gull.example/a$b", True),
        ("/a%24b", "https://gull.example/a$b", True),
        ("/caf%C3%A9", "https://gull.example/café", True),
        ("/caf%c3%a9$", "https://gull.example/caf%C3%A9", True),
        ("*", "https://gull.example", True),
        ("/$", "https://gull.example", True),
        ("", URL, False),
        ("news", URL, False),
        ("/" + "*a" * 21, "https://gull.example/" + "a" * 50, False),
        ("/ab*ba$", "https://gull.example/aba", False),
    ],
)
def test_patterns(pattern, url, wanted):
    path = path_of(url)
    assert path is not None
    assert binds(pattern, path) is wanted


def test_hostile_patterns_take_no_time():
    path = path_of("https://gull.example/" + "a" * 5_000)
    assert path is not None
    assert not any(binds("/" + "*a" * count + "b", path) for count in range(400))


def of_robots(body: bytes, url: str = URL) -> list[dict[str, str]]:
    return from_robots(read_robots(body), url)


def robots(*lines: str, url: str = URL) -> list[tuple[str, str]]:
    return [(signal["name"], signal["value"]) for signal in of_robots("\n".join(lines).encode(), url)]


ALL = "User-agent: *"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([ALL, "Content-Signal: search=yes, ai-train=no"], [("search", "yes"), ("ai-train", "no")]),
        (["content-signal : AI-TRAIN=No # told"], [("ai-train", "no")]),
        (["User-agent: gullbot", "Content-Signal: ai-train=no"], []),
        (["User-agent: dateline/2.0", "Content-Signal: ai-train=no"], [("ai-train", "no")]),
        ([ALL, "Content-Signal: ai-train=no", "User-agent: dateline", "Disallow: /x"], [("ai-train", "no")]),
        (
            [ALL, "Content-Signal: ai-train=no", "User-agent: dateline", "Content-Signal: ai-train=yes"],
            [("ai-train", "yes")],
        ),
        ([ALL, "Content-Signal: /news ai-train=no", "Content-Signal: ai-train=yes"], [("ai-train", "no")]),
        ([ALL, "Content-Signal: /other ai-train=no"], []),
        (
            [ALL, "Content-Signal: ai-train=no", "Content-Signal: ai-train=yes"],
            [("ai-train", "no"), ("ai-train", "yes")],
        ),
        ([ALL, "User-agent: gullbot", "Content-Signal: ai-train=no"], [("ai-train", "no")]),
        # A line of the group, wherever it stands in it, is said to the agents that are named by then.
        (
            ["User-agent: dateline", "Disallow: /x", "", "Content-Signal: ai-train=no", "", ALL],
            [("ai-train", "no")],
        ),
        (["User-agent: gullbot", "Disallow: /x", "", "Content-Signal: ai-train=no", "", ALL, "Allow: /"], []),
        (
            ["User-agent: gullbot", "Content-Signal: ai-train=no", ALL, "Content-Signal: search=yes"],
            [("search", "yes")],
        ),
        (
            [ALL, "Content-Signal: search=yes", "User-agent: x", "Content-Signal: ai-train=no", "Allow: /"],
            [("search", "yes"), ("ai-train", "no")],
        ),
        (
            ["Content-Signal: ai-train=no", "User-agent: dateline", "Content-Signal: search=yes", "Allow: /"],
            [("ai-train", "no"), ("search", "yes")],
        ),
        (
            ["Sitemap: x", "", "Content-Signal: ai-train=no", "", "User-agent: gullbot", "Disallow: /"],
            [("ai-train", "no")],
        ),
        (["Useragent *", "Content-Signal ai-train=no"], [("ai-train", "no")]),
        ([ALL, "Content-Signal: /news\tai-train=no"], [("ai-train", "no")]),
        ([ALL, "Content-Signal:", "Content-Signal", "Content-Signal: maybe"], []),
    ],
)
def test_signals_of_robots(lines, wanted):
    assert robots(*lines) == [("content-signal", f"{key}={value}") for key, value in wanted]


def test_usage_has_words_of_its_own():
    assert robots(ALL, "Content-Usage: /news/ train-ai=n", "Content-Usage: train-ai=y, search=y") == [
        ("content-usage", "train-ai=n"), ("content-usage", "search=y"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "barred"),
    [
        (["User-agent: GPTBot", "Disallow: /"], ["gptbot"]),
        (["User-agent: GPTBot", "User-agent: CCBot", "Disallow: /news"], ["ccbot", "gptbot"]),
        (["User-agent: GPTBot", "Disallow: /", "Allow: /news/"], []),
        (["User-agent: GPTBot", "Disallow: /other"], []),
        (["User-agent: GPTBot", "Disallow: /news", "Allow: /news"], []),
        (["User-agent: GPTBot", "Allow: /x", "User-agent: gptbot", "Disallow: /news"], ["gptbot"]),
        (["User-agent: gullbot", "Disallow: /"], []),
        ([ALL, "Disallow: /"], []),
        (["User-agent: GPTBot", "Disallow:"], []),
        (["User-agent: GPTBot", "Crawl-delay: 5", "User-agent: gullbot", "Disallow: /"], ["gptbot"]),
        (["User-agent: AI2Bot/1.0", "User-agent: img2dataset v2", "Disallow: /"], ["ai2bot", "img2dataset"]),
        (["Disallow: /", "User-agent: GPTBot", "Allow: /"], []),
    ],
)
def test_agents_that_are_barred(lines, barred):
    assert robots(*lines) == [("disallow", agent) for agent in barred]


RULES = [
    {"location": "/news/2026/", "tdm-reservation": 0},
    {"location": "/news/", "tdm-reservation": 1, "tdm-policy": "https://gull.example/terms"},
    {"location": "/*.pdf$", "tdm-reservation": "1"},
    {"location": "/old/", "tdm-reservation": 2},
    {"location": "/old/", "tdm-reservation": True},
    {"location": 5},
    "x",
]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/news/2026/a", ["0"]),
        ("/news/b", ["1", "https://gull.example/terms"]),
        ("/a.pdf", ["1"]),
        ("/a.pdf?x", []),
        ("/", []),
        ("/old/x", ["1"]),
    ],
)
def test_the_first_rule_that_matches(path, wanted):
    found = from_tdmrep(read_tdmrep(json.dumps(RULES).encode()), f"https://gull.example{path}")
    assert [signal["value"] for signal in found] == wanted


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b"null", b"5", b"[[[]]]", b"[" * 100_000, b"<html>", b"\xff\xfe", b'[{"location":"/"}]',
        b'[{"location":"/","tdm-reservation":' + b"9" * 10_000 + b"}]",
        b'[{"location":"/","tdm-reservation":NaN}]',
        b'[{"location":"/","tdm-reservation":[1]}]', b'{"location":null,"tdm-reservation":1}', b" " * 600_000,
    ],
)  # fmt: skip
def test_a_file_that_says_nothing(body):
    assert from_tdmrep(read_tdmrep(body), URL) == []


def test_one_rule_without_its_brackets_counts():
    assert from_tdmrep(read_tdmrep(b'\xef\xbb\xbf{"location": "/", "tdm-reservation": 1}'), URL)


@pytest.mark.parametrize(
    ("body", "url", "wanted"),
    [
        (b"User-Agent: *\nDisallow: /", URL, "disallow"),
        (b"User-Agent: *\nDisallow: *.html\nAllow: /", URL, "disallow"),
        (b"User-Agent: *\nAllow: *.html\nDisallow: /", URL, "allow"),
        (b"User-Agent: *\nDisallow: *.jpg", URL, None),
        (b"User-Agent: *\nDisallow: *.jpg", "https://gull.example/a.jpg", "disallow"),
        (b"User-Agent: *\nDisallow: /news\nAllow: /news", URL, "disallow"),
        (b"User-Agent: gullbot\nDisallow: /", URL, None),
        (b"<html>User-Agent: *\nDisallow: /", URL, None),
        (b"# a page about us", URL, None),
        (b"\xff\xfe\x00", URL, None),
    ],
)
def test_ai_txt(body, url, wanted):
    assert [signal["name"] for signal in from_ai_txt(read_ai_txt(body), url)] == ([wanted] if wanted else [])


@given(st.text().map(str.encode) | st.binary(), st.text() | st.just(URL))
def test_anything_gives_a_list(body, url):
    of_files = (
        of_robots(body, url),
        from_tdmrep(read_tdmrep(body), url),
        from_ai_txt(read_ai_txt(body), url),
    )
    for found in of_files:
        assert len(found) <= 64


NAMES = st.sampled_from(["*", "dateline", "GPTBot/1.2", "ccbot", "ai2bot", "gullbot", "img2dataset v2"])
LINES = st.one_of(
    NAMES.map("User-agent: {}".format), NAMES.map("useragent {}".format),
    st.sampled_from([
        "Disallow: /news", "Dissallow: /", "Allow: /news/2026", "Allow /", "Disallow:", "", "# told",
        "Content-Signal: ai-train=no", "Content-Usage: /news train-ai=n", "Crawl-delay: 2",
        "Sitemap: x", "Foo: y",
    ]),
)  # fmt: skip


@given(st.lists(LINES, max_size=14))
def test_who_is_barred_is_who_may_not_ask(lines):
    """Two readers of one file: whom the rights call barred is whom a group of its own keeps out."""
    body = "\n".join(lines).encode()
    barred = {signal["value"] for signal in of_robots(body) if signal["name"] == "disallow"}
    # What is said to everybody bars no agent by name.
    own = body.replace(b"*", b"nobody")
    assert barred == {agent for agent in AI_AGENTS if not parse(own, agent).judge(URL).allowed}


def test_a_large_file_is_bounded():
    many = "\n".join(f"User-agent: gptbot\nDisallow: /{'*x' * 10}{number}" for number in range(20_000))
    assert robots(many) == []
