"""The options that several commands share, and the settings they make."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.edges.lake.partitions import parse_day
from dateline.errors import UsageError
from dateline.settings import Settings, from_environment

LakeOption = Annotated[
    str | None,
    typer.Option("--lake", help="Folder or URI of the lake (default: $DATELINE_LAKE or data/lake)."),
]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", min=1, max=64, help="Processes to use.", show_default=False)
]
OutputOption = Annotated[
    Path,
    typer.Option(
        "--output",
        help="JSON lines, one for each input line that is not blank; - for standard output.",
    ),
]


def input_option(fields: str) -> Any:
    """The option for a file of JSON lines with these fields."""
    return typer.Option("--input", help=f"JSON lines {fields}; blank lines are skipped.")


def settings(lake: str | None = None, workers: int | None = None) -> Settings:
    """Settings from the environment; options win."""
    return from_environment(lake=lake, workers=workers)


def day(text: str | None) -> date | None:
    """A day that a person gave, None where none was given.

    Raises:
        UsageError: it is no real day.
    """
    if text is None:
        return None
    found = parse_day(text)
    if found is None:
        raise UsageError("a real day as YYYY-MM-DD is wanted, not the null partition")
    return found
