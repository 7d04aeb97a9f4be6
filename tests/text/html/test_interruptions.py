"""Lines within a story that are no part of it."""

from __future__ import annotations

import time

import pytest

from body_pages import FIRST, LAST, html, read
from dateline.text.html.interruptions import is_interruption, without_interruptions

LINES = [
    "Advertisement",
    "ADVERTISEMENT",
    "- Anzeige -",
    "ADVERTISEMENT - STORY CONTINUES BELOW",
    "Story continues below advertisement",
    "Article continues after ad",
    "Publicité",
    "La suite après la publicité",
    "Follow our WhatsApp channel for the latest news",
    "Follow us on Facebook and Instagram",
    "Join our Telegram channel for news as it happens",
    "Download our app to get alerts first.",
    "Sign up for our free newsletter, Sound Briefing, delivered every morning to your inbox.",
    "Sign up to our daily newsletter and never miss a story. You can unsubscribe at any time.",
    "Get the best of the islands in your inbox",
    "Good journalism costs money. If you value our work, please consider giving us as little as $5 a month.",
    "Getty Images",
    "Kari Moe/Getty Images",
    "© Sound Courier",
    "Read more: A bridge for Fenholm",
    "Read more on the bridge:",
    "Читайте также: Мост через пролив",
    "À lire aussi : Un pont pour Fenholm",
    "関連記事：海峡に橋",
    "Listen to this article",
    "Listen to this story · 5 min",
    "Please enable JavaScript to view this site properly.",
    "You are using an outdated browser. Please upgrade your browser to improve your experience.",
]

NONE = [
    "The council will consider a plan to fund local journalism next week.",
    "The board is to consider a pay rise for good work by nurses on Tuesday.",
    "Register with the US embassy before you travel to receive security alerts.",
    "Join the US and Canada as they launch a new briefing on climate.",
    "You are using an old laptop with a browser that nobody has patched since 2015.",
    "Your browser does not support the new standard yet, and it may never do so.",
    "Read also: the verdict, said the judge, is all that counts.",
    "Advertising is banned on the ferry.",
    "The advertisement shows a boat.",
    "The story continues below the deck, where the engine is.",
    "“Follow us on Facebook,” said the sign.",
    "Follow us to the quay!",
    "Follow the boat on Facebook, she told them.",
    "Sign up at the town hall for the choir.",
    "Download the form, fill it in and bring it to the town hall.",
    "Join the protest on Telegram, the caller told the islanders.",
    "Getty Images has sued the maker of the boat's posters.",
    "Enable JavaScript in the menu, then load the page again.",
    "Your browser knows more about you than your mother.",
    "She said that good journalism costs money, and asked islanders to consider giving five crowns.",
    "“If you value our work, consider giving us a boat,” they wrote.",
    "Listen to this: nobody had told the captain.",
    "5 min",
    "Read more books, the minister says: they are good for you.",
    "Related to the captain by marriage, the mate kept silent.",
    "Copyright is what the islanders sing about.",
]


@pytest.mark.parametrize("line", LINES)
def test_lines_of_templates_are_dropped_within_a_story(line: str) -> None:
    assert is_interruption(line)
    assert without_interruptions([FIRST[0], line, *LAST]) == [FIRST[0], *LAST]
    assert read(html(f"<p>{line}</p>")).paragraphs == [*FIRST, *LAST]


@pytest.mark.parametrize("line", NONE)
def test_lines_of_the_story_stay(line: str) -> None:
    assert not is_interruption(line)
    assert without_interruptions([FIRST[0], line, *LAST]) == [FIRST[0], line, *LAST]


def test_lines_of_lists_stay() -> None:
    told = ["Income\nAdvertisement\nTickets", "Advertisement | 40"]
    assert without_interruptions(told) == told


def test_the_length_of_a_recording_goes_with_it() -> None:
    assert without_interruptions(["Listen to this article", "5 min", *FIRST]) == FIRST
    assert without_interruptions(["5 min", *FIRST]) == ["5 min", *FIRST]


def test_numbers_behind_an_advertisement_are_kept() -> None:
    assert without_interruptions(["Advertisement", "9", *FIRST, "Advertisement", "8", "7", *LAST]) == [
        *("9", *FIRST, "8", "7", *LAST)
    ]


def test_something_is_left() -> None:
    assert without_interruptions(["Advertisement"]) == ["Advertisement"]
    assert without_interruptions([]) == []


@pytest.mark.parametrize(
    "text",
    [
        "follow us on " * 20,
        "© a " * 60,
        "a/" * 120,
        "sign up our " * 20,
        "listen " * 35,
        "consider " * 27,
        "follow our page on " + "дзен" * 55 + " q!",
        "follow our page on " + "@a." * 70 + " q!",
    ],
)
def test_hostile_lines_take_no_time(text: str) -> None:
    started = time.process_time()
    without_interruptions([text[:250]] * 300)
    assert time.process_time() - started < 1
