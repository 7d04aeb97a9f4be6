"""robots.txt as RFC 9309 has it: its own examples, the oddities of real files, and a second judge."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.text.robots import Verdict, parse
from dateline.text.robots_lines import LONGEST


def verdict(text: str | bytes, path: str, agent: str = "dateline") -> Verdict:
    body = text if isinstance(text, bytes) else text.encode()
    return parse(body, agent).judge(f"https://paper.example{path}")


SAME = [  # RFC 9309 §2.2.2 and §2.2.3: what is written in robots.txt, what is asked for
    ("/foo/bar?baz=quz", "/foo/bar?baz=quz"),
    ("/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar"),
    ("/foo/bar?baz=https%3A%2F%2Ffoo.bar", "/foo/bar?baz=https://foo.bar"),
    ("/foo/bar/ツ", "/foo/bar/%E3%83%84"),
    ("/foo/bar/%E3%83%84", "/foo/bar/%e3%83%84"),
    ("/foo/bar/%62%61%7A", "/foo/bar/baz"),
    ("/foo/bar/baz", "/foo/bar/%62%61%7A"),
    ("/path/file-with-a-%2A.html", "/path/file-with-a-*.html"),
    ("/path/foo-%24", "/path/foo-$"),
    ("/a$b", "/a$b"),
    ("/my folder/", "/my%20folder/x"),
    ("/{id}", "/%7Bid%7D"),
    ("*.gif$", "/x/y.gif"),
    ("/a*b*c$", "/a-c-b-c"),
    ("/fish*", "/fish"),
    ("/*?", "/a?b"),
    ("/a?", "/a?"),
    ("/", ""),
    ("/?q", "?q=1"),
]
OTHER = [
    ("/a%2Fb", "/a/b"), ("/A", "/a"), ("/a$", "/a/"), ("/a$", "/a?b"), ("/a*b$", "/a-b-c"), ("/ab*b$", "/ab"),
    ("a", "/a"), ("https://paper.example/a", "/a"), ("/a", "/b/a"), ("*.gif$", "/x.gif?y"), ("/a%2", "/a"),
    ("$", "/"), ("/path/file-with-a-%2A.html", "/path/file-with-a-b.html"),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "path"), SAME)
def test_what_a_pattern_fits(pattern: str, path: str) -> None:
    line = f"Disallow: {pattern}"
    assert verdict(f"User-agent: *\n{line}", path) == (False, line)


@pytest.mark.parametrize(("pattern", "path"), OTHER)
def test_what_a_pattern_does_not_fit(pattern: str, path: str) -> None:
    assert verdict(f"User-agent: *\nDisallow: {pattern}", path) == (True, None)


PRECEDENCE = {
    "the longest": ("Allow: /a\nDisallow: /a/b", "/a/b/c", (False, "Disallow: /a/b")),
    "the longest, first": ("Disallow: /a/b\nAllow: /a", "/a/b/c", (False, "Disallow: /a/b")),
    "a tie": ("Disallow: /a\nAllow: /a", "/a", (True, "Allow: /a")),
    "asterisks count": ("Disallow: /*a\nAllow: /a", "/a", (False, "Disallow: /*a")),
    "the end counts": ("Allow: /a$\nDisallow: /a", "/a", (True, "Allow: /a$")),
    "the end, elsewhere": ("Allow: /$\nDisallow: /", "/a", (False, "Disallow: /")),
    "octets count": ("Allow: /é\nDisallow: /*****", "/é", (True, "Allow: /é")),
    "empty": ("Disallow:\nAllow:", "/a", (True, None)),
}


@pytest.mark.parametrize("name", PRECEDENCE)
def test_which_rule_decides(name: str) -> None:
    rules, path, decided = PRECEDENCE[name]
    assert verdict(f"User-agent: *\n{rules}", path.replace("é", "%C3%A9")) == decided


GROUPS = {
    "no group": ("Disallow: /", True),
    "everybody": ("User-agent: *\nDisallow: /", False),
    "everybody and more": ("User-agent: * please\nDisallow: /", False),
    "ours, whatever the case": ("USER-AGENT: DateLine\nDISALLOW: /", False),
    "ours with a version": ("User-agent: dateline/1.0 (x)\nDisallow: /", False),
    "ours stands alone": ("User-agent: *\nDisallow: /\nUser-agent: dateline\nDisallow: /b", True),
    "ours may be empty": ("User-agent: dateline\nDisallow:\nUser-agent: *\nDisallow: /", True),
    "ours comes twice": (
        "User-agent: dateline\nAllow: /b\nUser-agent: x\nAllow: /\nUser-agent: dateline\nDisallow: /a", False,
    ),
    "a part of our name": ("User-agent: line\nDisallow: /", True),
    "a longer name": ("User-agent: dateline-images\nDisallow: /", True),
    "several names": ("User-agent: x\nUser-agent: dateline\nUser-agent: y\nDisallow: /", False),
    "a blank line parts nothing": ("User-agent: *\n\nDisallow: /", False),
    "other lines part nothing": ("User-agent: *\nSitemap: x\nFoo: bar\nDisallow: /", False),
    "a rule ends the names": ("User-agent: *\nAllow: /b\nUser-agent: x\nDisallow: /", True),
    "a signal does not": ("User-agent: *\nContent-Signal: search=yes\nUser-agent: x\nDisallow: /", False),
    "a delay does not": ("User-agent: *\nCrawl-delay: 1\nUser-agent: x\nDisallow: /", False),
}  # fmt: skip


@pytest.mark.parametrize("name", GROUPS)
def test_whose_rules_count(name: str) -> None:
    text, allowed = GROUPS[name]
    assert verdict(text, "/a").allowed is allowed


BYTES = {
    "byte order mark": b"\xef\xbb\xbfUser-agent: *\nDisallow: /a",
    "carriage returns": b"User-agent: *\rDisallow: /a\r",
    "both": b"User-agent: *\r\nDisallow: /a\r\n",
    "tabs and blanks": b" \tUser-agent\t: *\n\vDisallow :\t/a \f",
    "a comment": b"User-agent: * # all\nDisallow: /a # this",
    "a comment at once": b"User-agent: *#\nDisallow: /a#b",
    "no colon": b"User-agent *\nDisallow\t/a",
    "misspelt": b"Useragent: *\nDissallow: /a",
    "NUL": b"User-agent: *\0x\nDisallow: /a\0bc",
    "no UTF-8": b"\xff\xfe\nUser-agent: *\nDisallow: /\xe9\nDisallow: /a\n\x80",
    "odd line ends are none": "User-agent: x\u2028\x85\x0cAllow: /\nUser-agent: *\nDisallow: /a".encode(),
    "a very long line": b"User-agent: *\n# " + b"x" * 100_000 + b"\nDisallow: /a",
}


@pytest.mark.parametrize("name", BYTES)
def test_bytes_of_all_kinds(name: str) -> None:
    assert verdict(BYTES[name], "/a/1").allowed is False
    assert verdict(BYTES[name], "/b").allowed is True


def test_what_lies_beyond_the_limit_is_not_read_nor_half_a_line() -> None:
    head = b"User-agent: *\nDisallow: /a\n"
    filler = b"#" * (LONGEST - len(head) - 20) + b"\n"
    long = head + filler + b"Allow: /a/b/c/d/e/f/g/h\nDisallow: /b\n"
    assert verdict(long, "/a/b").allowed is False
    assert verdict(long, "/a/b/c/d/e/f/g/h").allowed is False
    assert verdict(long, "/b").allowed is True


@pytest.mark.parametrize(
    ("value", "delay"),
    [("2", 2.0), ("0.5", 0.5), ("5s", 5.0), ("1,5", 1.0), ("-1", 0.0), ("nan", 0.0), ("inf", 60.0),
     ("1e308", 60.0), ("soon", 0.0), ("", 0.0), ("9" * 400, 60.0)],
)  # fmt: skip
def test_crawl_delay_is_a_sane_number(value: str, delay: float) -> None:
    assert parse(f"User-agent: *\nCrawl-delay: {value}".encode(), "dateline", 60.0).delay == delay


def test_the_delay_is_our_own_and_the_longest() -> None:
    text = b"User-agent: x\nCrawl-delay: 9\nAllow: /\nUser-agent: dateline\nCrawl-delay: 2\nCrawl-delay: 1\n"
    assert parse(text, "dateline").delay == 2.0
    assert parse(text, "other").delay == 0.0


def test_sitemaps_hold_for_everybody() -> None:
    text = "User-agent: x\nSitemap: https://a.example/1\nsite-map:https://a.example/é#x\nSitemap:\n"
    assert parse(text.encode(), "dateline").sitemaps == ("https://a.example/1", "https://a.example/é")


HOSTILE = {
    "many agents": "".join(f"User-agent: a{number}\n" for number in range(30_000)) + "Disallow: /\n" * 9_000,
    "one agent, many times": "User-agent: *\n" * 18_000 + "Disallow: /b\n" * 18_000,
    "many rules": "User-agent: *\n" + "".join(f"Disallow: /*{number}*a$\n" for number in range(25_000)),
    "many asterisks": "User-agent: *\n" + ("Disallow: /" + "*a" * 8_000 + "b\n") * 30,
    "many near misses": "User-agent: *\n" + "Disallow: /*aaaaaaab\n" * 25_000,
    "long near misses": "User-agent: *\n" + f"Disallow: /*{'a' * 90}ba\n" * 5_000,
    "only line ends": "\r" * LONGEST,
    "only colons": ":" * LONGEST,
}
UNDECIDED = {"many rules", "many asterisks", "many near misses", "long near misses"}
"""What would take long is not decided, and what is not decided is not asked for."""


@pytest.mark.parametrize("name", HOSTILE)
def test_what_was_made_to_hurt_takes_no_time(name: str) -> None:
    begun = time.process_time()
    rules = parse(HOSTILE[name].encode(), "dateline")
    assert time.process_time() - begun < 3.0
    begun = time.process_time()
    verdict = rules.judge("https://paper.example/" + "a" * 8_000 + "?" + "%2F" * 50)
    assert time.process_time() - begun < 0.3
    assert verdict == (name not in UNDECIDED, None)


def test_as_many_rules_as_anybody_has_are_judged_to_the_last() -> None:
    rules = "".join(f"Disallow: /*/section-{number}-of-them/\n" for number in range(9_999)) + "Allow: /*x"
    robots = parse(f"User-agent: *\n{rules}\nDisallow: /".encode(), "dateline")
    path = "/2024/03/25/" + "a-headline-of-many-words-" * 7
    assert robots.judge(f"https://paper.example{path}x") == (True, "Allow: /*x")
    assert robots.judge(f"https://paper.example{path}") == (False, "Disallow: /")
    assert robots.judge("https://paper.example/section-7-of-them/a") == (False, "Disallow: /")
    assert robots.judge("https://paper.example/a/section-7-of-them/") == (
        False,
        "Disallow: /*/section-7-of-them/",
    )


def second_judge(rules: list[tuple[bool, str]], path: str) -> bool:
    """RFC 9309 §2.2.2 once more, by regular expressions over all rules; for paths of plain letters."""
    longest = -1
    allowed = True
    for allows, pattern in rules:
        expression = re.escape(pattern.removesuffix("$")).replace(r"\*", ".*")
        fits = re.match(expression + ("$" if pattern.endswith("$") else ""), path)
        if pattern and fits and (len(pattern) > longest or (len(pattern) == longest and allows)):
            longest, allowed = len(pattern), allows
    return allowed


RULES = st.lists(st.tuples(st.booleans(), st.from_regex(r"/[ab/*]{0,6}\$?", fullmatch=True)), max_size=6)


@given(RULES, st.from_regex(r"/[ab/]{0,8}", fullmatch=True))
@example([(False, "/*a*b$"), (True, "/a**b")], "/aab/b")
def test_two_judges_agree(rules: list[tuple[bool, str]], path: str) -> None:
    lines = [f"{'Allow' if allows else 'Disallow'}: {pattern}" for allows, pattern in rules]
    found = verdict("\n".join(["User-agent: *", *lines]), path)
    assert found.allowed == second_judge(rules, path)
    assert found.line is None or found.line in lines


LINES = st.sampled_from(
    ["User-agent: *", "User-agent:", "Disallow: /*a$", "Allow: //[x", "Crawl-delay: 1", "Disallow: x://["]
)  # fmt: skip


@given(st.lists(LINES | st.text(max_size=30)).map("\n".join), st.text(max_size=30))
def test_anything_can_be_read_and_judged(text: str, url: str) -> None:
    rules = parse(text.encode("utf-8", "replace"), "dateline", 60.0)
    assert rules.judge(url).allowed in (True, False)
    assert 0 <= rules.delay <= 60


@given(st.binary())
def test_any_bytes_can_be_read(body: bytes) -> None:
    rules = parse(body, "dateline", 60.0)
    line = rules.judge("https://paper.example/a?b=%2f%zz").line
    assert line is None or "\0" not in line
