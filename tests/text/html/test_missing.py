"""Pages that say that there is none, with status 200, are no articles; stories about such pages are."""

from __future__ import annotations

import pytest

from dateline.errors import Refused
from dateline.text.html.kinds import refuse_unless_article
from dateline.text.html.missing_words import NAMES, PHRASES
from dateline.text.html.page import read_page
from dateline.text.html.times import Limits
from dateline.text.normalise import word_count

URL = "https://www.quay.example/2024/03/25/ferry-stays-in-harbour"
GONE = "Sorry, the page you requested could not be found. It may have been moved or deleted."
ELSE = (
    "Ferry stays in harbour for a third day while the crew waits for a part from the yard on the mainland. "
    * 4
)
STORY = "The ferry to Holm stayed in harbour for the third day, and nobody on the pier could say why. " * 12
ARTICLE = '<meta property="og:type" content="article">'

MISSING = {
    "code and name": ("404 - Page not found", GONE, ""),
    "in a template of articles": ("404 - Page not found | Quay News", GONE, ARTICLE),
    "sentence": ("Sorry, we can't find that page", "Try the search, or go to our front page instead.", ""),
    "site's name": ("Page not found – Quay News", "Here is what others read today.", ""),
    "what else there is": ("Page not found – Quay News", ELSE, ""),
    "code alone": ("Error 404", GONE, ""),
    "nothing at all": ("404", "", ""),
    "no title": ("Quay News", GONE, ""),
    "a story": ("This story is no longer available", ELSE, ""),
    "a story, French": ("Cet article n’est plus disponible | Le Quai", "Voici les titres du jour.", ""),
    "German": ("Seite nicht gefunden | Kai-Zeitung", "Hier geht es zurück zu den Nachrichten des Tages.", ""),
    "German code": ("Fehler 404: Seite nicht gefunden", "Schauen Sie auf der Startseite vorbei.", ""),
    "French": ("Page introuvable - Le Quai", "La page que vous recherchez a été déplacée.", ""),
    "Spanish": ("Página no encontrada", "Lo sentimos mucho, vuelva a la portada del diario.", ""),
    "Polish": ("Strona nie istnieje", "Przepraszamy, proszę wrócić na stronę główną gazety.", ""),
    "Russian": ("Ошибка 404", "К сожалению, запрашиваемая страница была удалена или её не было.", ""),
    "Turkish": ("Sayfa bulunamadı", "Ana sayfaya dönün ya da arama yapın, lütfen.", ""),
    "Japanese": (
        "ページが見つかりません｜岸壁新聞", "お探しのページは移動または削除された可能性があります。", "",
    ),
    "Arabic": ("الصفحة غير موجودة", "عذرا، يمكنك العودة إلى الصفحة الرئيسية للجريدة.", ""),
}  # fmt: skip

STORIES = {
    "about such pages": ("Page not found: what museums put on their 404s", STORY, ""),
    "of that name": ("Page not found", STORY * 3, ""),
    "that says so itself": ("Not found", "The cat of the harbour master was sought all day. " * 4, ARTICLE),
    "of a number": ("404", "The road over the pass is shut, the county said on Monday. " * 4, ""),
    "about lost stories": ("“This story is no longer available”: what libraries lose", STORY, ""),
    "of a lost page": ("Library finds lost page", "The page you are looking for is in the tower, it said.",
                       ARTICLE),
    "long": ("Library finds lost page", STORY + "“The page you requested”, said the clerk.", ""),
    "short": ("Ferry stays in harbour", "The ferry to Holm stays in harbour today, the line said.", ""),
}  # fmt: skip


def refusal(title: str, text: str, head: str) -> str | None:
    html = (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
    )
    page = read_page(html.encode(), "text/html", URL, None, Limits())
    try:
        refuse_unless_article(page, word_count(" ".join(page.paragraphs)), 5)
    except Refused as refused:
        return f"{refused.reason}: {refused.detail}"
    return None


@pytest.mark.parametrize("case", MISSING)
def test_missing(case: str) -> None:
    assert refusal(*MISSING[case]) == "not_article: a page that says that there is none"


@pytest.mark.parametrize("case", STORIES)
def test_stories(case: str) -> None:
    assert refusal(*STORIES[case]) is None


def test_the_words_can_be_found() -> None:
    """They are compared with text in one spelling."""
    words = [*NAMES, *PHRASES]
    assert all(word == " ".join(word.lower().split()) and "’" not in word for word in words)
    assert all(len(word) > 3 for word in words)
