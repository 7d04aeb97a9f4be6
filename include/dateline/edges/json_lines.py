"""JSON lines from outside, read as a stream: nothing that JSON can't write again gets through."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.errors import UsageError


def parse_json(line: str | bytes) -> Any:
    """The value of a line of JSON; unlike `json.loads`, nothing that JSON can't write again.

    Raises:
        ValueError: no JSON, or a number beyond all bounds (NaN, Infinity, 1e999).
        RecursionError: nested too deep.
    """
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
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    value = parse_json(line)
                except (ValueError, RecursionError) as error:
                    raise UsageError(f"{path}, line {number}: no JSON ({error})") from error
                if not isinstance(value, dict):
                    raise UsageError(f"{path}, line {number}: not a JSON object")
                yield number, value
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} can't be read: {error}") from error
