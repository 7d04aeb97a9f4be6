"""Headlines, without what sites put around them."""

from __future__ import annotations

import time
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.html.evidence import gather
from dateline.text.html.fact import Fact
from dateline.text.html.site_names import plain, without_site
from dateline.text.html.titles import headline
from dateline.text.html.tree import parse

SITES = ["Greywater Courier", "greywater.example", "greywater"]

CUT = {
    "Harbour reopens | Greywater Courier": "Harbour reopens",
    "Harbour reopens - Greywater Courier": "Harbour reopens",
    "Greywater Courier: Harbour reopens": "Harbour reopens",
    "Harbour reopens – The Greywater Courier": "Harbour reopens",
    "Harbour reopens ⋆ Greywater Courier": "Harbour reopens",
    "Harbour reopens -": "Harbour reopens",
    "Harbour reopens: Greywater Courier": "Harbour reopens",
    "港口重新开放-greywater": "港口重新开放",
    "Harbour reopens | Local | Greywater Courier": "Harbour reopens | Local",
    "Harbour - a history": "Harbour - a history",
    "Greywater sports – a history of rowing": "Greywater sports – a history of rowing",
    "What the mayor said: Greywater news and more": "What the mayor said: Greywater news and more",
    "Re-opening the harbour": "Re-opening the harbour",
    "Greywater Courier": "Greywater Courier",
    "|": "|",
}

HEADLINE = "Ferry to the islands sails again after the storm"
SHARED = "Storm over, ferry to the islands is back"


def read(
    body: str,
    *,
    title: str = "",
    shared: str = "",
    ld: str = "",
    lead: str | None = None,
    origin: str = "feed",
) -> Fact[Any]:
    """The headline of a page of these parts: `shared` by OpenGraph, `ld` in JSON-LD."""
    script = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{ld}"}}</script>'
    text = (
        f'<html><head><title>{escape(title)}</title><meta property="og:title" content="{escape(shared)}">'
        f"{script if ld else ''}</head><body>{body}<p>Text.</p></body></html>"
    )
    return headline(gather(parse(text), "https://www.greywater.example/a"), lead, origin)


@pytest.mark.parametrize("title", CUT)
def test_without_site(title: str) -> None:
    assert without_site(title, SITES, []) == CUT[title]


def test_what_another_voice_says_is_the_title() -> None:
    assert without_site("Harbour reopens | Some slogan", [], ["Harbour reopens"]) == "Harbour reopens"


@given(st.text("abcXYZ äß港 -–|:»_/", max_size=40), st.lists(st.text("abcX ", max_size=8), max_size=3))
def test_a_cut_title_is_a_part_that_says_something(title: str, sites: list[str]) -> None:
    cut = without_site(title, sites, [])
    assert cut in title
    assert bool(plain(cut)) == bool(plain(title))


SEEN = {
    "the heading, not what is shared": (f"<h1>{HEADLINE}</h1>", {"title": SHARED, "ld": SHARED}, HEADLINE),
    "not the logo": (
        f'<div id="header"><h1>News from the coast</h1></div><h2>{HEADLINE}</h2>',
        {"title": f"{HEADLINE} | News from the coast"},
        HEADLINE,
    ),
    "not a logo that links home": (
        f'<h1><a href="/">The Coast</a></h1><h2>{HEADLINE}</h2>',
        {"title": f"{HEADLINE} | The Coast"},
        HEADLINE,
    ),
    "not the breadcrumbs": (
        f"<ol><li><h1>{SHARED}</h1></li></ol><article><h2>{HEADLINE}</h2></article>",
        {"title": SHARED, "ld": HEADLINE},
        HEADLINE,
    ),
    "not a section": ("<h1>Local</h1>", {"title": HEADLINE, "ld": HEADLINE}, HEADLINE),
    "the related of several": (
        f"<h1>Sections of the paper</h1><h1>{HEADLINE}</h1>",
        {"title": SHARED},
        HEADLINE,
    ),
    "a lesser heading that is marked": (
        f'<h2 itemprop="headline">{HEADLINE}</h2>',
        {"title": "Ferries"},
        HEADLINE,
    ),
    "not the label before it": (
        f'<h1><span class="kicker">After the storm</span> {HEADLINE}</h1>',
        {"title": f"Storm: {HEADLINE}"},
        HEADLINE,
    ),
    "the label where all say it": (
        f'<h1><span class="kicker">Shipping</span> {HEADLINE}</h1>',
        {"title": f"Shipping: {HEADLINE}", "ld": f"Shipping: {HEADLINE}"},
        f"Shipping: {HEADLINE}",
    ),
    "not the line under it": (
        f"<h1>{HEADLINE}<small>by our reporter</small></h1>",
        {"title": HEADLINE},
        HEADLINE,
    ),
    "not how to read it": (
        "<h1><ruby>港<rt>みなと</rt></ruby>が開く</h1>",
        {"title": "港が開く"},
        "港が開く",
    ),
    "in one spelling": (
        f"<h1>{HEADLINE.upper()}</h1>",
        {"title": HEADLINE.upper(), "ld": HEADLINE},
        HEADLINE,
    ),
    "without entities": (
        "",
        {"title": "Ferry &amp; train &#39;back&#39; by May"},
        "Ferry & train 'back' by May",
    ),
    "whole, where it is cut short": (
        "",
        {"shared": f"{HEADLINE[:30]}…", "title": f"{HEADLINE} | Greywater"},
        HEADLINE,
    ),
    "whole, where the site's name stands behind the cut": (
        f"<h2>{HEADLINE}</h2>",
        {"title": f"{HEADLINE[:30]}... | Courier"},
        HEADLINE,
    ),
    "whole, where a line alone has it": (f"<div>{HEADLINE}</div>", {"title": f"{HEADLINE[:30]}…"}, HEADLINE),
    "cut, where nothing has all of it": ("", {"title": f"{HEADLINE[:30]}…"}, f"{HEADLINE[:30]}…"),
    "without the day": (
        "<h1>01.02.2031 - Ferry sails again</h1>",
        {"title": "Ferry sails"},
        "Ferry sails again",
    ),
    "not what one voice alone says in a lesser heading": (
        f"<h2>{SHARED}</h2>",
        {"title": SHARED, "shared": HEADLINE, "ld": HEADLINE},
        HEADLINE,
    ),
    "what JSON-LD says, not the breadcrumbs": (
        f"<ol><li><h1>{SHARED}</h1></li></ol>",
        {"title": SHARED, "shared": SHARED, "ld": HEADLINE},
        HEADLINE,
    ),
    "not what stands in the navigation": (
        f"<nav><h1>Greetings from the coast</h1></nav><h2>{HEADLINE}</h2>",
        {"title": f"Greetings from the coast | {HEADLINE}"},
        HEADLINE,
    ),
    "without the logo's words": (
        '<div id="header"><h1>News from the coast</h1></div>',
        {"title": f"{HEADLINE} | News from the coast"},
        HEADLINE,
    ),
    "not in capitals": ("", {"shared": HEADLINE, "ld": HEADLINE.upper()}, HEADLINE),
    "with its own label": ("", {"shared": HEADLINE, "ld": f"Shipping: {HEADLINE}"}, f"Shipping: {HEADLINE}"),
    "nothing else there": (f"<h1>{HEADLINE}</h1>", {}, HEADLINE),
    "no heading at all": ("", {"title": f"{HEADLINE} | greywater"}, HEADLINE),
}


@pytest.mark.parametrize("case", SEEN)
def test_the_headline_is(case: str) -> None:
    body, said, wanted = SEEN[case]
    assert read(body, **said).value == wanted


# (what the page shows, its title, the headline)
BESIDE = {
    "site's name as main heading": (
        f"<h1>Greywater Paper</h1><h2>News</h2><h3>{HEADLINE}</h3>", f"Greywater Paper: {HEADLINE}",
        HEADLINE,
    ),
    "headline in bold": (
        f"<h1>Greywater Paper</h1><p><b>{HEADLINE}</b></p>", f"Greywater Paper - {HEADLINE}", HEADLINE,
    ),
    "no heading": (f"<font size=5><b>{HEADLINE}</b></font>", f"The Old Paper Online - {HEADLINE}", HEADLINE),
    "no heading, name behind": (f"<div>{HEADLINE}</div>", f"{HEADLINE}_Lokales_Kurier am Kai", HEADLINE),
    "section and site": (f"<p>{HEADLINE}</p>", f"Old Paper - Local news - {HEADLINE}", HEADLINE),
    "logo": (
        f"<div class=logo><h1>At Quay</h1></div><h3>{HEADLINE}</h3>", f"At Quay: {HEADLINE}", HEADLINE,
    ),
    "name behind as main heading": (f"<h1>Kai!!</h1><h3>{HEADLINE}</h3>", f"{HEADLINE} - Kai!!", HEADLINE),
    # Where it is not sure which of both is the site's name, nothing is changed.
    "kicker": (f"<h1>Ferry sails</h1><p>{HEADLINE}</p>", f"Ferry sails: {HEADLINE}", "Ferry sails"),
    "kicker in front": (f"<h1>Ferry sails</h1><p>{HEADLINE}</p>", f"{HEADLINE}: Ferry sails", "Ferry sails"),
    "slogan": (f"<h1>Ferry sails</h1><p>{HEADLINE}</p>", f"Ferry sails - {HEADLINE}", "Ferry sails"),
    "section behind": (f"<h1>{HEADLINE}</h1><h2>Local</h2>", f"{HEADLINE} - Local", HEADLINE),
    "two lines of one headline": (
        "<p>Ferry sails</p><p>All rejoice</p>", "Ferry sails: All rejoice", "Ferry sails: All rejoice",
    ),
    "nowhere on the page": ("<p>Ferry.</p>", f"Old Paper - {HEADLINE}", f"Old Paper - {HEADLINE}"),
    "only as a link": (f"<a>{HEADLINE}</a>", f"Old Paper - {HEADLINE}", f"Old Paper - {HEADLINE}"),
}  # fmt: skip


@pytest.mark.parametrize("case", BESIDE)
def test_beside_the_name_of_the_site(case: str) -> None:
    body, title, wanted = BESIDE[case]
    assert read(body, title=title).value == wanted


def test_what_is_told_comes_before_what_stands_beside_the_name() -> None:
    body = f"<h1>Ferry sails</h1><b>{HEADLINE}</b>"
    assert read(body, title=f"{HEADLINE} - Ferry sails", ld="Ferry sails").value == "Ferry sails"


def test_many_lines_take_no_time() -> None:
    deep = "<div>" * 90 + "<li><b>x</b></li>" * 10_000
    began = time.process_time()
    read(deep, title=f"Old Paper - {HEADLINE}" * 20)
    assert time.process_time() - began < 2


def test_of_title_and_heading_alone() -> None:
    found = read(f"<h1>{HEADLINE}</h1>", title=f"{HEADLINE} - Greywater")
    assert (found.value, found.confidence > 0.9) == (HEADLINE, True)


def test_a_site_name_is_no_headline() -> None:
    assert read("<h1>Greywater</h1>", title="Greywater").value is None


def test_a_page_that_names_the_site_after_itself_has_a_title() -> None:
    tag = '<meta name="publisher" content="Ferry">'
    assert read(tag, title="greywater.example » Ferry").value == "greywater.example » Ferry"


def test_an_app_named_like_the_page_is_no_site_name() -> None:
    tag = f'<meta name="apple-mobile-web-app-title" content="{HEADLINE}">'
    assert read(f"{tag}<h2>{HEADLINE}</h2>", title=f"Coast » {HEADLINE}").value == HEADLINE


def test_confidence_follows_who_agrees() -> None:
    heading = f"<h1>{HEADLINE}</h1>"
    sure = [
        read(heading, shared=HEADLINE, ld=HEADLINE),
        read(heading, shared=f"{HEADLINE} | Greywater"),
        read(heading, shared=f"{HEADLINE[:30]} …", title=HEADLINE),
        read(f"<h2>{HEADLINE}</h2>", shared=HEADLINE),
        read(heading, title=HEADLINE),
    ]
    unsure = [
        read(heading, shared=SHARED, ld=HEADLINE),
        read(heading, shared=SHARED, ld=SHARED),
        read(heading, shared=HEADLINE, ld=SHARED),
        read(f"<h2>{HEADLINE}</h2>", shared=f"{HEADLINE} | {SHARED}"),
        read("", title=HEADLINE),
    ]
    assert {found.value for found in sure + unsure} == {HEADLINE}
    assert min(found.confidence for found in sure) > 0.9 > max(found.confidence for found in unsure)


def test_the_feed_confirms_and_the_archive_decides() -> None:
    heading = f"<h1>{HEADLINE}</h1>"
    alone, confirmed = (read(heading, shared=SHARED, lead=lead) for lead in (None, HEADLINE))
    assert confirmed.value == HEADLINE
    assert confirmed.confidence > 0.9 > alone.confidence
    kept = read(heading, shared=SHARED, lead="Ferry sails", origin="archive")
    assert (kept.value, kept.source) == ("Ferry sails", "archive")


@given(
    st.lists(
        st.sampled_from(["<h1>", "<h2>", "<li>", "<span class=kicker>", "</h1>", "a", " | ", "ß港", "…"])
    )
)
def test_any_markup_gives_a_line(parts: list[str]) -> None:
    found = read("".join(parts), title="".join(parts[:4]))
    assert found.value is None or (found.value and found.value == " ".join(found.value.split()))
    assert 0.0 <= found.confidence < 1.0


def test_plain() -> None:
    assert plain("“Ｈarbour” – reopens!") == "harbourreopens"
