"""Stories about walls, under their very names and at addresses that tell nothing, are kept; walls are not."""

from __future__ import annotations

import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import Refused
from dateline.text.html.interstitial_words import DETAILS
from dateline.text.html.interstitials import LARGEST
from dateline.text.html.kinds import refuse_unless_article
from dateline.text.html.page import read_page
from dateline.text.html.times import Limits
from dateline.text.html.walls import MOST_ATTRIBUTES, MOST_TAGS, may_be_wall, refuse_if_astray, wall
from dateline.text.normalise import word_count

ASKED = "https://www.quay.example/news/2024/03/25/ferry-stays-in-harbour"
AWAY = "https://www.quay-news.example/node/9912"
CHECK, CONSENT, LOGIN = DETAILS["challenge"], DETAILS["consent"], DETAILS["login"]

SENTENCES = {
    "en": "The harbour office of Holm said on day {} that it would look into what readers had told "
    "the paper, and that nobody there had thought of it before.",
    "de": "Das Hafenamt von Holm sagte am Tag {}, es werde dem nachgehen, was Leser der Zeitung "
    "erzählt hatten, und niemand habe dort vorher daran gedacht.",
    "fr": "Le bureau du port de Holm a dit le jour {} qu’il regarderait ce que les lecteurs avaient raconté "
    "au journal, et que personne n’y avait pensé avant.",
    "es": "La oficina del puerto de Holm dijo el día {} que miraría lo que los lectores habían contado al "
    "diario, y que nadie había pensado en ello antes.",
    "it": "L’ufficio del porto di Holm ha detto il giorno {} che guarderà quello che i lettori hanno "
    "raccontato al giornale, e che nessuno ci aveva pensato prima.",
    "nl": "Het havenkantoor van Holm zei op dag {} dat het zou kijken naar wat lezers aan de krant hadden "
    "verteld, en dat niemand daar eerder aan had gedacht.",
    "pl": "Biuro portu w Holm powiedziało dnia {}, że przyjrzy się temu, co czytelnicy opowiedzieli gazecie, "
    "i że nikt tam wcześniej o tym nie pomyślał.",
    "ru": "Управление порта Хольм на день {} сообщило, что разберётся в том, что читатели рассказали газете, "
    "и что никто там раньше об этом не думал.",
    "ja": "ホルムの港湾局は第{}日に、読者が新聞に語ったことを調べると述べ、以前は誰も考えなかったと話した。",
}

HEADLINES = [
    ("en", "Just a moment"), ("en", "Cookies"), ("en", "Consent"), ("en", "Are you a robot?"),
    ("en", "Captcha"), ("en", "Access denied"), ("en", "Your privacy"), ("en", "Cookie consent"),
    ("en", "Before you continue"), ("en", "Attention required!"), ("en", "You have been blocked"),
    ("en", "Cloudwall goes down, and half the web with it"), ("de", "Einen Moment bitte"),
    ("de", "Einwilligung"), ("de", "Zustimmung"), ("de", "Bist du ein Mensch?"), ("fr", "Un instant"),
    ("fr", "Consentement"), ("fr", "Êtes-vous un robot ?"), ("es", "Un momento"), ("es", "Consentimiento"),
    ("it", "Solo un momento"), ("it", "Consenso"), ("nl", "Toestemming"), ("nl", "Even geduld"),
    ("pl", "Chwileczkę"), ("ru", "Доступ запрещен"), ("ru", "Вы не робот?"), ("ja", "しばらくお待ちください"),
]  # fmt: skip

SAID = {
    "en": "“We and our partners use cookies”, it had said; “accept all” was the only way on. Another page "
    "asked her to verify you are human, as it put it.",
    "de": "„Wir und unsere Partner verarbeiten personenbezogene Daten“, stand dort, und „alle akzeptieren“. "
    "Eine andere Seite wollte wissen, ob Browser wird überprüft gut klingt.",
    "fr": "« Nous et nos partenaires », disait la page, « tout accepter », et ailleurs : « vérifiez que vous "
    "êtes humain ».",
}
BANNER = (
    "<div class='cookie-banner'><p>We and our partners use cookies and process personal data. Accept all. "
    "Reject all. Wir und unsere Partner. Alle akzeptieren. Tout accepter. Nos partenaires.</p></div>"
)
PLACES = ("none", "beside", "inside")


def story(language: str, title: str, banner: str = "none", paragraphs: int = 9, head: str = "") -> bytes:
    said = [SENTENCES[language].format(number) for number in range(1, paragraphs + 1)]
    said.insert(2, SAID.get(language, SAID["en"]))
    text = "".join(f"<p>{one}</p>" for one in said)
    inside, beside = (BANNER if banner == place else "" for place in ("inside", "beside"))
    return (
        f"<!doctype html><html lang={language}><head><meta charset=utf-8><title>{title} | Quay News</title>"
        f"{head}</head><body><main><article><h1>{title}</h1>{text}{inside}</article></main>{beside}"
        "<form><input type=password></form></body></html>"
    ).encode()


@pytest.mark.parametrize(("headline", "banner"), product(HEADLINES, PLACES))
def test_stories_are_kept(headline: tuple[str, str], banner: str) -> None:
    body = story(*headline, banner)
    assert wall(body, None, ASKED, ASKED) is None
    page = read_page(body, None, ASKED, None, Limits())
    refuse_unless_article(page, word_count(" ".join(page.paragraphs)), 10)


@pytest.mark.parametrize("there", [AWAY, "https://quay.example.org/s/9912", "https://q.example/x"])
@pytest.mark.parametrize("language", SENTENCES)
def test_stories_are_kept_where_a_redirect_led(language: str, there: str) -> None:
    body = story(language, "The ferry", paragraphs=8)
    assert wall(body, None, ASKED, there) is None
    refuse_if_astray(read_page(body, None, there, None, Limits()), ASKED, there)


def test_short_stories_under_such_a_word_are_kept() -> None:
    recipe = (
        "<p>Take flour, butter, sugar and an egg, and wait. Bake until brown, and eat them warm.</p>"
        "<p>Those who like nuts may add them, but not before the butter and the sugar are one.</p>"
        "<p>They keep for a week in a tin, if nobody finds it, and may be sent to friends abroad.</p>"
    )
    body = f"<title>Cookies</title><article><h1>Cookies</h1>{recipe}</article>{BANNER}".encode()
    assert wall(body, None, ASKED, ASKED) is None


WALLS = {
    "check": ("Un momento…", "Compruebe que es un ser humano para seguir.", CHECK),
    "check, escaped": ("Making sure you&#39;re not a bot!", "", CHECK),
    "check in Polish": ("Chwileczkę...", "Potwierdź, że jesteś człowiekiem, i zaznacz pole niżej.", CHECK),
    "check in Italian": ("Accesso negato | Il Molo", "Devi dire di essere umano, e non altro.", CHECK),
    "check in Chinese": ("请稍候…", "请先完成安全验证，然后继续。", CHECK),
    "consent": ("Your privacy, your choice", "Our partners use cookies and personal data. " * 30, CONSENT),
    "consent in a word": ("Cookies", "Here we use cookies, and you may say no below. " * 4, CONSENT),
    "consent in Dutch": ("Voordat je verdergaat", "Onze partners bewaren persoonsgegevens. " * 40, CONSENT),
    "consent in Swedish": ("Vi värdesätter din integritet", "Våra partners läser. " * 12, CONSENT),
    "login in Russian": ("Вход", "Добро пожаловать.<form><input type=password></form>", LOGIN),
}  # fmt: skip


@pytest.mark.parametrize("name", WALLS)
def test_walls_are_refused(name: str) -> None:
    title, text, what = WALLS[name]
    body = f"<!doctype html><title>{title}</title><main><h1>{title}</h1><p>{text}</p></main>".encode()
    assert wall(body, "text/html; charset=utf-8", ASKED, ASKED) == what


LEGAL = "The Quay family of papers and its firms need a yes from you. " * 4
ASTRAY = {
    "asks for consent under another name": ("The Quay family", f"<p>{LEGAL}</p><p>If you click on accept "
        "all, we and our partners will read what lies on your device, and use it as we tell below. " + LEGAL),
    "a check of another make": ("quay.example", f"<p>{LEGAL}</p><p>Please complete the security check."),
    "a login with much around it": ("Sign in", f"<p>{LEGAL}</p><p>{LEGAL}</p>"),
    "next to nothing": ("Quay", "<p>Go on to the paper, and to all that it has for you.</p>"),
}  # fmt: skip


@pytest.mark.parametrize("name", ASTRAY)
def test_where_a_redirect_led_less_tells(name: str) -> None:
    title, text = ASTRAY[name]
    body = f"<!doctype html><title>{title}</title><main><h1>{title}</h1>{text}</main>".encode()
    assert wall(body, None, ASKED, AWAY)
    with pytest.raises(Refused, match="interstitial"):
        refuse_if_astray(read_page(body, None, AWAY, None, Limits()), ASKED, AWAY)
    called = body.replace(b"<main", b'<meta property="og:type" content="article"><main')
    assert wall(called, None, ASKED, AWAY) is None


@pytest.mark.parametrize(
    "there", ["https://www.quay-news.example/", "https://www.quay-news.example/tag/ferries"]
)
def test_a_list_of_another_site_is_no_story_but_no_wall(there: str) -> None:
    body = story("en", "The ferry")
    assert wall(body, None, ASKED, there) is None
    with pytest.raises(Refused, match="not_article"):
        refuse_if_astray(read_page(body, None, there, None, Limits()), ASKED, there)


@pytest.mark.parametrize(
    ("words", "is_wall"), [("Wait until the page comes.", True), (SENTENCES["en"] * 2, False)]
)
def test_code_alone_tells_of_next_to_no_text(words: str, is_wall: bool) -> None:
    body = f"<title>Quay</title><p>{words}</p><script src='https://geo.captcha-delivery.com/a'></script>"
    assert (wall(body.encode(), None, ASKED, ASKED) is not None) is is_wall


def crowd(unit: str, number: int, head: str = "") -> bytes:
    text = "".join(unit.format(one) for one in range(number))
    return f"<!doctype html><title>Just a moment</title><body {head}{text}>".encode()


CROWDS = {
    "attributes": crowd(' a{}="x"', 20_000),
    "attributes without values": crowd(" a{}", 30_000),
    "attributes that look like tags": crowd(" a{}='<>'", 20_000),
    "attributes behind a comment": crowd(" a{}", 30_000, "><!--><p"),
    "attributes behind a script": crowd(" a{}", 30_000, "><script>'<a b='</script><p"),
    "attributes behind an end": crowd(" a{}", 30_000, "></a x='<a y='><p"),
    "elements": crowd("<p>x", 60_000, ">"),
    "elements in elements": crowd("<div>", 50_000, ">"),
    "attributes that no value ends": crowd(' a{}="', 25_000),
}


@pytest.mark.parametrize("name", CROWDS)
def test_a_page_made_to_be_slow_is_not_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading each takes seconds, so that a parse is what would be seen."""
    monkeypatch.setattr("dateline.text.html.walls.read_page", pytest.fail)
    assert len(CROWDS[name]) <= LARGEST
    began = time.process_time()
    assert wall(CROWDS[name], None, ASKED, ASKED) is None
    assert time.process_time() - began < 0.5


LINEAR = [
    "<a",
    "<a/x=y",
    "<!--",
    "<a ='\"",
    "<a =\"'",
    "</a ",
    "= ",
    "<script>",
    "<!",
    "<a b",
    "<title></",
    "/ ",
]


@pytest.mark.parametrize("unit", LINEAR)
def test_the_look_along_a_page_is_quick(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.text.html.walls.read_page", lambda *_: (_ for _ in ()).throw(Refused("no")))
    body = (b"<title>Just a moment</title><p " + unit.encode() * LARGEST)[:LARGEST]
    began = time.process_time()
    assert wall(body, None, ASKED, ASKED) is None
    assert time.process_time() - began < 0.5


def test_as_much_as_is_allowed_is_read() -> None:
    wide = crowd(" a{}=x", MOST_ATTRIBUTES) + b"<p>Enable JavaScript and cookies to continue"
    assert wall(wide, None, ASKED, ASKED) == CHECK
    assert wall(crowd(" a{}=x", MOST_ATTRIBUTES + 1), None, ASKED, ASKED) is None
    many = crowd("<br>", MOST_TAGS - 2, ">")
    assert wall(many, None, ASKED, ASKED) == CHECK
    assert wall(many + b"<br>", None, ASKED, ASKED) is None
    code = b"<title>Just a moment</title><script>" + b"a<b;" * 2 * MOST_TAGS + b"</script>"
    assert wall(code, None, ASKED, ASKED) == CHECK


def test_a_large_page_is_none() -> None:
    assert may_be_wall(b"<title>Login</title>", ASKED, ASKED)
    assert not may_be_wall(b"<title>Login</title>".ljust(LARGEST + 1), ASKED, ASKED)
    assert may_be_wall(b"", ASKED, AWAY)
    assert not may_be_wall(b"".ljust(LARGEST + 1), ASKED, AWAY)


PIECES = st.sampled_from(
    ["<", ">", "'", '"', "=", "/", "<!--", "-->", "<a ", "</a", "<script>", "</script>", " a", "x"]
)


@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from([ASKED, AWAY, ""]))
def test_whatever_comes(text: str, there: str) -> None:
    found = wall(f"<title>Login</title>{text}".encode(), None, ASKED, there)
    assert found is None or found
