"""Selectors in source files: read strictly, and a slip is named with its file, its key and the remedy."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dateline.edges.sources import enable, load, mistakes
from dateline.errors import UsageError
from dateline.text.site_selectors import Selectors
from source_files import GOOD

FULL = """
[[selectors]]
from = 2025-06-01
title = "h1"

[[selectors]]
from = 2024-01-01
to = 2025-06-01
title = "h1.headline"
authors = ".byline a"
published = "time.pub@datetime"
body = "div.story > p, ul.facts"
drop = [".newsletter", ".related"]
"""


def test_ranges_are_read_and_come_oldest_first(tmp_path: Path) -> None:
    (tmp_path / "bugle.toml").write_text(GOOD + FULL)
    (source,) = load(tmp_path)
    assert source.selectors == (
        Selectors(
            start=date(2024, 1, 1),
            end=date(2025, 6, 1),
            title="h1.headline",
            authors=".byline a",
            published="time.pub@datetime",
            body="div.story > p, ul.facts",
            drop=(".newsletter", ".related"),
        ),
        Selectors(start=date(2025, 6, 1), title="h1"),
    )


BAD = [
    ('titel = "h1"', "selectors: titel: no such key; is it title?"),
    ('zzz = "h1"', "selectors: zzz: no such key"),
    ("title = 1", "selectors: title: is no selector"),
    ('title = ""', "selectors: title: a selector has from 1 to 300"),
    ('title = "h1:nth-child(2)"', "selectors: title: 'h1:nth-child(2)': ':nth-child(2)' is not understood"),
    ('body = "div["', "selectors: body: 'div[' is no CSS selector: it can't be read from '[' on"),
    ('body = "div@id"', "selectors: body: @id names an attribute, and elements are wanted; leave it out"),
    ('drop = ".ad"', "selectors: drop: has to be a list"),
    ("drop = []", "selectors: drop: has to be a list"),
    ('drop = [".ad", "p@title"]', "selectors: drop: @title names an attribute"),
    ('from = "2024-01-01"\ntitle = "h1"', "selectors: from: '2024-01-01' is no day such as 2026-03-25"),
    ('to = 2024-01-01T00:00:00Z\ntitle = "h1"', "selectors: to: 2024-01-01T00:00:00+00:00 is no day such as"),
    ('from = 07:30:00\ntitle = "h1"', "selectors: from: 07:30:00 is no day such as"),
    ('from = [2024-01-01, true, [1]]\ntitle = "h1"', "selectors: from: [2024-01-01, true, a list] is no day"),
    ('from = {day = 1}\ntitle = "h1"', "selectors: from: a table is no day such as"),
    pytest.param(f'from = 0x{"f" * 5_000}\ntitle = "h1"', "selectors: from: that value is no day", id="huge"),
    ('from = 2024-01-01\nto = 2024-01-01\ntitle = "h1"', "selectors: to: has to lie after from"),
    ("from = 2024-01-01", "selectors: a table selects nothing"),
    ('title = "h1"\n[[selectors]]\ntitle = "h2"', "selectors: those from ever to ever and those from ever"),
    (
        'to = 2024-02-02\ntitle = "h1"\n[[selectors]]\nfrom = 2024-02-01\ntitle = "h2"',
        "those from ever to 2024-02-02 and those from 2024-02-01 to ever overlap",
    ),
    ('title = "h1"\n' + '[[selectors]]\ntitle = "h1"\n' * 50, "selectors: has to be 1 to 50 tables"),
]


@pytest.mark.parametrize(("table", "said"), BAD)
def test_a_slip_names_file_key_and_remedy(tmp_path: Path, table: str, said: str) -> None:
    (tmp_path / "bugle.toml").write_text(f"{GOOD}[[selectors]]\n{table}\n")
    (mistake,) = mistakes(tmp_path)
    assert mistake.startswith(
        f"bugle.toml: {said}" if said.startswith("selectors") else "bugle.toml: selectors"
    )
    assert said in mistake


@pytest.mark.parametrize("line", ['selectors = "h1"', "selectors = []", "selectors = [1]", "selectors = {}"])
def test_only_tables_are_selectors(tmp_path: Path, line: str) -> None:
    (tmp_path / "bugle.toml").write_text(f"{GOOD}{line}\n")
    with pytest.raises(UsageError, match=r"bugle\.toml: selectors: has to be .*tables"):
        load(tmp_path)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_source_with_tables_is_enabled_above_them(tmp_path: Path, end: str) -> None:
    path = tmp_path / "bugle.toml"
    path.write_bytes((GOOD.replace("enabled = false  # not yet\n", "") + FULL).replace("\n", end).encode())
    assert enable(tmp_path, ["bugle"], on=True) == ["bugle"]
    (source,) = load(tmp_path)
    assert (source.enabled, len(source.selectors)) == (True, 2)
