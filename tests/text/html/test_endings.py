"""Notices below a story."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from body_pages import FIRST, LAST, html, paragraphs, read
from dateline.text.html.endings import is_notice, without_ending

PROSE = "The harbour board of Fenholm voted on Monday evening to buy a second ferry for the sound."

NOTICES = [
    "© 2024 Harbour Gazette",
    "Copyright 2004 The Old Paper. All rights reserved.",
    "Copyright © 2024 Sound Courier",
    "(c) Sound Courier",
    "© RIPRODUZIONE RISERVATA",
    "Alle Rechte vorbehalten.",
    "Все права защищены",
    "版权所有，未经授权不得转载",
    "This material may not be published, broadcast or rewritten.",
    "Follow us on Twitter and Facebook.",
    "Follow Ida Fen on X @idafen",
    "Like us on Facebook for more news from the islands.",
    "Folgen Sie uns auf Instagram!",
    "Suivez-nous sur Facebook",
    "Síguenos en WhatsApp",
    "Подписывайтесь на наш канал в Телеграме",
    "This story was originally published on March 12, 2024 at 11:30 PM.",
    "This article first appeared in the Sound Courier.",
    "First published in the Sound Courier on 12 March.",
    "Dieser Artikel ist zuerst im Sund-Kurier erschienen.",
    "Este artículo fue publicado originalmente en Correo del Sund.",
    "This entry was posted on Tuesday, March 12th, 2024 at 11:58 pm and is filed under News. You can follow "
    "any responses to this entry through the RSS 2.0 feed.",
    "Both comments and pings are currently closed.",
    "Tags: ferry, Fenholm",
    "Advertisement",
    "Do you have a story? Email news@soundcourier.example or call 0123 456789.",
    "Got a news tip? Let us know.",
    "Email the newsroom at news@soundcourier.example",
    "Copyright, 2004, The Old Paper Co.",
    "The Old Paper, Fenholm. All rights reserved. Copies need our permission.",
    "Connect with the Sound Courier on Facebook",
    "Follow our WhatsApp channel for the latest news",
    "This article was originally published by Sound Courier. Read the original article.",
    "The post Island buys a ferry appeared first on Sound Courier.",
    "Cet article a été publié dans Le Courrier du Sund.",
    "Have a good story? Email news@soundcourier.example",
    "Republish this article for free, online or in print, under a Creative Commons licence.",
    "SOURCE Fenholm Ferries Ltd",
    "___",
    "To contact the reporter on this story: Ida Fen in Fenholm",
    "Sign up for our newsletter and never miss a crossing.",
    "Download our free app for Android.",
]

NONE = [
    "规定明确，未经业主同意，不得将住宅改为经营性用房。",
    "通知规定，未经批准不得擅自发布疫情信息。",
    "Comments are closed to traffic on the pier.",
    "",
    "Copyright is what the islanders sing about.",
    "Copyright law was changed in 1974, and the board has paid for songs on board since.",
    "The ferry follows the coast and calls at Ostmont.",
    "Follow the path to the quay and turn left at the church.",
    "Do you have a ferry?",
    "Subscribe to continue reading.",
    "Correction: an earlier version of this article gave a wrong price. It is four crowns.",
    "This article was amended on 3 May to correct the price of a crossing.",
    "Additional reporting by Tom Hale.",
    "(Reporting by Jane Doe; Editing by John Roe)",
    "“Find us a bridge,” she said.",
    "The story was first told by fishermen. They had seen the lights of a ship that sank long ago, "
    "and no one believed a word of it until a diver came up with its bell.",
    "Join the queue early, as the boat takes forty cars alone.",
    "Ida Fen is a columnist.",
    "Get the early boat.",
    "All rights to fish in the sound belong to the islanders.",
    "EFE",
    "Like her mother, she works at Facebook.",
    "Find out what he said, and to whom, on Facebook.",
    "“黑客未经授权访问了港口的系统。”",
    # The last sentences of stories that begin as notices do.
    "The report was published in the journal Tides.",
    "The report was published on Tuesday by the audit office.",
    "The interview was first published on Sunday by the weekly Der Anker, and the board denied it at once.",
    "L'article a été publié mardi par le quotidien Le Courrier.",
    "First published in 1925, the novel has sold three million copies.",
    "Originally published in 1925, the novel has sold three million copies.",
    "This article was published in 1931 and is the first that mentions the ferry.",
    "The story first appeared in 1890 in a monthly and made its author rich overnight.",
    "Der Text wurde erstmals 1925 gedruckt und machte ihn reich.",
    "Call 101 or email tips@police.example with the reference 4410.",
    "Contact police in Fenholm on 101.",
    "Contact Crime Stoppers at 555 0101 or email tips@crime.example.",
    "Do you have information? Call 101.",
    "Got information about the missing boat? Call the police on 101.",
    "Have questions about the ferry? The county answers them on Monday.",
    "Haben Sie Hinweise? Die Polizei bittet um Anruf unter 110.",
    "Send your entries to art@museum.example by 30 April; the winners will be named in May.",
    "Ms Moe can be reached on 555 0100.",
    "Ida Fen can be reached at ida@board.example",
    "To contact the reporters, the board opened a press desk in the hall.",
    "Follow me on TikTok, the minister told pupils.",
    "Follow the advice of the board on social media.",
    "Follow us on Facebook, said the sign, and you will never be late.",
    "Siga o caminho na floresta até o lago.",
    "Suivez le match sur la place du marché.",
    "The band said all rights are reserved for the film.",
    "All rights are reserved for the band.",
    "“All rights reserved,” reads the sign at the quay.",
    "Copyright, 1911, was the date that the court found on the print.",
    "(c) the ferry must sail twice a day.",
    "This content may not be published until the trial is over.",
    "Subscribe to the city's alerts at fenholm.example to hear when the road opens.",
    "Join the mailing list of the museum for news of the next show.",
    "Jetzt will die Stadt mit einem Newsletter informieren.",
    "Source of the river is a spring near Fenholm",
    "“…”",
]


@pytest.mark.parametrize("line", NOTICES)
def test_notices_at_the_end_are_dropped(line: str) -> None:
    assert is_notice(line)
    assert without_ending([PROSE, line]) == [PROSE]
    assert without_ending([f"{PROSE}\n{line}"]) == [PROSE]


@pytest.mark.parametrize("line", NOTICES)
def test_notices_within_a_story_stay(line: str) -> None:
    assert without_ending([line, PROSE]) == [line, PROSE]


@pytest.mark.parametrize("line", NONE)
def test_other_lines_stay(line: str) -> None:
    assert without_ending([PROSE, line]) == [PROSE, line]


ADDRESSES = [
    "Ida Fen can be reached at ida@soundcourier.example",
    "Contact Ida Fen at ida@soundcourier.example or 555 0100.",
    "Email Ida Fen at ida@soundcourier.example",
]


@pytest.mark.parametrize("line", ADDRESSES)
def test_how_to_reach_the_author_is_no_part_of_the_story(line: str) -> None:
    assert without_ending([PROSE, line], ["Ida Fen"]) == [PROSE]
    assert without_ending([PROSE, line], ["Kari Moe"]) == [PROSE, line]
    assert without_ending([PROSE, f"{line} Or call the police."], ["Ida Fen"]) != [PROSE]


BIOGRAPHIES = [
    "Ida Fen covers the islands for the Sound Courier. She joined the paper in 2015.",
    "Ida Fen is a reporter in Ostmont. Follow her on X @idafen.",
    "Ida Fen ist Redakteurin des Sund-Kuriers.",
]
OF_THE_STORY = [
    "Ida Fen has left the board.",
    "Ida Fen is to blame, the board found.",
    "Ida Fen covers",
]


@pytest.mark.parametrize("line", BIOGRAPHIES)
def test_what_else_the_author_does_is_no_part_of_the_story(line: str) -> None:
    offer = "Sign up for our newsletter and never miss a crossing."
    assert without_ending([PROSE, offer, line], ["Ida Fen"]) == [PROSE]
    assert without_ending([PROSE, line], ["Kari Moe"]) == [PROSE, line]
    assert without_ending([line, PROSE], ["Ida Fen"]) == [line, PROSE]


@pytest.mark.parametrize("line", OF_THE_STORY)
def test_what_an_author_does_in_the_story_stays(line: str) -> None:
    assert without_ending([PROSE, line], ["Ida Fen", "Ida"]) == [PROSE, line]


def test_several_are_dropped_and_something_is_always_left() -> None:
    assert without_ending([PROSE, *NOTICES[:5]]) == [PROSE]
    assert without_ending(NOTICES[:3]) == NOTICES[:3]
    assert without_ending([]) == []


@pytest.mark.parametrize("line", [line for line in NOTICES if len(line) > 20])
def test_notices_of_pages(line: str) -> None:
    assert read(html(behind=paragraphs([line]))).paragraphs == [*FIRST, *LAST]


TEXT = st.text(st.sampled_from("© 2024 Copyright follow us on twitter @.?\n"), max_size=60)


@given(st.lists(TEXT, max_size=5))
def test_what_is_left_is_the_beginning(texts: list[str]) -> None:
    left = without_ending(texts)
    assert "\n\n".join(texts).startswith("\n\n".join(left))
    assert bool(left) == bool(texts)


@pytest.mark.parametrize(
    "text",
    ["follow " * 40, "copyright " * 30, "this story was " * 20, "@a." * 99, "got a story " * 25, "e " * 150],
)
def test_hostile_lines_take_no_time(text: str) -> None:
    started = time.process_time()
    without_ending([text[:300]] * 3_000)
    for _ in range(100):
        is_notice(text[:300])
    assert time.process_time() - started < 1
