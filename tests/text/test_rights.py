"""Statements on rights: how each is read, and what several come to."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from dateline.contracts.rights import RIGHTS_TYPE, UNSAID
from dateline.text.rights import from_headers, from_page, judge

RESERVED = [("meta", "tdm-reservation", "1")]


def signals(*said: tuple[str, str, str]) -> list[dict[str, str]]:
    return [{"origin": origin, "name": name, "value": value} for origin, name, value in said]


def said(found: list[dict[str, str]]) -> list[str]:
    return [signal["value"] for signal in found]


def meta(*elements: str) -> list[dict[str, str]]:
    return from_page(html.fromstring(f"<html><head>{''.join(elements)}</head><body>x</body></html>"))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("noindex", ["noindex"]),
        ("NOINDEX , NoArchive", ["noindex", "noarchive"]),
        ("dateline: noai", ["noai"]),
        ("*: noai, noimageai", ["noai", "noimageai"]),
        ("gullbot: noindex, noai", []),
        ("noarchive, gullbot: noindex", ["noarchive"]),
        ("gullbot: noindex, dateline: noai, nosnippet", ["noai", "nosnippet"]),
        ("datelinebot: noai", []),
        ("max-snippet: 0", ["max-snippet: 0"]),
        ("max-snippet:-1, max-image-preview:large", []),
        ("gullbot: max-snippet:0", []),
        ("all", []),
        ("index, follow, nofollow, notranslate", []),
        ("unavailable_after: 25 Jun 2026 15:00:00 GMT", ["unavailable_after: 25 jun 2026 15:00:00 gmt"]),
        (
            "noai, unavailable_after: Thursday, 25-Jun-26 15:00:00 GMT, noindex",
            ["noai", "unavailable_after: thursday, 25-jun-26 15:00:00 gmt", "noindex"],
        ),
        ("noindex nofollow noarchive", ["noindex", "noarchive"]),
        ("noai; noimageai;", ["noai", "noimageai"]),
        ("gullbot: noai; noindex", []),
        ("nofollow noai, max-snippet:0 noarchive", ["noai", "noarchive", "max-snippet: 0"]),
        ("noarchive max-snippet: 0", ["noarchive", "max-snippet: 0"]),
        ("noindex unavailable_after: 25-Jun-26", ["noindex", "unavailable_after: 25-jun-26"]),
        ("we want no noindex here", []),
        ("noindex, please", ["noindex"]),
        ("max-snippet: noarchive :", []),
        ("", []),
        (",,:,", []),
        (" ; ;: ", []),
    ],
)
def test_the_directives_of_a_header(line, wanted):
    assert said(from_headers([("X-Robots-Tag", line)])) == wanted


def test_repeated_headers_add_up_and_others_say_nothing():
    headers = [("x-robots-tag", "noai"), ("Server", "noindex"), ("X-ROBOTS-TAG", "noarchive, noai")]
    assert said(from_headers(headers)) == ["noai", "noarchive"]


def test_other_headers_on_rights():
    found = from_headers([
        ("TDM-Reservation", " 1 "), ("tdm-policy", "https://gull.example/terms"),
        ("Content-Signal", "ai-train=no, search=yes, ai-sing=no, ai-input=perhaps"),
        ("Content-Usage", "train-ai=n;since=2026, search=y, bots"),
    ])  # fmt: skip
    assert [(signal["name"], signal["value"]) for signal in found] == [
        ("tdm-reservation", "1"), ("tdm-policy", "https://gull.example/terms"),
        ("content-signal", "ai-train=no"), ("content-signal", "search=yes"),
        ("content-usage", "train-ai=n"), ("content-usage", "search=y"),
    ]  # fmt: skip


def test_the_meta_elements_of_a_page():
    found = meta(
        '<meta name="Robots" content="noai, max-snippet:-1">', '<meta name="gullbot" content="noarchive">',
        '<meta name="dateline" content="noindex">', '<meta http-equiv="X-Robots-Tag" content="noarchive">',
        '<meta name="tdm-reservation" content="1">', '<meta property="og:title" content="noimageai">',
        "<meta name=robots>",
    )  # fmt: skip
    assert said(found) == ["noai", "noindex", "noarchive", "1"]
    assert {signal["origin"] for signal in found} == {"meta"}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ([], {}),
        ([("header", "x-robots-tag", "none")], {"noindex": True}),
        ([("meta", "robots", "nocache")], {"noarchive": True}),
        ([("meta", "robots", "max-snippet: 0")], {"nosnippet": True}),
        ([("meta", "robots", "noai")], {"noai": True, "ai_train": "no"}),
        ([("meta", "robots", "noimageai")], {"noimageai": True}),
        ([("robots.txt", "disallow", "gptbot")], {"barred_agents": ["gptbot"]}),
        ([("robots.txt", "content-signal", "ai-train=yes")], {"ai_train": "yes"}),
        (
            [("robots.txt", "content-signal", "ai-train=yes"), ("header", "content-signal", "ai-train=no")],
            {"ai_train": "no"},
        ),
        (
            [("robots.txt", "content-signal", "ai-train=yes"), ("ai.txt", "disallow", "*")],
            {"ai_train": "no"},
        ),
        ([("ai.txt", "allow", "*")], {"ai_train": "yes"}),
        ([("header", "content-usage", "train-genai=n")], {"ai_train": "no"}),
        (
            [("robots.txt", "content-usage", "bots=n"), ("robots.txt", "content-usage", "search=y")],
            {"search": "yes", "ai_input": "no", "ai_train": "no"},
        ),
        # TDMRep, "Processing priority": page over header over file, each value for itself.
        (
            [("tdmrep.json", "tdm-reservation", "1"), ("header", "tdm-reservation", "0")],
            {"tdm_reserved": False},
        ),
        ([("header", "tdm-reservation", "0"), *RESERVED], {"tdm_reserved": True}),
        ([("header", "tdm-reservation", "0, 1")], {"tdm_reserved": True}),
        ([("header", "tdm-reservation", "2")], {}),
        (
            [("tdmrep.json", "tdm-policy", "https://gull.example/t"), *RESERVED],
            {"tdm_reserved": True, "tdm_policy": "https://gull.example/t"},
        ),
        ([("meta", "tdm-policy", "https://gull.example/t")], {}),
        ([("meta", "tdm-policy", "javascript:x"), *RESERVED], {"tdm_reserved": True}),
        ([("unknown", "unknown", "unknown")], {}),
    ],
)
def test_what_statements_come_to(said, wanted):
    unsaid = {name: value for name, value in UNSAID.items() if name not in ("kept", "because", "signals")}
    assert judge(signals(*said)) == unsaid | wanted


def test_of_two_ends_the_earlier_holds():
    found = from_headers([
        ("x-robots-tag", "unavailable_after: 2026-06-25"), ("x-robots-tag", "unavailable_after: 2026-06-24"),
        ("x-robots-tag", "unavailable_after: some day"),
    ])  # fmt: skip
    assert judge(found)["unavailable_after"] == datetime(2026, 6, 24, tzinfo=UTC)


LINES = st.lists(
    st.sampled_from(
        ["noai", "noindex", "dateline", "*", "gullbot", ":", ",", ";", "=", " ", "unavailable_after", "1",
         "2026-01-01", "ai-train", "no", "yes", "\ud800", "\0", "é", "max-snippet"]
    )
).map("".join) | st.text()  # fmt: skip
NAMES = st.sampled_from(["x-robots-tag", "tdm-reservation", "tdm-policy", "content-signal", "content-usage"])


@given(st.lists(st.tuples(NAMES, LINES), max_size=100))
def test_whatever_is_said_can_be_stored(headers):
    import pyarrow as pa

    found = from_headers(headers)
    assert len(found) <= 64
    assert all(len(signal["value"]) <= 500 for signal in found)
    row = judge(found) | {"kept": "all", "because": None, "signals": found}
    assert pa.array([row], RIGHTS_TYPE).to_pylist() == [row]


@given(st.permutations(["noai", "noindex", "unavailable_after: 2026-01-01", "max-snippet: 0"]))
def test_the_order_of_statements_does_not_matter(order):
    assert judge(signals(*(("meta", "robots", value) for value in order))) == judge(
        signals(*(("header", "x-robots-tag", value) for value in sorted(order)))
    )


def test_long_headers_are_read_in_no_time():
    assert from_headers([("x-robots-tag", "a:" * 100_000), ("x-robots-tag", "," * 1_000_000)]) == []
