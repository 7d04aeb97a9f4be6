"""What the beginning of a line says that it is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.html.block_words import LINE_KINDS, MOST, has_address, has_time, line_kind

LINES = {
    "more": [
        "Read more: The ferry is back", "READ ALSO", "Most read", "- Related stories", "» Ferry is back",
        "More from the harbour", "Recent comments", "Don’t miss: ferries", "Don't miss", "Latest news",
        "Also read this", "Next article", "Lesen Sie auch", "Das könnte Sie auch interessieren",
        "Weitere Artikel", "Meistgelesen", "Lire aussi : le port", "À lire aussi", "Lea también",
        "Te puede interesar", "Leia também", "Leggi anche", "Lees ook", "Läs även", "Les også", "Læs også",
        "Lue myös", "Czytaj także", "ZOBACZ TAKŻE", "Čtěte také", "Читайте также: паром",
        "Последние новости", "По теме", "Διαβάστε επίσης", "Baca juga", "Xem thêm", "اقرأ أيضا", "相关阅读",
        "更多", "関連記事", "관련 기사", "İlgili haberler",
    ],
    "act": [
        "Subscribe now", "Please sign up", "Share this", "Comments (12)", "12 comments",
        "Your e-mail address", "Remember me", "Thank you for your interest", "You must be logged in",
        "This site uses cookies", "Add a comment", "Advertisement", "Follow us on the web", "Newsletter",
        "Be the first to say so", "Jetzt abonnieren", "Artikel teilen", "Schreiben Sie einen Kommentar",
        "Bitte warten", "S'abonner", "Partager", "Suscríbete", "Compartir", "Compartilhe", "Condividi",
        "Reacties", "Kommentarer", "Подписаться", "Комментарии", "Ваше имя", "Войти", "Udostępnij",
        "Σχόλια", "分享到", "发表评论", "コメントする", "댓글 3",
    ],
    "rights": [
        "© Greywater Courier", "(c) 2012 Courier", "Copyright 2012", "All rights reserved",
        "Privacy policy", "Terms and conditions", "Powered by steam", "Impressum",
        "Alle Rechte vorbehalten", "Mentions légales", "Todos los derechos reservados",
        "Все права защищены", "При использовании материалов ссылка обязательна",
        "Wszelkie prawa zastrzeżone", "版权所有", "未经授权", "网站声明：不代表", "無断転載を禁じます",
        "무단 전재",
    ],
    "about": [
        "By Ida Fen", "Von Ida Fen", "Par Ida Fen", "Por Ida Fen", "Photo: Ida Fen", "Image by Ida Fen",
        "Published on Monday 2 May", "Posted May 2, 2012", "Last updated 12:40", "Source: Courier",
        "Monday, May 2 2012", "2 May 2012", "12.05.2012 12:40", "Tags: ferry, harbour", "Foto: Ida Fen",
        "Quelle: Courier", "Stand: 12.5.2012", "Автор: Ида Фен", "Фото: Ида Фен", "Источник: Курьер",
        "Źródło: Kurier", "来源：晨报", "记者：李华", "编辑：李华", "출처: 신문", "3 min read",
        "This article was first published in the Courier", "Today, 12:40",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in LINES.items() for line in lines])
def test_lines_around_a_story(kind: str, line: str) -> None:
    assert line_kind(line) == kind


SENTENCES = [
    "By the time the ferry had sailed, nobody in the town of Fenholm was left on the quay to see it go.",
    "Published by the harbour board in May, the report says that the ferry was never safe to sail in winter.",
    "Like most of the ferries on the sound, she was built in Ostmont.",
    "Search engines could not find the ferry.",
    "Report after report had warned of the ferry.",
    "Video footage shows the ferry leaving the harbour with its doors open, as it had done so often.",
    "Have a look at the harbour, said Ida Fen.",
    "“To send her out again would be wrong,” said Ida Fen.",
    "Entering the harbour, she lost her rudder.",
    "„»Das Boot«, sagte sie, „fährt wieder.“",
    "»Das Boot fährt wieder«, sagte Ida Fen am Montag.",
    "Von der Stadt aus ist das Boot schon seit Jahren nicht mehr zu sehen gewesen.",
    "Weitere drei Wochen soll es dauern, bis das Boot wieder fährt.",
    "Comment expliquer que le bateau soit de retour ?",
    "Por ende, el barco no vuelve.",
    "Похожие лодки строили здесь и раньше.",
    "Материалы дела передали в суд.",
    "记者9日从港务局获悉，渡船三年后又开航了。",
    "Ακόμη πιο σημαντική είναι η ασφάλεια.",
    "Dodaje również, że prom wróci.",
    "",
    "…",
]


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences_of_a_story(line: str) -> None:
    assert line_kind(line) == "none"


ADDRESSES = {
    "Write to ida@courier.example": True,
    "More at http://courier.example": True,
    "www.courier.example": True,
    "Ida Fen @idafen": True,
    "Call +44 (0)20 5550 1234": True,
    "Ida Fen, who is 43, spoke": False,
    "The ferry @ Fenholm": False,
    "In 2012 and 2013, 14 boats": False,
}


@pytest.mark.parametrize("line", ADDRESSES)
def test_addresses(line: str) -> None:
    assert has_address(line) is ADDRESSES[line]


TIMES = {
    "In 2012 she sailed": True,
    "at 12:40": True,
    "um 12.40 Uhr": True,
    "on 12/5": True,
    "5月2日": True,
    "twelve boats of 40 cars": False,
    "3000 boats": False,
}


@pytest.mark.parametrize("line", TIMES)
def test_times(line: str) -> None:
    assert has_time(line) is TIMES[line]


@given(st.text(max_size=60))
def test_any_line_is_of_a_kind(line: str) -> None:
    assert line_kind(line) in LINE_KINDS
    assert isinstance(has_address(line), bool)
    assert isinstance(has_time(line), bool)


@pytest.mark.parametrize(
    "piece",
    ["read ", "by A", "«»—", "1 ", "12.", "also ", "+1 (", "a@", "jan ", "published ", "记者", "the "],
)
def test_hostile_lines_cost_little(piece: str) -> None:
    line = piece * (1_000_000 // len(piece))
    start = time.process_time()
    for _ in range(20):
        line_kind(line), has_address(line), has_time(line)
    assert time.process_time() - start < 0.2
    assert MOST < 1000
