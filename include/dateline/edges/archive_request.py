"""What a person asks of an archive, in words: its kind, its manifest, the fields of its records."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from dateline import sources
from dateline.edges.archive import KINDS, absolute, files
from dateline.edges.json_lines import numbered_json_lines
from dateline.errors import UsageError

_LOOKED_INTO = 1000
"""Files that are looked into to find their kind."""


def kind_of(path: Path, kind: str, *, has_manifest: bool) -> str:
    """The kind that all files have that can be looked into; the others become rejects when they are read.

    Args:
        kind: one of KINDS, or `auto`.
        has_manifest: whether one came with the archive: then its files are saved pages.

    Raises:
        UsageError: there is no such kind, or the files are of several.
    """
    if kind != "auto":
        if kind not in KINDS:
            raise UsageError(f"the kind {kind[:40]!r} is none of {', '.join((*KINDS, 'auto'))}")
        return kind
    if has_manifest:
        return "html"
    found = set(filter(None, map(_detected, islice(files(path), _LOOKED_INTO))))
    if len(found) > 1:
        raise UsageError(f"{path} holds files of several kinds ({', '.join(sorted(found))}); say which")
    return found.pop() if found else "text"


def _detected(file: Path) -> str | None:
    try:
        with file.open("rb") as handle:
            return sources.detect(file.name, handle.read(4096))
    except OSError:
        return None


def fields_of(mapping: str | None, kinds: Iterable[str]) -> dict[str, str]:
    """Our field → theirs, from `text=body,title=headline`.

    Raises:
        UsageError: it can't be read, or the archive holds no JSON lines.
    """
    from dateline.sources.jsonl import NAMES

    if mapping is None:
        return {}
    if others := sorted(set(kinds) - {"jsonl"}):
        raise UsageError(f"a map is for the fields of JSON lines (jsonl), not for {', '.join(others)}")
    fields: dict[str, str] = {}
    for pair in filter(None, mapping.split(",")):
        ours, equals, theirs = (part.strip() for part in pair.partition("="))
        if not equals or not ours or not theirs:
            raise UsageError(f"a map wants pairs such as text=body, not {pair[:80]!r}")
        if ours not in NAMES:
            raise UsageError(f"a map knows no field {ours[:80]!r}, only {', '.join(NAMES)}")
        if ours in fields:
            raise UsageError(f"the map names the field {ours!r} twice")
        fields[ours] = theirs
    return fields


def read_manifest(path: Path | None) -> dict[str, dict[str, Any]]:
    """Absolute path of each page → its entry.

    Raises:
        UsageError: a line names no file, or the file of an earlier line.
    """
    entries: dict[str, dict[str, Any]] = {}
    numbers: dict[str, int] = {}
    if path is None:
        return entries
    for number, entry in numbered_json_lines(path):
        file = str(absolute(absolute(path).parent / _html_path(entry, f"{path}, line {number}")))
        if file in numbers:
            raise UsageError(f"{path}: lines {numbers[file]} and {number} name the same file, {file}")
        numbers[file] = number
        entries[file] = {name: entry[name] for name in entry if name != "html_path"}
    return entries


def _html_path(entry: dict[str, Any], line: str) -> str:
    where = entry.get("html_path")
    if not isinstance(where, str) or not where or "\0" in where:
        raise UsageError(f"{line}: html_path is missing")
    try:
        where.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"{line}: html_path is no valid Unicode") from error
    return where
