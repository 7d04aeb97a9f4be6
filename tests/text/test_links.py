"""Which of several links of a text stay."""

from __future__ import annotations

import pytest

from dateline.text.links import Link, keep_earliest


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        ([("duplicate", 3), ("duplicate", 1), ("duplicate", 2)], {"duplicate": 1}),
        ([("extends", 2), ("duplicate", 1)], {"duplicate": 1}),
        ([("duplicate", 1), ("extends", 2)], {"duplicate": 1}),
        ([("extends", 1), ("duplicate", 2)], {"extends": 1, "duplicate": 2}),
        ([("duplicate", 2), ("extends", 1)], {"extends": 1, "duplicate": 2}),
        ([("version", 0), ("extends", 2), ("duplicate", 1)], {"version": 0, "duplicate": 1}),
    ],
)
def test_a_text_extends_only_what_was_there_before_its_copy(
    found: list[tuple[str, int]], kept: dict[str, int]
) -> None:
    links: dict[str, Link] = {}
    for relation, target in found:
        keep_earliest(links, {relation: Link(relation, None, 1.0, target)})
    assert {relation: link.target for relation, link in links.items()} == kept
