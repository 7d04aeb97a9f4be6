"""How much of a tree a page may be."""

from __future__ import annotations

import time

import pytest

from dateline.errors import Refused
from dateline.text.html.tree import DEEPEST, MOST_ELEMENTS, MOST_LEVELS, parse

TOWER = "<div>" * 180 + "x" + "</div>" * 180
REFUSED = {
    "flat": ("<p>x</p>" * (MOST_ELEMENTS + 1), "too_large"),
    "towers": (TOWER * 400, "too_large"),
    "towers of few elements": (TOWER * 130, "too_large"),
    "all at the bottom": ("<div>" * 180 + "<div>x</div>" * 15_000, "too_large"),
    "too deep": ("<div>" * (DEEPEST + 5), "too_deep"),
}
READ = {
    "flat": "<p>x</p>" * (MOST_ELEMENTS - 10),
    "a table": f"<table>{'<tr><td>x</td><td>y</td></tr>' * (MOST_ELEMENTS // 4)}</table>",
    "towers": TOWER * 50,
    "deep": "<div>" * 20 + "<div>x</div>" * 30_000,
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_made_to_be_slow_is_refused_at_once(name: str) -> None:
    markup, reason = REFUSED[name]
    started = time.process_time()
    with pytest.raises(Refused) as refused:
        parse(f"<html><body>{markup}</body></html>")
    assert refused.value.reason == reason
    assert time.process_time() - started < 1


@pytest.mark.parametrize("name", READ)
def test_large_pages_are_read(name: str) -> None:
    tree = parse(f"<html><body>{READ[name]}</body></html>")
    levels = sum(1 + sum(1 for _ in element.iterancestors()) for element in tree.iter())
    assert levels <= MOST_LEVELS
