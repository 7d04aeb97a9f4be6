"""What recurs on a site's pages is learnt, and what is told again and again is told."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.text.site_profiles import (
    EDGE,
    INSIDE,
    NOTHING,
    Profile,
    Recurring,
    Seen,
    learn,
    without_boilerplate,
)

SUBJECTS = (
    "ferry",
    "orchard",
    "library",
    "quarry",
    "lighthouse",
    "school",
    "brewery",
    "tunnel",
    "harvest",
    "clinic",
)
PLACES = ("Vigo", "Trondheim", "Cork", "Tartu", "Split", "Ghent", "Porto", "Turku", "Bergen", "Galway")
SIGN_UP = "Sign up for our evening letter, and unsubscribe whenever you like."
RIGHTS = "Every word of this paper may be copied with its name beside it."
WAR = (
    "The Skerry strait has been closed to shipping since the blockade of January, when Norland seized eleven "
    "trawlers off Skerry and their crews were held for a month."
)


def article(
    number: int, *, head: tuple[str, ...] = (), mid: tuple[str, ...] = (), tail: tuple[str, ...] = ()
) -> Seen:
    """A story of its own, with what recurs around it."""
    subject, place = SUBJECTS[number % 10], PLACES[number // 10 % 10]
    story = [
        f"The {subject} of {place} was number {number} on the list that the county went through on Monday.",
        f"Nobody in {place} had thought that the {subject} would be named at all, said {number} neighbours.",
        *(f"Item {n} of {number} for the {subject} was put off until {place} has money." for n in range(12)),
    ]
    return Seen(
        f"https://bugle.example/{number}",
        f"{subject.title()} of {place} on the list ({number})",
        (f"{subject.title()} of {place} on the list ({number}) | Sandwick Bugle",),
        (*head, story[0], *mid, *story[1:], *tail),
        (("Bugle Online",), (f"{subject.title()} {place}",)),
    )


def texts(profile: Profile) -> dict[str, str]:
    return {one.text: one.place for one in profile.paragraphs}


def test_what_stands_around_stories_is_learnt_with_its_counts() -> None:
    profile = learn(article(n, head=("Advertisement",), tail=(SIGN_UP,) if n < 8 else ()) for n in range(40))
    assert profile.articles == 40
    assert profile.paragraphs == (Recurring("Advertisement", 40, EDGE), Recurring(SIGN_UP, 8, EDGE))
    assert profile.titles == (("Sandwick Bugle", 40),)
    assert profile.names == (("Bugle Online", 40),)


def test_three_articles_are_not_several() -> None:
    assert learn(article(n, tail=(SIGN_UP,)) for n in range(3)) == Profile(articles=3)
    assert texts(learn(article(n, tail=(SIGN_UP,)) for n in range(4))) == {SIGN_UP: EDGE}
    again = [article(n, tail=(SIGN_UP,) if n < 3 else ()) for n in range(12)]
    assert texts(learn([*again, *again, *again])) == {}, "the same article is one, however often it is seen"


@pytest.mark.parametrize(
    ("text", "having", "learnt"),
    [
        (SIGN_UP, 4, True),
        (SIGN_UP, 3, False),
        ("x" * 119 + ".", 4, True),
        (" ".join([SIGN_UP] * 3), 4, False),
        (" ".join([SIGN_UP] * 3), 5, True),
        (" ".join([SIGN_UP] * 8), 19, False),
        (" ".join([SIGN_UP] * 8), 20, True),
        (" ".join([SIGN_UP] * 20), 100, False),
    ],
)
def test_the_longer_the_more_of_the_articles_must_have_it(text: str, having: int, learnt: bool) -> None:
    profile = learn(article(n, tail=(text,) if n < having else ()) for n in range(100))
    assert (text in texts(profile)) is learnt


@pytest.mark.parametrize(("having", "learnt"), [(9, {}), (10, {"Story continues below": INSIDE})])
def test_between_paragraphs_more_of_the_articles_must_have_it(having: int, learnt: dict[str, str]) -> None:
    profile = learn(article(n, mid=("Story continues below",) if n < having else ()) for n in range(100))
    assert texts(profile) == learnt


def _of_the_war(number: int) -> Seen:
    """A report of one story, which an agency closes with the same sentence for months."""
    told = (
        f"A patrol boat of Norland met trawlers off Skerry for the {number}th time, and let them go.",
        f"The strait stays closed for shipping, the harbour master of Skerry told {number} captains.",
        *(
            f"Captain {n} of {number} said that he would wait in port until somebody else went."
            for n in range(6)
        ),
    )
    return Seen(f"https://bugle.example/war-{number}", f"Skerry: day {number} of it", (), (*told, WAR))


def test_what_closes_each_report_of_one_story_is_told() -> None:
    others = [article(number, tail=(SIGN_UP,) if number < 30 else ()) for number in range(60)]
    assert texts(learn([*others, *map(_of_the_war, range(12))])) == {SIGN_UP: EDGE}


def test_copies_of_one_story_are_no_witnesses() -> None:
    story = tuple(f"Paragraph {n} of a story that every edition of the paper prints." for n in range(6))
    copies = [Seen(f"https://bugle.example/copy-{n}", f"Edition {n}", (), story) for n in range(9)]
    profile = learn([*map(article, range(30)), *copies])
    assert profile.paragraphs == ()
    assert profile.articles == 39


def test_a_part_that_headlines_have_themselves_stays() -> None:
    pages = [
        replace(
            article(n),
            headline=f"Letter {n} | From the quay",
            titles=(f"Letter {n} | From the quay | Bugle",),
        )
        for n in range(12)
    ]
    assert learn(pages).titles == (("Bugle", 12),)


def test_a_section_before_titles_is_cut_only_where_most_have_it() -> None:
    few = [replace(article(n), titles=(f"{'Sport' if n < 5 else n} | Title {n} of it",)) for n in range(12)]
    assert learn(few).titles == ()
    most = [replace(article(n), titles=(f"{'Bugle' if n < 7 else n} | Title {n} of it",)) for n in range(12)]
    assert learn(most).titles == (("Bugle", 7),)


def test_the_only_author_of_a_blog_is_no_default() -> None:
    alone = [replace(article(n), authors=(("Ida Marsh",), ("Ida",), ("Ida Marsh",))) for n in range(40)]
    assert learn(alone).names == ()
    guests = [replace(page, authors=(("Ida Marsh",), (f"Tom {page.article[-1]}",))) for page in alone]
    assert learn([*alone[3:], *guests[:3]]).names == ()
    assert learn(guests).names == (("Ida Marsh", 40),)
    signed = [replace(page, authors=(("Tom Reef",),)) for page in alone[15:]]
    assert learn([*guests[:15], *signed]).names == (), "who stands on less than half is somebody"
    pair = [replace(page, authors=(("Ida Marsh",), ("Tom Reef",))) for page in alone]
    assert learn(pair).names == (), "two who write together, or a voice that is read wrongly"


CJK = [
    "島の渡し船は月曜から再開する",
    "図書館の新しい本棚が届いた",
    "りんごの収穫は例年より早い",
    "灯台の明かりが百年ぶりに戻った",
    "学校の橋が架け替えられる",
]


def test_scripts_without_spaces_are_read_as_well() -> None:
    pages = [
        Seen(
            f"https://shima.example/{n}",
            line,
            (f"{line}｜島新聞",),
            (line * 3 + str(n), "この記事の無断転載を禁じます。"),
        )
        for n, line in enumerate(CJK)
    ]
    profile = learn(pages)
    assert (texts(profile), profile.titles) == ({"この記事の無断転載を禁じます。": EDGE}, (("島新聞", 5),))


PAGES = [
    *(
        article(n, head=("Advertisement",), mid=("Read more",) * (n % 2), tail=(SIGN_UP, RIGHTS))
        for n in range(25)
    ),
    *map(_of_the_war, range(5)),
]


@given(st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_of_pages_changes_nothing(chance: random.Random) -> None:
    pages = [*PAGES, replace(PAGES[0], headline="Another sight of the first")]
    wanted = learn(pages)
    chance.shuffle(pages)
    assert learn(pages) == wanted
    assert learn(pages).digest() == wanted.digest()


LINES = st.lists(st.sampled_from(["Advertisement", "Read more", SIGN_UP, "A", "B", "—", ""]), max_size=9)


@given(LINES)
def test_applied_only_known_paragraphs_go_and_twice_is_once(paragraphs: list[str]) -> None:
    profile = learn(PAGES)
    kept = without_boilerplate(paragraphs, profile)
    assert without_boilerplate(kept, profile) == kept
    gone = [one for one in paragraphs if one not in kept]
    assert set(gone) <= {"Advertisement", "Read more", SIGN_UP}
    assert [one for one in paragraphs if one in ("A", "B")] == [one for one in kept if one in ("A", "B")]
    assert without_boilerplate(paragraphs, NOTHING) == paragraphs


@given(st.lists(st.lists(st.text(max_size=30), max_size=6), max_size=12))
@settings(max_examples=60, deadline=None)
def test_any_pages_give_a_profile(found: list[list[str]]) -> None:
    pages = [
        Seen(str(n), " ".join(lines)[:40], tuple(lines), tuple(lines), (tuple(lines),))
        for n, lines in enumerate(found)
    ]
    assert learn(pages).articles == len(found)
