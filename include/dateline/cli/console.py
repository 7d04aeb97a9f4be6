"""What every command shares on the terminal: progress, tables, JSON lines in and out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from dateline.errors import UsageError

T = TypeVar("T")

_WIDE = None if sys.stdout.isatty() else 150
"""Columns of tables that go to a file or a pipe, where nobody's window cuts them."""

out = Console(highlight=False, soft_wrap=True, width=_WIDE)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def progress(items: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """The items, with a progress bar on a terminal, and one line at the end otherwise."""
    count = 0
    if not err.is_terminal:
        for item in items:
            yield item
            count += 1
        err.print(f"{what}: {count} done")
        return
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(what, total=total)
        for item in items:
            yield item
            bar.advance(task)


def read_json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file, read as a stream.

    Raises:
        UsageError: the file can't be read, or a line is no JSON object (named by its number).
    """
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    value = json.loads(line)
                except (ValueError, RecursionError) as error:
                    raise UsageError(f"{path}, line {number}: no JSON ({error})") from error
                if not isinstance(value, dict):
                    raise UsageError(f"{path}, line {number}: not a JSON object")
                yield value
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} can't be read: {error}") from error


@contextmanager
def write_json_lines(path: Path) -> Iterator[TextIO]:
    """A text file to write JSON lines to; `-` is standard output.

    Raises:
        UsageError: the file can't be written.
    """
    if str(path) == "-":
        yield sys.stdout
        return
    try:
        handle = path.open("w", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error}") from error
    with handle:
        yield handle


def json_line(value: Any) -> str:
    """One line of JSON, not escaped beyond need."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n"
