"""Live blogs taken apart: the same entries in whatever form, the lead-in beside them, and what is none."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.html.live_markup import Update
from dateline.text.html.live_text import without_frames
from dateline.text.html.page import Page, read_page
from dateline.text.html.times import Limits
from live_pages import (
    LEAD,
    POSTS,
    TITLE,
    URL,
    Post,
    as_microdata,
    as_shown,
    nameless,
    page,
    stamp_of,
    with_data,
)

FORMS = {
    "json-ld": with_data,
    "microdata": as_microdata,
    "shown": as_shown,
    "clocks": lambda posts=POSTS, **known: as_shown(posts, stamp="clock", **known),
}


def read(html: str, url: str | None = URL) -> Page:
    return read_page(html.encode(), "text/html; charset=utf-8", url, None, Limits())


def instants(found: Page) -> list[datetime | None]:
    return [each.published.value and each.published.value.instant for each in found.entries]


@pytest.mark.parametrize("form", FORMS)
def test_each_form_gives_the_same_entries(form: str) -> None:
    found = read(FORMS[form]())
    assert found.kind == "live_blog"
    assert found.paragraphs == list(LEAD)
    assert [entry.title for entry in found.entries] == [post.title for post in POSTS]
    assert [entry.text for entry in found.entries] == [post.text for post in POSTS]
    assert [entry.authors.value for entry in found.entries] == [[post.author] for post in POSTS]
    assert instants(found) == [datetime.fromisoformat(post.at).astimezone(UTC) for post in POSTS]
    assert [entry.mark for entry in found.entries] == [f"name {post.name}" for post in POSTS]


def test_clocks_without_any_zone_hang_in_the_country_of_the_page() -> None:
    html = FORMS["clocks"]().replace("+01:00", "").replace('lang="en"', 'lang="de"')
    found = read(html)
    assert instants(found) == [datetime.fromisoformat(post.at).astimezone(UTC) for post in POSTS]
    assert {each.published.value and each.published.value.offset for each in found.entries} == {None}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("change", ["added above", "oldest gone", "one taken out", "turned round", "renamed"])
def test_an_entry_keeps_its_mark(form: str, change: str) -> None:
    new = Post(
        "p-77110", "2026-03-25T00:50:00+01:00", "Power back", "All houses of the islands have power again."
    )
    posts = nameless() if change == "renamed" else list(POSTS)
    later = {
        "added above": [new, *posts],
        "oldest gone": posts[:-1],
        "one taken out": [posts[0], *posts[2:]],
        "turned round": posts[::-1],
        "renamed": nameless([new, *POSTS]),
    }[change]
    marks = [{entry.text: entry.mark for entry in read(FORMS[form](some)).entries} for some in (posts, later)]
    both = marks[0].keys() & marks[1].keys()
    assert len(both) >= 3
    assert [marks[0][text] for text in sorted(both)] == [marks[1][text] for text in sorted(both)]
    assert len(set(marks[1].values())) == len(later)


def test_of_one_minute_the_older_keeps_its_mark() -> None:
    old = [replace(post, at="2026-03-24T19:40:00+01:00") for post in POSTS[2:]]
    before, after = (read(with_data(posts, named=False)).entries for posts in (old[1:], old))
    assert before[0].mark == after[1].mark == "at 2026-03-24T18:40:00+00:00"
    assert after[0].mark == "at 2026-03-24T18:40:00+00:00 1"


def test_an_entry_of_a_headline_alone_has_it_as_text() -> None:
    found = read(with_data([*POSTS[:2], replace(POSTS[2], text="")]))
    assert [entry.text for entry in found.entries][2] == POSTS[2].title


def test_an_entry_without_a_word_is_none() -> None:
    assert len(read(with_data([*POSTS, Post("p-1", POSTS[0].at, "", "<img src='a.jpg'>")])).entries) == len(
        POSTS
    )


def test_an_entry_without_a_time_has_the_day_of_its_blog() -> None:
    found = read(with_data([*POSTS[:2], replace(POSTS[2], at="just now")])).entries[2].published
    assert found.value is not None
    assert (found.value.iso, found.value.precision) == ("2026-03-24", "day")
    assert found.confidence < 0.5


def test_tags_in_a_body_are_paragraphs() -> None:
    body = "<p>The lamp &amp; the bell work.</p><p>So does <b>the horn</b>.<br>All is well.</p>"
    found = read(with_data([replace(POSTS[0], text=body), *POSTS[1:]])).entries[0]
    assert found.text == "The lamp & the bell work.\n\nSo does the horn.\n\nAll is well."


FRAMES = {
    "times alone": "<p>{clock} Uhr</p>",
    "times with days": "<p>{clock}, 24 March</p>",
    "a writer without a class": "<p>By Orla Finch</p>",
    "the writers of entries": '<p><span class="byline">{author}</span></p>',
    "a mark of importance": "<p>Key event</p>",
}


@pytest.mark.parametrize("case", FRAMES)
def test_the_text_of_the_whole_page_has_no_frames(case: str) -> None:
    blocks = "".join(
        f"<section>{stamp_of(post, 'attribute')}<h3>{post.title}</h3>"
        f"{FRAMES[case].format(clock=post.at[11:16], author=post.author)}<p>{post.text}</p></section>"
        for post in POSTS
    )
    entries = [line for post in POSTS for line in (post.title, post.text)]
    assert read(page(blocks, LEAD, None)).whole == [*LEAD, *entries]


AGES = {
    "hours": (["1 hour ago", "3 hours ago", "5 hours ago", "6 hours ago"], ["25", "24", "24", "24"]),
    "German": (["vor 5 Minuten", "vor 20 Minuten", "vor 1 Std", "vor 2 Stunden"], ["25", "25", "25", "25"]),
    "Chinese": (["5分钟前", "20分钟前", "1小时前", "4小时前"], ["25", "25", "25", "24"]),
}
SEEN = Limits(captured=datetime(2026, 3, 25, 2, 30, tzinfo=UTC))


def with_ages(ages: list[str]) -> str:
    blocks = "".join(
        f'<div><span class="t">{age}</span><h3>{post.title}</h3><p>{post.text}</p></div>'
        for age, post in zip(ages, POSTS, strict=True)
    )
    return page(blocks, LEAD, None)


@pytest.mark.parametrize("case", AGES)
def test_ages_tell_the_day_from_the_moment_of_capture(case: str) -> None:
    ages, days = AGES[case]
    found = read_page(with_ages(ages).encode(), "text/html; charset=utf-8", URL, None, SEEN)
    assert [entry.text for entry in found.entries] == [post.text for post in POSTS]
    assert [entry.published.value and entry.published.value.iso for entry in found.entries] == [
        f"2026-03-{day}" for day in days
    ]
    assert {entry.published.confidence for entry in found.entries} == {0.7}
    assert found.paragraphs == list(LEAD)
    assert not set(ages) & set(found.whole)


NO_AGES = {
    "the moment of capture is unknown": (
        ["1 hour ago", "2 hours ago", "3 hours ago", "4 hours ago"],
        Limits(),
    ),
    "most are equal": (["1 hour ago"] * 3 + ["2 hours ago"], SEEN),
}


@pytest.mark.parametrize("case", NO_AGES)
def test_ages_do_not_part_entries_where(case: str) -> None:
    ages, limits = NO_AGES[case]
    found = read_page(with_ages(ages).encode(), "text/html; charset=utf-8", URL, None, limits)
    assert found.entries == []
    assert POSTS[0].text in found.paragraphs


def test_the_short_words_of_entries_are_no_frames() -> None:
    found = [Update(title="19:40", text="Goal!", whole="Goal!\nShare") for _ in range(3)]
    assert without_frames(found, ["Goal!", "19:40", "20:05", "Share\nGoal!"]) == ["Goal!", "19:40", "Goal!"]


def test_what_data_cut_short_the_page_completes() -> None:
    html = with_data()
    cut = html.replace(json.dumps(POSTS[1].text), json.dumps(POSTS[1].text[:60]))
    assert cut != html
    assert read(cut).entries[1].text == POSTS[1].text


def test_references_to_other_objects_are_followed() -> None:
    known = [
        {
            "@type": "LiveBlogPosting",
            "headline": TITLE,
            "liveBlogUpdate": [{"@id": "#a-10001"}, {"@id": "#none"}],
        },
        {"@type": "BlogPosting", "@id": "#a-10001", "headline": "First gusts", "articleBody": POSTS[3].text},
    ]
    html = page(f"<p>{POSTS[3].text}</p>", LEAD, None).replace(
        "</head>", _script({"@graph": known}) + "</head>"
    )
    assert [entry.text for entry in read(html).entries] == [POSTS[3].text]


def _script(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


STAND_INS = {
    "its summary": (
        '<meta name="description" content="All about the storm.">',
        POSTS,
        ["All about the storm."],
    ),
    "headlines": ("", POSTS, ["\n".join(post.title for post in POSTS)]),
    "its title": ("", [replace(post, text="") for post in POSTS], [TITLE]),
}


@pytest.mark.parametrize("case", STAND_INS)
def test_a_blog_without_a_lead_in_has(case: str) -> None:
    head, posts, expected = STAND_INS[case]
    found = read(with_data(posts, lead=()).replace("</head>", f"{head}</head>"))
    assert found.paragraphs == expected
    assert len(found.entries) == len(POSTS)


NO_BLOGS = {
    "no page that calls itself live": as_shown().replace(": live", ""),
    "comments under an article": page(
        "<p>" + " ".join(LEAD * 6) + "</p>" + as_shown().partition("<ul>")[2].partition("</ul>")[0],
        LEAD,
        None,
    ),
    "two blocks": as_shown(POSTS[:2]),
    "blocks without times of their own": as_shown().replace("datetime=", "data-x=").replace(":", "_"),
}


@pytest.mark.parametrize("case", NO_BLOGS)
def test_other_pages_stay_whole(case: str) -> None:
    url = "https://www.gull-courier.example/2026/03/24/a-storm"
    assert read(NO_BLOGS[case], url).entries == []


def test_a_page_of_far_too_many_stays_whole() -> None:
    posts = [replace(POSTS[0], name="", title="", text=f"word {place}") for place in range(2_001)]
    found = read(with_data(posts))
    assert (found.kind, found.entries) == ("live_blog", [])


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.just("2026-03-24T10:00"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["headline", "articleBody", "datePublished", "url", "@id", "author", "image", "name"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_data_break_it(updates: object) -> None:
    found = read(page("<p>" + " ".join(LEAD) + "</p>", LEAD, {"liveBlogUpdate": updates}))
    assert all(entry.text and entry.mark for entry in found.entries)
    assert len({entry.mark for entry in found.entries}) == len(found.entries)
    assert found.paragraphs
