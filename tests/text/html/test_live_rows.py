"""Live blogs whose entries no element wraps: what begins with a time of day, up to the next such line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dateline.text.html.live_rows import rows, untimed
from dateline.text.html.page import Page, read_page
from dateline.text.html.times import Limits
from dateline.text.html.tree import parse
from live_pages import LEAD, POSTS, Post, page, with_data

URL = "https://www.gull-courier.example/2026/03/24/storm-over-the-skerries"
SAID = {"inLanguage": "en"}
MORE = "Our reporter stays on the quay until the storm has passed the islands."
Layout = Callable[[str, Post], str]

# How an entry is written, given its time; whether it has its headline then.
LAYOUTS: dict[str, tuple[Layout, bool]] = {
    "heading": (lambda at, post: f"<h2>{at} {post.title}</h2><p>{post.text}</p>", True),
    "heading, with an anchor": (
        lambda at, post: f'<h3><a name="x"></a><span>{at}</span> – {post.title}</h3><p>{post.text}</p>',
        True,
    ),
    "heading above the time": (
        lambda at, post: f'<hr><h3>{post.title}</h3><p class="t">{at}</p><p>{post.text}</p>',
        True,
    ),
    "heading below the time": (lambda at, post: f"<p>{at}</p><h3>{post.title}</h3><p>{post.text}</p>", True),
    "bold line": (lambda at, post: f"<p><strong>{at} - {post.title}</strong></p><p>{post.text}</p>", True),
    "first words": (lambda at, post: f"<p><strong>{at}:</strong> {post.text}</p>", False),
    "first words, bare": (lambda at, post: f"<p>\n{' ' * 40}{at} | {post.text}</p>", False),
    "first words, the mark outside": (lambda at, post: f"<p><b>{at}</b>: {post.text}</p>", False),
    "list": (lambda at, post: f"<li><span>{at} – </span>{post.text}</li>", False),
    "terms": (lambda at, post: f"<dt>{at}</dt><dd>{post.text}</dd>", False),
    "time in a heading": (
        lambda at, post: f'<h2><time datetime="{post.at}">{at}</time> {post.title}</h2><p>{post.text}</p>',
        True,
    ),
}


def laid_out(layout: str, posts: tuple[Post, ...] = POSTS, form: str = "{}", data: dict | None = SAID) -> str:
    written = LAYOUTS[layout][0]
    blocks = "".join(written(form.format(post.at[11:16]), post) for post in posts)
    outer = {"terms": "<dl>{}</dl>", "list": "<ul>{}</ul>"}.get(layout, "{}")
    return page(outer.format(blocks), LEAD, data)


def read(html: str, url: str = URL) -> Page:
    return read_page(html.encode(), "text/html; charset=utf-8", url, None, Limits())


@pytest.mark.parametrize("data", [SAID, None], ids=["said", "going back"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_gives_the_same_entries(layout: str, data: dict | None) -> None:
    found = read(laid_out(layout, data=data))
    assert found.kind == "live_blog"
    assert found.paragraphs == list(LEAD)
    has_title = LAYOUTS[layout][1]
    assert [entry.title for entry in found.entries] == [post.title if has_title else None for post in POSTS]
    assert [entry.text for entry in found.entries] == [post.text for post in POSTS]
    assert [entry.published.value and entry.published.value.instant for entry in found.entries] == [
        datetime.fromisoformat(post.at).astimezone(UTC) for post in POSTS
    ]


FORMS = ["{} Uhr", "{} GMT", "({})", "[{}]", "{} h", "kl. {}", "{}:00"]


@pytest.mark.parametrize("form", FORMS)
def test_forms_of_times(form: str) -> None:
    assert [entry.title for entry in read(laid_out("heading", form=form)).entries] == [
        post.title for post in POSTS
    ]


def test_all_up_to_the_next_is_an_entrys() -> None:
    html = laid_out("heading").replace("</p><h2>", f"</p><p>{MORE}</p><blockquote>{MORE}</blockquote><h2>")
    texts = [entry.text for entry in read(html).entries]
    assert texts == [f"{post.text}\n\n{MORE}\n\n{MORE}" for post in POSTS[:-1]] + [POSTS[-1].text]


def test_the_last_is_no_longer_than_the_others() -> None:
    after = "".join(f"<p>Read our guide number {number} to storms.</p>" for number in range(4))
    html = laid_out("heading").replace("</article>", f"{after}</article>")
    assert "number 3" not in read(html).entries[-1].text


def test_headings_come_before_other_lines_with_times() -> None:
    html = laid_out("heading").replace("</h2><p>", "</h2><p>12:05 is high water. ")
    html = html.replace(f"<p>{LEAD[1]}", f"<p>12:05 is high water. {LEAD[1]}")
    assert [entry.title for entry in read(html).entries] == [post.title for post in POSTS]


def test_a_heading_of_a_word_is_no_lead_in() -> None:
    posts = (replace(POSTS[0], title="Open!"), *POSTS[1:])
    assert read(laid_out("heading", posts)).paragraphs == list(LEAD)


def test_where_data_tell_the_entries_rows_add_none() -> None:
    html = with_data(POSTS[1:]).replace("<h2>", "<h2>19:05 ")
    found = read(
        html.replace("</article>", f"<h2>19:05 {POSTS[0].title}</h2><p>{POSTS[0].text}</p></article>")
    )
    assert [entry.title for entry in found.entries] == [post.title for post in POSTS[1:]]


def test_an_id_of_its_first_element_names_an_entry() -> None:
    html = laid_out("heading above the time")
    for post in POSTS:
        html = html.replace(f"<h3>{post.title}", f'<h3 id="{post.name}">{post.title}')
    assert [entry.mark for entry in read(html).entries] == [f"name {post.name}" for post in POSTS]


NO_ROWS = {
    "a timetable": laid_out("first words", POSTS[::-1], data=None),
    "three times alone": laid_out("first words", POSTS[:3], data=None),
    "numbers": laid_out("first words", form="1.5", data=SAID),
    "times that no day has": laid_out("first words").replace("<strong>", "<strong>7"),
    "hours that begin a sentence": laid_out("heading", form="5pm").replace("<h2>5pm", "<h2>5pm deadline for"),
    "comments": laid_out("first words").replace("<p><strong>00", '<div class="comments"><p><strong>00'),
    "times within sentences": laid_out("first words", form="At the quay, {}"),
    "no page that calls itself live": laid_out("first words", data=None).replace(": live", ""),
    "times beside a story": laid_out("first words").replace("</h1>", f"</h1><p>{' '.join(LEAD * 6)}</p>"),
}  # fmt: skip


@pytest.mark.parametrize("case", NO_ROWS)
def test_other_pages_stay_whole(case: str) -> None:
    assert read(NO_ROWS[case]).entries == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("17:40 UN council meets", "UN council meets"),
        ("17:40 GMT UN council meets", "UN council meets"),
        ("5.40 p.m. ET: Roof gone", "Roof gone"),
        ("5 p.m. – Roof gone", "Roof gone"),
        ("17h40 Toit perdu", "Toit perdu"),
        ("17:40", "17:40"),
        ("5pm deadline for boats", "5pm deadline for boats"),
        ("10 boats lost", "10 boats lost"),
        ("99:99 is no time", "99:99 is no time"),
    ],
)
def test_a_line_without_its_time(line: str, expected: str) -> None:
    assert untimed(line) == expected


def test_the_tree_stays_as_it_is() -> None:
    tree = parse(laid_out("bold line"))
    before = tree.xpath("string()")
    assert len(rows(tree, is_said=True)) == len(POSTS)
    assert tree.xpath("string()") == before
    assert not tree.xpath("//time | //h3")


def test_far_too_many_are_none() -> None:
    assert rows(parse(page("<p>17:40 Wind</p>" * 2_001, LEAD, SAID)), is_said=True) == []
