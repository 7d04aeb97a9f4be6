"""What every command shares on the terminal: progress, tables, JSON lines in and out."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TextIO, TypeVar

import msgspec
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


@contextmanager
def write_json_lines(path: Path) -> Iterator[TextIO]:
    """A text file to write JSON lines to; `-` is standard output.

    The file appears under its name when all is written, so that it may be the very file that is read, and
    an error leaves what was there before.

    Raises:
        UsageError: the file can't be written.
    """
    if str(path) == "-":
        yield sys.stdout
        return
    # A link's target is replaced, not the link.
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            # A device or a pipe can't be replaced.
            with target.open("w", encoding="utf-8") as handle:
                yield handle
            return
        with _replacing(target) as handle:
            yield handle
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error}") from error


@contextmanager
def _replacing(target: Path) -> Iterator[TextIO]:
    """A file beside the target that takes its place at the end, and goes away on an error."""
    part = target.parent / f".{secrets.token_hex(8)}.part"
    try:
        with part.open("x", encoding="utf-8") as handle:
            yield handle
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of `size`; the last may be shorter."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def json_lines(values: Iterable[Any]) -> str:
    """A line of JSON for each of some plain values that hold no lone surrogate."""
    return msgspec.json.Encoder().encode_lines(values).decode()


def json_line(value: Any) -> str:
    """One line of JSON, not escaped beyond need: wholly where it holds a lone surrogate, as UTF-8 can't."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n"
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False) + "\n"
    return line
