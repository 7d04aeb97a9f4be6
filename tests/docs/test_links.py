"""Pages lead to what exists: files, headings, datasets and their columns."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from dateline.contracts import contract
from dateline.pipeline import DATASETS
from pages import PAGES, ROOT, blocks

_LINK = re.compile(r"(?<!!)\[[^\]\n]*(?:\n[^\]\n]*)?\]\((?P<target>[^()\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.M)
_CODE = re.compile(r"`([^`\n]+)`")
_COLUMN = re.compile(r"([a-z]+)\.([a-z_]+)")
_FILE_ENDINGS = {"parquet", "json", "toml", "md", "py", "txt", "html", "lock", "yaml", "tmp"}


def prose(path: Path) -> str:
    """The text of a page without its fences."""
    text = path.read_text("utf-8")
    for block in reversed(blocks(text)):
        text = text[: block.start] + text[block.end :]
    return text


def anchors(text: str) -> set[str]:
    """The names that the headings of a text can be jumped to by: GitHub's rule."""
    found: dict[str, int] = {}
    names = set()
    for heading in _HEADING.findall(text):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
        name = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        count = found.get(name, 0)
        names.add(f"{name}-{count}" if count else name)
        found[name] = count + 1
    return names


@cache
def tracked() -> set[str]:
    """Files that git knows, or would: a page may not lead to what a clone lacks."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(listed.stdout.splitlines())


def dead(path: Path, text: str) -> list[str]:
    """The links of a page that lead nowhere."""
    wrong = []
    for target in _LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        page = (path.parent / file).resolve() if file else path
        if not page.is_relative_to(ROOT):
            wrong.append(target)
            continue
        name = page.relative_to(ROOT).as_posix()
        is_there = name in tracked() or any(known.startswith(f"{name}/") for known in tracked())
        if not is_there or (anchor and anchor not in anchors(prose(page))):
            wrong.append(target)
    return wrong


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_every_link_leads_somewhere(path: Path) -> None:
    assert dead(path, prose(path)) == []


def test_a_dead_link_is_found() -> None:
    here = ROOT / "docs/five-minutes.md"
    text = "[a](gone.md) [b](../README.md#no-such) [c](../README.md#use-it) [d](https://x.test) [e](../../x)"
    assert dead(here, text) == ["gone.md", "../README.md#no-such", "../../x"]


def unknown_columns(text: str) -> list[str]:
    """`dataset.column` in backticks where the dataset has no such column."""
    wrong = []
    for code in _CODE.findall(text):
        found = _COLUMN.fullmatch(code)
        is_column = found and found[1] in DATASETS and found[2] not in _FILE_ENDINGS
        if found and is_column and found[2] not in contract(found[1]).names:
            wrong.append(code)
    return wrong


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_every_column_named_exists(path: Path) -> None:
    assert unknown_columns(prose(path)) == []


def test_a_column_that_is_none_is_found() -> None:
    assert unknown_columns("`articles.titel` `articles.title` `changes.note` `articles.parquet` `x.y`") == [
        "articles.titel"
    ]


def test_every_page_of_docs_is_linked_from_the_front() -> None:
    """Whoever has the README finds every page, if by way of another."""
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        for target in _LINK.findall(prose(page)):
            file = target.partition("#")[0]
            if file.endswith(".md") and not re.match(r"[a-z]+:", target):
                waiting.append((page.parent / file).resolve())
    # Decisions are read as a folder, in the order of their numbers.
    docs = {path for path in PAGES if path.is_relative_to(ROOT / "docs") and path.parent.name != "decisions"}
    assert docs - reached == set()
