"""Texts cut by a paywall: told by a page's data, and by an offer to read on where a text ends early."""

from __future__ import annotations

import time

import pytest

from dateline.text.html.kinds import refuse_unless_article
from dateline.text.html.page import read_page
from dateline.text.html.paywall_words import OFFERS
from dateline.text.html.paywalls import stands_behind, without_offer
from dateline.text.html.times import Limits
from dateline.text.normalise import word_count

FIRST = (
    "The council of Greywater voted on Tuesday to reopen the old harbour to fishing boats from next spring."
)
NEXT = "The harbour master had argued for the change since the floods closed the northern quay to everybody."
MORE = "".join(f"<p>{NEXT} And {number}.</p>" for number in range(12))
LONG = "".join(f"<p>{NEXT} It was reading number {number} of the bill.</p>" for number in range(40))


def page(text: str, head: str = "", behind: str = "") -> bytes:
    return (
        f"<!doctype html><html><head><title>Harbour reopens</title>{head}</head><body><main><article>"
        f"<h1>Harbour reopens</h1>{text}</article>{behind}</main><footer><p>Subscribe to our newsletter.</p>"
        "</footer></body></html>"
    ).encode()


def paid(text: str, head: str = "", behind: str = "") -> bool | None:
    return read_page(page(text, head, behind), None, None, None, Limits()).is_paywalled


def data(said: str) -> str:
    told = f'"@type": "NewsArticle", "headline": "Harbour", {said}'
    return f'<script type="application/ld+json">{{{told}}}</script>'


PART = '"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": %s, "cssSelector": ".body"}'
DATA = [
    (data('"isAccessibleForFree": false'), True),
    (data('"isAccessibleForFree": "False"'), True),
    (data('"isAccessibleForFree": "http://schema.org/False"'), True),
    (data('"isAccessibleForFree": ["False"]'), True),
    (data('"isaccessibleforfree": "no"'), True),
    (data(PART % "false"), True),
    (data(f'"isAccessibleForFree": true, {PART % "false"}'), True),
    (data('"hasPart": [{"isAccessibleForFree": "False"}, 7, null, "x"]'), True),
    (data('"isAccessibleForFree": true'), False),
    (data(PART % "true"), False),
    (data('"isAccessibleForFree": null'), None),
    ('<script type="application/ld+json">{"@type": "WebPage", "isAccessibleForFree": false}</script>', True),
    ('<script type="application/ld+json">{"@type": "Game", "isAccessibleForFree": false}</script>', None),
    ('<meta name="article:content_tier" content="locked">', True),
    ('<meta property="article:content_tier" content="free">', False),
    ('<meta name="is_premium" content="true">', True),
    ('<meta name="paywall" content="none">', None),
    ("", None),
]


@pytest.mark.parametrize(("head", "wanted"), DATA)
def test_data(head: str, wanted: bool | None) -> None:
    assert paid(LONG, head) is wanted


@pytest.mark.parametrize("offer", OFFERS)
def test_an_offer_behind_a_short_text(offer: str) -> None:
    behind = f"<div class='box'><h3>{offer.capitalize()}</h3><p>Only 1 crown a month.</p></div>"
    assert paid(f"<p>{FIRST}</p><p>{NEXT}</p>", behind=behind) is True


OFFER = "<div><p>Subscribe to continue reading this story.</p><a href='/buy'>Subscribe</a></div>"
CUT = [
    (f"<p>{FIRST}</p><p>{NEXT[:60]}…</p>", OFFER), (f"<p>{FIRST}</p><p>The harbour master, who</p>", OFFER),
    (f"<p>{FIRST}</p>{MORE}<p>Then the harbour ...</p>", OFFER),
    (f"<p>{FIRST}</p>{MORE}", f"<div class='paywall'>{OFFER}</div>"),
    (f"<p>{FIRST}</p>", "<p>Чтобы читать дальше, оформите подписку.</p>"),
    (f"<p>{FIRST}</p>", "<a class='button' href='/abo'>Jetzt weiterlesen</a>"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "behind"), CUT)
def test_texts_that_are_cut(text: str, behind: str) -> None:
    assert paid(text, behind=behind) is True


FREE = [
    (LONG, OFFER),
    (f"<p>{FIRST}</p><p>{NEXT}</p>", "<p>Subscribe to our newsletter and become a member today.</p>"),
    (f"<p>{FIRST}</p><p>{NEXT}</p>", "<div class='paywall'></div>"),
    (f"<p>{FIRST}</p>{MORE}", OFFER),
    (f"<p>{FIRST}</p>", f"<script>x = ['{FIRST}', 'Subscribe to continue reading']</script>"),
    (f"<p>{FIRST}</p>", "<script>var text = 'Subscribe to continue reading';</script>"),
    (
        f"<p>{FIRST}</p>",
        "<a href='/x'>Why people pay to continue reading the news of small harbour towns</a>",
    ),
    (f"<p>{FIRST}</p>", "<i></i>" * 1200 + f"<footer>{OFFER}</footer>"),
]


@pytest.mark.parametrize(("text", "behind"), FREE)
def test_a_box_that_asks_for_subscribers_is_no_paywall(text: str, behind: str) -> None:
    assert paid(text, behind=behind) is None


ODD = "Ynni kay sholv, ara tamo."
BOX = f"<div class='paywall'><h3>{ODD}</h3></div>"
BOXES = [
    # (text, what stands behind it, whether it is cut)
    (f"<p>{FIRST}</p><p>{NEXT[:70]}…</p>", BOX, True),
    (f"<p>{FIRST}</p><p>{NEXT[:70]}&hellip;</p>", BOX, True),
    (f"<p>{FIRST}</p><p>{NEXT[:70]} [...]</p>", f"<i></i><section id='x-login-wall'>{ODD}</section>", True),
    (f"<p>{FIRST}</p><p>{NEXT[:70]}...</p><div class='regwall'><p>{ODD}</p><p>{ODD}</p></div>", "", True),
    (f"<p>{FIRST}</p><p>{NEXT}</p>", BOX, None),
    (f"<p>{FIRST}</p><p>{NEXT[:70]}…</p>", f"<div class='box'>{ODD}</div>", None),
    (f"<p>{FIRST}</p><p>{NEXT[:70]}…</p>", f"<p>More from the harbour of Greywater</p>{BOX}", None),
    (f"<p>{FIRST} So he said…</p>{BOX}<p>{NEXT} {FIRST}</p>", "", None),
    (f"<p>{FIRST}</p>{LONG}<p>{NEXT[:70]}…</p>", BOX, None),
]


@pytest.mark.parametrize(("text", "behind", "is_cut"), BOXES)
def test_a_marked_box_right_behind_dots(text: str, behind: str, is_cut: bool | None) -> None:
    found = read_page(page(text, behind=behind), None, None, None, Limits())
    assert found.is_paywalled is is_cut
    assert not is_cut or ODD not in found.paragraphs


def test_what_a_page_says_of_itself_comes_first() -> None:
    assert paid(f"<p>{FIRST}</p>", data('"isAccessibleForFree": true'), OFFER) is False


def test_a_stub_is_kept() -> None:
    found = read_page(page("<p>The council voted.</p>", behind=OFFER), None, None, None, Limits())
    assert found.is_paywalled
    refuse_unless_article(found, word_count(" ".join(found.paragraphs)), 100)


OFFERED = "Subscribe to continue reading this story."
OTHER = (
    "Ferries may land at the northern quay until the new piers are built, it said in its letter "
    "on the Monday before."
)
TEXTS = [
    ([FIRST, NEXT, OFFERED], [FIRST, NEXT]),
    ([FIRST, OFFERED, "Already a subscriber? Log in", "£1 a week. Cancel any time."], [FIRST]),
    ([FIRST, "Already a subscriber? Log in", OFFERED], [FIRST]),
    ([FIRST, "Harbour special", OFFERED], [FIRST, "Harbour special"]),
    ([FIRST, NEXT, "Bereits Abonnent? Hier anmelden"], [FIRST, NEXT]),
    ([FIRST, NEXT, "Déjà abonné ? Je m’abonne"], [FIRST, NEXT]),
    # The story goes on behind the box.
    ([FIRST, OFFERED, "Only £1.", *[OTHER] * 5], [FIRST, *[OTHER] * 5]),
    ([FIRST, OFFERED, *[OTHER] * 5, OFFERED, "Only £1."], [FIRST, *[OTHER] * 5]),
    # Terms of the offer are no story.
    ([FIRST, OFFERED, OTHER], [FIRST]),
    # A paragraph is left.
    ([OFFERED], [OFFERED]), ([OFFERED, "Already a subscriber?"], [OFFERED]), ([], []),
    ([FIRST, NEXT], [FIRST, NEXT]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "left"), TEXTS)
def test_the_offer_is_no_text(text: list[str], left: list[str]) -> None:
    assert without_offer(text) == left


def test_a_stub_has_no_offer() -> None:
    text = f"<p>{FIRST}</p><p>{NEXT}</p><p>{OFFERED}</p><p>Already a subscriber? Log in</p>"
    found = read_page(page(text), None, None, None, Limits())
    assert (found.is_paywalled, found.paragraphs) == (True, [FIRST, NEXT])
    free = read_page(page(text, data('"isAccessibleForFree": true')), None, None, None, Limits())
    assert OFFERED in free.paragraphs


SUMMARY = "The old harbour will be open to fishing boats from next spring, the council says."
TOLD = f'<meta name="description" content="{SUMMARY}">'
LOCKED = data('"isAccessibleForFree": false')
STUBS = [
    # (what the page shows, head, whether the text is the summary)
    ("", LOCKED + TOLD, True),
    ("<p class='byline'>By Anna Quay</p>", LOCKED + TOLD, True),
    ("<p class='byline'>By Anna Quay</p><div class='paywall'><h3>Subscribe to read</h3></div>",
     LOCKED + TOLD, True),
    (f"<p>{FIRST}</p>", LOCKED + TOLD, False),
    ("", TOLD, False),
    ("", LOCKED, False),
    ("", '<meta name="paywall" content="true">' + TOLD, False),
]  # fmt: skip


@pytest.mark.parametrize(("shown", "head", "is_summary"), STUBS)
def test_a_stub_without_text_has_its_summary(shown: str, head: str, is_summary: bool) -> None:
    found = read_page(page(shown, head), None, None, None, Limits())
    assert (found.paragraphs == [SUMMARY]) is is_summary
    if is_summary:
        assert (found.is_paywalled, found.text_confidence) == (True, 0.2)
        refuse_unless_article(found, word_count(SUMMARY), 30)


@pytest.mark.parametrize("piece", ["<a>", "<script>", "<", "</a>", "to continue reading ", "<a href='"])
def test_odd_pages_take_no_time(piece: str) -> None:
    began = time.process_time()
    stands_behind(f"<p>{FIRST}</p>{piece * 50_000} to continue reading", [FIRST])
    assert time.process_time() - began < 1
