"""What is known of a site, at work in the step: a person's selectors, and what was learnt of its pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from dateline.contracts.captures import CAPTURES
from dateline.contracts.documents import DOCUMENTS
from dateline.steps.clean import CleanRules, clean
from dateline.text.html.block_model import installed
from dateline.text.site_profiles import EDGE, INSIDE, Profile, Recurring
from dateline.text.site_selectors import Selectors

STORY = (
    "The tide mill at Sandwick ground its first barley in forty years on Monday, before some ninety people.",
    "Its wheel was cut by two carpenters of the parish, who had learnt the trade for that from drawings.",
    "The trust that owns it will sell the meal at the quay on Saturdays, and bake with what is left over.",
)
SIGN_UP = "The Sandwick letter brings you the tides every morning, as the harbour master writes them down."
RELATED = "The lifeboat of Sandwick went out twice on Sunday for a yacht that had lost its way in the fog."
PAGE = """<!doctype html><html lang="en"><head><title>Tide mill grinds again | The Sandwick Bugle</title>
<meta name="author" content="Bugle Webmaster"><meta property="article:published_time" content="{meta}">
</head><body><div class="shout">Mill turns after forty years</div><p class="who">By <a>Ida Marsh</a> and
<a>Tom Reef</a></p><span class="day" title="2024-05-06T19:30:00">on Monday</span>
<article><h1>Tide mill grinds again</h1>{story}</article>
<div class="box"><p>{related}</p></div></body></html>"""
BODY = "".join(f"<p>{one}</p>" for one in STORY)


def page(story: str = BODY, related: str = RELATED, meta: str = "2024-05-08T08:00:00Z") -> bytes:
    return PAGE.format(story=story, related=related, meta=meta).encode()


def read(
    body: bytes, rules: CleanRules, captured: str | None = "2024-05-09T10:00:00+00:00"
) -> dict[str, Any]:
    """The one row that a page yields: a document, or a reject."""
    row = {
        **dict.fromkeys(CAPTURES.names), "capture_id": "0" * 32, "source": "bugle", "input_kind": "page",
        "url": "https://www.bugle.example/tide-mill", "signals": [], "body": body,
        "captured": datetime.fromisoformat(captured) if captured else None,
    }  # fmt: skip
    (made,) = [
        {**found, "made": contract.name}
        for contract, batch in clean(iter([CAPTURES.batch([row])]), rules)
        for found in batch.to_pylist()
    ]
    return made


def selecting(*ranges: Selectors) -> CleanRules:
    return CleanRules(selectors=(("bugle", ranges),), zones=(("bugle", "Atlantic/Faroe"),))


ALL = Selectors(title=".shout", authors=".who a", published=".day@title", body="article", drop=(".box",))


def test_selected_facts_win_and_say_where_they_come_from() -> None:
    row = read(page(), selecting(ALL))
    assert (row["title"], row["authors"]) == ("Mill turns after forty years", ["Ida Marsh", "Tom Reef"])
    assert row["published"] == datetime(2024, 5, 6, 18, 30, tzinfo=UTC), "without a zone it is the source's"
    for name in ("title", "authors", "published"):
        assert row[f"{name}_source"] == "html"
        assert row[f"{name}_confidence"] > 0.95
    assert row["text"] == "\n\n".join(STORY)


def test_where_a_selector_finds_nothing_the_general_rules_go_on() -> None:
    gone = Selectors(title=".gone", authors="i", published="b", body="#gone", drop=(".gone",))
    plain = read(page(), CleanRules(zones=(("bugle", "Atlantic/Faroe"),)))
    assert read(page(), selecting(gone)) == plain
    assert plain["title"] == "Tide mill grinds again"


@pytest.mark.parametrize("said", ["2124-05-06", "soon", "May 2024", ""])
def test_a_selected_day_that_cannot_be_is_none(said: str) -> None:
    body = page().replace(b"2024-05-06T19:30:00", said.encode())
    assert read(body, selecting(ALL))["published"] == datetime(2024, 5, 8, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said", "wanted"),
    [
        ("de", "06.05.2024, 00:20 Uhr", "2024-05-05T22:20"),
        ("de", "Stand: 6. Mai 2024 um 00:20 Uhr, Redaktion", "2024-05-05T22:20"),
        ("en-GB", "05/06/2024 19:30 BST", "2024-06-05T18:30"),
        ("en-US", "05/06/2024 19:30 EDT", "2024-05-06T23:30"),
        ("ru", "6 мая 2024, 01:15 МСК", "2024-05-05T22:15"),
        ("fr", "il y a 2 jours", "2024-06-07T00:00"),
        ("ja", "昨日 04:30", "2024-06-07T19:30"),
    ],
)
def test_a_selected_day_is_read_as_the_page_writes_days(language: str, said: str, wanted: str) -> None:
    body = page().replace(b"2024-05-06T19:30:00", said.encode()).replace(b'"en"', f'"{language}"'.encode())
    rules = CleanRules(selectors=(("bugle", (Selectors(published=".day@title"),)),))
    row = read(body, rules, "2024-06-09T10:00:00+00:00")
    assert (row["published"].isoformat()[:16], row["published_source"]) == (wanted, "html")
    assert row["published_confidence"] > 0.9


def test_an_update_is_judged_by_the_selected_day() -> None:
    """The page tells machines the day of its import, before which no update could lie."""
    changed = b'<meta property="article:modified_time" content="2024-05-07T09:00:00Z"></head>'
    row = read(page().replace(b"</head>", changed), selecting(ALL))
    assert row["updated"] == datetime(2024, 5, 7, 9, tzinfo=UTC)
    early = page().replace(b"</head>", changed).replace(b"2024-05-06T19:30:00", b"2024-05-07T11:00:00")
    assert read(early, selecting(ALL))["updated"] is None


def test_a_selected_body_without_text_counts_as_not_found() -> None:
    row = read(page() + b"<div class='pic'><img src='a.jpg'></div>", selecting(Selectors(body=".pic")))
    assert STORY[1] in row["text"]


def test_what_is_dropped_is_dropped_in_both_ways_of_reading() -> None:
    """Little text makes the reader look twice; what was dropped does not come back then."""
    short = "".join(f"<p class='s'>{one[:60]}.</p>" for one in STORY)
    row = read(page(short, related=" ".join(STORY) * 4), selecting(Selectors(drop=(".box",))))
    assert [one in row["text"] for one in (STORY[0][:60], STORY[2])] == [True, False]
    whole = read(page(), selecting(Selectors(drop=("html", "body"))))
    assert STORY[1] in whole["text"]


def test_several_elements_are_the_body_and_their_tails_are_not() -> None:
    story = "".join(f"<div class='part'><p>{one}</p></div>{RELATED}" for one in STORY)
    assert read(page(story), selecting(Selectors(body="article .part, .part p")))["text"] == "\n\n".join(
        STORY
    )


def test_a_page_without_a_tag_for_its_body_is_narrowed_as_well() -> None:
    bare = page().replace(b"</head><body>", b"").replace(b"</body>", b"")
    assert read(bare, selecting(Selectors(body="article")))["text"] == "\n\n".join(STORY)


OLD = Selectors(start=None, end=date(2024, 5, 9), title=".who")
NEW = Selectors(start=date(2024, 5, 9), end=None, title=".shout")


@pytest.mark.parametrize(
    ("captured", "ranges", "title"),
    [
        ("2024-05-08T23:59:59+00:00", (OLD, NEW), "By Ida Marsh and Tom Reef"),
        ("2024-05-09T00:00:00+00:00", (OLD, NEW), "Mill turns after forty years"),
        ("2024-05-09T01:00:00+02:00", (OLD, NEW), "By Ida Marsh and Tom Reef"),
        (None, (OLD, NEW), "Mill turns after forty years"),
        (None, (OLD,), "By Ida Marsh and Tom Reef"),
        ("2024-05-09T00:00:00+00:00", (OLD,), "Tide mill grinds again"),
    ],
)
def test_selectors_hold_on_their_days(captured: str | None, ranges: Any, title: str) -> None:
    assert read(page(), selecting(*ranges), captured)["title"] == title


def test_selectors_of_one_source_are_not_for_another() -> None:
    assert read(page(), CleanRules(selectors=(("other", (ALL,)),)))["title"] == "Tide mill grinds again"


def profiled(**known: Any) -> CleanRules:
    return CleanRules(profiles=(("bugle", Profile(articles=40, **known)),))


def test_a_profile_takes_boilerplate_out_of_the_text() -> None:
    first, second, last = (
        page("".join(f"<p>{one}</p>" for one in (*STORY[:at], SIGN_UP, *STORY[at:])), related="")
        for at in (0, 1, 3)
    )
    at_edge = profiled(paragraphs=(Recurring(SIGN_UP.upper(), 9, EDGE),))
    anywhere = profiled(paragraphs=(Recurring(SIGN_UP, 9, INSIDE),))
    for body, by_edge in ((first, STORY), (second, (STORY[0], SIGN_UP, *STORY[1:])), (last, STORY)):
        assert SIGN_UP in read(body, CleanRules())["text"]
        assert read(body, at_edge)["text"] == "\n\n".join(by_edge)
        assert read(body, anywhere)["text"] == "\n\n".join(STORY)


def test_a_page_of_boilerplate_alone_is_refused_with_a_reason() -> None:
    found = tuple(Recurring(one, 9, EDGE) for one in (*STORY, RELATED))
    row = read(page(), profiled(paragraphs=found))
    assert (row["made"], row["reason"]) == ("rejects", "no_text")


def test_a_profile_cuts_titles_and_knows_who_is_nobody() -> None:
    body = (
        page()
        .replace(b"The Sandwick Bugle", b"Isles and Sounds")
        .replace(b"<h1>Tide mill grinds again</h1>", b"")
    )
    assert read(body, CleanRules())["title"] == "Tide mill grinds again | Isles and Sounds"
    assert read(body, profiled(titles=(("Isles and Sounds", 9),)))["title"] == "Tide mill grinds again"
    signed = page().replace(b'content="Bugle Webmaster"', b'content="Ida Marsh"')
    signed = signed.replace(b'class="who"', b'class="byline"').replace(
        b"By <a>Ida Marsh</a> and\n<a>Tom Reef</a>", b"By <a>Rolf Quern</a>"
    )
    assert read(signed, CleanRules())["authors"] == ["Rolf Quern"]
    assert read(signed, profiled(names=(("Rolf Quern", 30),)))["authors"] == ["Ida Marsh"]


def test_what_is_known_of_a_source_is_declared_for_it_alone() -> None:
    one, other = selecting(ALL), selecting(OLD, NEW)
    assert one.declare_for(["gull"]) == other.declare_for(["gull"]) == CleanRules().declare_for(["gull"])
    assert one.declare_for(["gull", "bugle"]) != other.declare_for(["bugle", "gull"])
    assert one.made(one.declare_for({"bugle", "gull"}))
    assert not other.made(one.declare_for(["bugle"]))
    assert not other.made(CleanRules().declare_for(["bugle"])), (
        "nothing was known of it, and now something is"
    )
    assert not one.made({"version": one.version})
    assert len({rules.digest() for rules in (one, other, CleanRules(), profiled())}) == 4


def test_rows_are_stale_when_bodies_are_judged_by_another_model(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = CleanRules()
    made = rules.declare_for(["bugle"])
    assert rules.made(made)
    another = replace(installed(), version="1.another")
    monkeypatch.setattr("dateline.steps.clean.installed", lambda: another)
    assert not rules.made(made)


def test_a_place_line_behind_a_standfirst() -> None:
    told = "A mill that stood still for forty years has ground its first barley."
    lines = "".join(f"<p>{one}</p>" for one in (told, f"SANDWICK (Tide Press) — {STORY[0]}", *STORY[1:]))
    body = f"<html><head><title>Mill turns</title><meta name=description content='{told}'></head><body>"
    row = read(f"{body}<article><h1>Mill turns</h1>{lines}</article></body></html>".encode(), CleanRules())
    assert (row["dateline"], row["text"]) == ("SANDWICK (Tide Press)", "\n\n".join((told, *STORY)))


def test_counts_of_a_profile_make_nothing_stale() -> None:
    few, many = (
        Profile(count, (Recurring(SIGN_UP, count, EDGE),), (("Bugle", count),)) for count in (20, 90)
    )
    assert few.digest() == many.digest()
    assert few.digest() != Profile(20, (Recurring(SIGN_UP, 20, INSIDE),), (("Bugle", 20),)).digest()


def test_documents_keep_their_contract() -> None:
    for rules in (selecting(ALL), profiled(titles=(("Bugle", 9),))):
        row = read(page(), rules)
        assert row.pop("made") == "documents"
        DOCUMENTS.check(DOCUMENTS.batch([row]))
