"""Tables and lists within a story: whole, or not there at all."""

from __future__ import annotations

import pytest

from body_pages import FIRST, LAST, html, read
from dateline.text.html.block_units import units
from dateline.text.html.blocks import read_blocks
from dateline.text.html.tree import parse


def table(rows: list[list[str]], cell: str = "td") -> str:
    return "".join(f"<tr>{''.join(f'<{cell}>{text}</{cell}>' for text in row)}</tr>" for row in rows)


def items(texts: list[str], tag: str = "li") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


SAILINGS = [["Boat", "Sails", "Lands"], ["Gull", "9:40", "10:05"], ["Tern", "11:20", "11:45"]]
POINTS = [["Fenholm", "34", "71"], ["Ostmont", "34", "70"], ["Greywater", "33", "66"], ["Lynd", "34", "9"]]
AS_TEXT = "Boat | Sails | Lands\nGull | 9:40 | 10:05\nTern | 11:20 | 11:45"
STEPS = ["The old ferry stops in May.", "Season tickets will be paid back.", "Schools get a bus."]
DEEDS = ["A tow for each boat in distress.", "Two berths.", "A crane that lifts forty tonnes, and its shed."]

WHOLE = {
    "rows": (f"<table>{table(SAILINGS)}</table>", AS_TEXT),
    "head and body": (
        f"<table><thead>{table(SAILINGS[:1], 'th')}</thead><tbody>{table(SAILINGS[1:])}</tbody></table>",
        AS_TEXT,
    ),
    "points": (
        f"<table class=standings>{table(POINTS)}</table>",
        "\n".join(" | ".join(row) for row in POINTS),
    ),
    "paragraphs in cells": (
        "<table>" + table([[f"<p>{text}</p>" for text in row] for row in SAILINGS]) + "</table>",
        AS_TEXT,
    ),
    "broken lines in cells": (
        f"<table>{table([['Boat<br>and crew', '2'], ['Gull', '7'], ['Tern', '4']])}</table>",
        "Boat and crew | 2\nGull | 7\nTern | 4",
    ),
    "numbered list": (f"<ol>{items(STEPS)}</ol>", "\n".join(STEPS)),
    "list": (f"<ul>{items(DEEDS)}</ul>", "\n".join(DEEDS)),
    "list of paragraphs": (f"<ul>{items([f'<p>{text}</p>' for text in STEPS])}</ul>", "\n".join(STEPS)),
    "list in a list": (
        f"<ul>{items(STEPS)}<li>For the crew:<ul>{items(DEEDS)}</ul></li></ul>",
        "\n".join([*STEPS, "For the crew:", *DEEDS]),
    ),
    "terms": (
        "<dl><dt>Where is the quay?</dt><dd>Below the church of Fenholm.</dd><dt>Who may sail?</dt>"
        "<dd>Anyone with a ticket.</dd></dl>",
        "Where is the quay?\nBelow the church of Fenholm.\nWho may sail?\nAnyone with a ticket.",
    ),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_table_or_list_in_a_story_is_one_paragraph(name: str) -> None:
    markup, text = WHOLE[name]
    assert read(html(markup)).paragraphs == [*FIRST, text, *LAST]


@pytest.mark.parametrize("name", WHOLE)
def test_a_table_or_list_that_ends_a_story_is_whole(name: str) -> None:
    markup, text = WHOLE[name]
    assert read(html(behind=markup)).paragraphs == [*FIRST, *LAST, text]


LINK = "<a href=/x>Quay is closed</a>"
OUT = {
    "links": "<ul>" + items([f"<a href=/{at}>{text}</a>" for at, text in enumerate(STEPS)]) + "</ul>",
    "related": f"<div class=related><h3>Read on</h3><ul>{items([LINK] * 3)}</ul></div>",
    "sharing": f"<ul class=share>{items(['Facebook', 'Print', 'Mail'])}</ul>",
}


@pytest.mark.parametrize("name", OUT)
def test_lists_of_links_stay_out(name: str) -> None:
    assert read(html(behind=OUT[name])).paragraphs == [*FIRST, *LAST]


def test_a_layout_of_tables_is_read_as_before() -> None:
    story = "<br><br>".join([*FIRST, *LAST])
    page = (
        "<html><head><title>Island buys a ferry</title></head><body><table><tr><td><a href=/a>News</a><br>"
        f"<a href=/b>Sport</a></td><td><b>Island buys a ferry</b><br><br>{story}</td><td><a href=/c>Seal "
        "found</a></td></tr></table></body></html>"
    )
    assert read(page).paragraphs == [*FIRST, *LAST]


# What is one


UNITS = {
    f"<table>{table(SAILINGS)}</table>": [9],
    f"<table><caption>Sailings</caption>{table(SAILINGS)}</table>": [10],
    f"<table>{table([['One row', 'alone']])}</table>": [],
    f"<table>{table([['One'], ['column'], ['alone']])}</table>": [],
    f"<table>{table([['One', 'Two'], ['Three', FIRST[0] * 2]])}</table>": [],
    f"<table>{table([['Logo', 'Date'], [f'<table>{table(SAILINGS)}</table>', 'More']])}</table>": [9],
    f"<table>{table([['<a href=/a>Home</a>', '<a href=/b>News</a>']] * 3)}</table>": [],
    f"<ul>{items(STEPS)}</ul><ol>{items(DEEDS)}</ol>": [3, 3],
    f"<ul>{items(STEPS[:1])}</ul>": [],
    f"<ul>{items(STEPS)}<li>And<ol>{items(DEEDS)}</ol></li></ul>": [7],
    f"<ul>{items(['<h3>Seal found</h3><p>In a pond.</p>'] * 3)}</ul>": [],
    f"<ul>{items(['<p>One.</p><p>Two.</p>'] * 3)}</ul>": [],
    f"<ul>{items(STEPS)}<li class=share>Share</li></ul>": [],
    f"<ul>{items(['<h3>All</h3>' + f'<ul>{items(STEPS)}</ul>'] * 2)}</ul>": [3, 3],
    f"<ul>{items([LINK] * 3)}</ul>": [],
    f"<ul>{items([FIRST[0] * 9, FIRST[1]])}</ul>": [],
    f"<dl>{items(STEPS, 'dt')}</dl>": [3],
}  # fmt: skip


@pytest.mark.parametrize("markup", UNITS)
def test_tables_of_data_and_plain_lists(markup: str) -> None:
    blocks = read_blocks(parse(f"<html><body><p>Before</p>{markup}<p>After</p></body></html>"))
    found = units(blocks)
    assert [len(unit.members) for unit in found] == UNITS[markup]
    members = [at for unit in found for at in unit.members]
    assert members == sorted(set(members))
    assert not {0, len(blocks) - 1} & {*members}
