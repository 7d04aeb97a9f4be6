"""JSON lines from outside, read as a stream: nothing that JSON can't write again gets through."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from dateline.errors import UsageError


def parse_json(line: str | bytes) -> Any:
    """The value of a line of JSON; unlike `json.loads`, nothing that JSON can't write again.

    Raises:
        ValueError: no JSON, or a number beyond all bounds (NaN, Infinity, 1e999).
        RecursionError: nested too deep.
    """
    try:
        # Several times as quick, and stricter: what it refuses (lone surrogates among it) is for the other.
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError):
        pass
    if isinstance(line, bytes):
        # Not left to `json`, which would read UTF-16 too, where a line has another end.
        line = line.decode("utf-8-sig")
    return json.loads(line, parse_constant=_refuse, parse_float=_finite)


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no JSON")


def _finite(digits: str) -> float:
    value = float(digits)
    return value if math.isfinite(value) else _refuse(digits[:40])


def read_json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file, read as a stream.

    Raises:
        UsageError: the file can't be read, or a line is no JSON object (named by its number).
    """
    return (value for _, value in numbered_json_lines(path))


def numbered_json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """As `read_json_lines`, each with the number of its line, from 1; blank lines count and are skipped.

    Raises:
        UsageError: the file can't be read, or a line is no JSON object (named by its number).
    """
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.isspace():
                    continue
                try:
                    value = parse_json(line)
                except (ValueError, RecursionError) as error:
                    raise UsageError(f"{path}, line {number}: no JSON ({error})") from error
                if not isinstance(value, dict):
                    raise UsageError(f"{path}, line {number}: not a JSON object")
                yield number, value
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error}") from error


def count_lines(path: Path) -> int | None:
    """How many lines a file has, for a progress bar; None where that can't be told beforehand."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as lines:
            return sum(block.count(b"\n") for block in iter(lambda: lines.read(1 << 20), b""))
    except OSError:
        return None
