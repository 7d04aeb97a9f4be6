"""Walls before a page are told from pages, and stories about walls are stories."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import Refused
from dateline.text.html.interstitial_words import DETAILS, PHRASES, TITLES
from dateline.text.html.interstitials import led_astray, may_stand_before
from dateline.text.html.page import read_page
from dateline.text.html.times import Limits
from dateline.text.html.walls import refuse_if_astray, wall

URL = "https://www.quay.example/2024/03/25/ferry-stays-in-harbour"
CHECK, CONSENT, LOGIN = DETAILS["challenge"], DETAILS["consent"], DETAILS["login"]
LEGAL = (
    "We and our partners store and access information on your device, such as cookies, and process personal "
    "data for the purposes below. You may change your mind at any time at the foot of each page. "
)
LONG = "The ferry to Holm stayed in harbour for the third day, and nobody on the pier could say why. " * 12


def html(title: str, *paragraphs: str, head: str = "", extra: str = "") -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body><main><h1>{title}</h1>{text}</main>{extra}</body></html>"
    ).encode()


WALLS = {
    "check": (html("Just a moment...", "Enable JavaScript and cookies to continue"), CHECK),
    "check with a site's name": (
        html("Attention Required! | Cloudwall", "Please complete the security check to reach quay.example."),
        CHECK,
    ),
    "check that says little": (html("Quay | Einen Moment, bitte…", "Gleich geht es weiter."), CHECK),
    "check in Russian": (html("Проверка браузера", "Подтвердите, что вы человек, а не робот."), CHECK),
    "check in Japanese": (html("しばらくお待ちください...", "人間であることを確認しています。"), CHECK),
    "check by its code": (
        html("Quay", "Wait until the page comes.", extra="<script>window._cf_chl_opt={a:1}</script>"), CHECK,
    ),
    "check by its words": (
        html("quay.example", "Verify you are human by ticking the box. quay.example needs to review the "
             "security of your connection before you go on."), CHECK,
    ),
    "consent": (html("Before you continue", LEGAL * 9), CONSENT),
    "consent with the site's name": (html("Before you continue to Quay News", LEGAL), CONSENT),
    "consent in German": (
        html("Wir respektieren Ihre Privatsphäre", "Wir und unsere Partner speichern Informationen auf einem "
             "Gerät und verarbeiten personenbezogene Daten, wie unten steht, bis Sie es verbieten."), CONSENT,
    ),
    "consent in French": (
        html("Avant de continuer – Le Quai", "Nous et nos partenaires lisons des informations sur votre "
             "appareil. Vous pouvez tout accepter, tout refuser ou choisir."), CONSENT,
    ),
    "consent under a headline of its own": (
        html("Wir und unsere Partner machen das Netz schöner", "Um Ihnen Inhalte zu zeigen, verarbeiten wir "
             "und unsere 90 Partner personenbezogene Daten, wie Cookies. "
             "Mit „Alle akzeptieren“ stimmen Sie zu.",
             "Sie können Ihre Einwilligung jederzeit widerrufen."), CONSENT,
    ),
    "consent asked for": (
        html("Ihre Zustimmung | Kai-Zeitung", "Wir und unsere Partner verarbeiten Daten, sobald Sie auf den "
             "Knopf drücken, und sonst auch."), CONSENT,
    ),
    "login": (html("Log in - Quay", "Welcome back. Good to see you at the harbour.",
                   extra="<form><input type=password></form>"), LOGIN),
    "login in Spanish": (html("Iniciar sesión", "Bienvenido."), LOGIN),
}  # fmt: skip

STORIES = {
    "about a check": html("Just a moment: why the net asks whether you are human", LONG, "Verify you are "
                          "human, it said. Checking your browser, it said too."),
    "of that headline": html("Access denied", LONG, LONG, "“You don't have permission to access”, it said."),
    "about consent": html("Before you continue: how walls of consent came to be", LONG, LEGAL, LEGAL),
    "of cookies": html("Cookies | The Quay Baker", LONG, LONG),
    "of cookies, short": html("Cookies", "Take flour, butter, sugar and an egg, and wait a while. Bake until "
                              "they are brown, and eat them warm with milk from the jug on the sill."),
    "about a maker of walls": html("Cloudwall goes down, and half the web with it", "Readers saw only the "
                                   "words: checking your browser. The firm said it was at work on it.", LONG),
    "that says what it is": html("Sign in", "The town has a new sign in its square, and few like it.",
                                 head='<meta property="og:type" content="article">'),
    "of a firm that asks for consent": html(
        "Firm fined for its banner", "The firm had made it easy to accept all and hard to reject all, said "
        "the office for personal data on Monday.", "Its head said that the banner had been the work of a "
        "young man who has left the firm since, and that it would pay what it owes within the year."),
    "short": html("Ferry stays in harbour", "The ferry to Holm stays in harbour today, the line said."),
    "with a login beside it": html("Ferry stays in harbour", "The ferry to Holm stays in harbour today.",
                                   extra="<form><input type=password></form>"),
    "with a kicker": html("Security check – harbour guards look into every crate", "From today the "
                          "guards look into all crates.", extra="<form><input type=password></form>"),
    "with a script beside it": html("Quay", LONG, LONG, extra="<script>window._cf_chl_opt={a:1}</script>"),
}  # fmt: skip


def seen(body: bytes) -> str | None:
    return read_page(body, "text/html", URL, None, Limits()).stands_before


@pytest.mark.parametrize("case", WALLS)
def test_walls(case: str) -> None:
    body, what = WALLS[case]
    assert seen(body) == what
    if case not in ("check by its words", "consent under a headline of its own"):
        # Without a title, a heading or code of the kind an answer is not read: clean refuses it.
        assert wall(body, "text/html", URL, URL) == what


@pytest.mark.parametrize("case", STORIES)
def test_stories(case: str) -> None:
    assert seen(STORIES[case]) is None
    assert wall(STORIES[case], "text/html", URL, URL) is None


def test_an_ordinary_page_is_not_read() -> None:
    assert not may_stand_before(STORIES["short"])
    assert not may_stand_before(b"<title>Just a moment</title>" + b" " * 600_000)


ASTRAY = {
    "wall on another site": (URL, "https://consent.example.org/collect?back=a", "interstitial"),
    "front page of another site": (URL, "https://www.example.org/", "interstitial"),
    "login on another site": ("https://quay.example/one", "https://id.example.org/login", "interstitial"),
    "list": (URL, "https://www.quay.example/tag/ferries", "not_article"),
    "front page": (URL, "https://www.quay.example/?from=old", "not_article"),
    "login on the site": (URL, "https://www.quay.example/login?back=a", "not_article"),
    "address that tells nothing": (URL, "https://www.quay.example/moved", None),
    "from one such to another": ("https://feeds.example.org/r/1", "https://quay.example/ferry", None),
    "wall on the site": (URL, "https://consent.quay.example/?url=a", "not_article"),
    "article": ("https://feeds.example.org/r/1", URL, None),
    "the same name": (URL, "https://example.org/ferry-stays-in-harbour", None),
    "from a short address": ("https://quay.example/one", "https://quay.example/ferry", None),
    "nowhere": (URL, URL, None),
    "unknown": (None, URL, None),
    "not told": (URL, None, None),
}


@pytest.mark.parametrize("case", ASTRAY)
def test_redirects(case: str) -> None:
    asked, there, reason = ASTRAY[case]
    found = led_astray(asked, there)
    assert (found[0] if found else None) == reason
    article = read_page(STORIES["that says what it is"], "text/html", there, None, Limits())
    refuse_if_astray(article, asked, there)
    other = read_page(STORIES["short"], "text/html", there, None, Limits())
    if reason:
        with pytest.raises(Refused, match=reason):
            refuse_if_astray(other, asked, there)
    else:
        refuse_if_astray(other, asked, there)


def test_what_a_redirect_led_to() -> None:
    there = "https://consent.example.org/collect"
    assert wall(STORIES["short"], "text/html", URL, there)
    assert wall(STORIES["that says what it is"], "text/html", URL, there) is None
    assert wall(STORIES["short"], "text/html", URL, "https://www.quay.example/tag/ferries") is None
    assert wall(b"\x00", None, URL, there) is None


@given(st.binary(max_size=300), st.sampled_from([URL, "https://example.org/", ""]))
def test_whatever_comes(body: bytes, there: str) -> None:
    assert wall(b"<title>Login</title>" + body, None, URL, there) in (None, *DETAILS.values())
    assert wall(b"<title>" + body, None, URL, URL) in (None, *DETAILS.values())


def test_the_words_can_be_found() -> None:
    """They are compared with text in one spelling."""
    words = [word for table in (TITLES, PHRASES) for kind in table.values() for word in kind]
    assert all(word == " ".join(word.lower().split()) and "’" not in word for word in words)
    assert set(TITLES) == set(PHRASES) == set(DETAILS)
