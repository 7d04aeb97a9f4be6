"""The options that several commands share, and the settings they make."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

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
