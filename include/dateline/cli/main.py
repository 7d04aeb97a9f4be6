"""`dateline`: the command line. Each command is a function in the file of its name."""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib import import_module

import typer

from dateline import __version__
from dateline.errors import DatelineError, UsageError

app = typer.Typer(
    name="dateline",
    help="Feeds and web archives in, one clean, deduplicated, enriched Parquet table of news a day out.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

COMMANDS = (
    ("run", "run"),
    ("settle", "settle"),
    ("import_archive", "import"),
    ("extract", "extract"),
    ("feed", "feed"),
    ("dedup", "dedup"),
    ("enrich", "enrich"),
    ("show", "show"),
    ("check", "check"),
    ("schema", "schema"),
)
"""(module and function of `dateline.cli`, name of the command)."""


@cache
def _register() -> None:
    for module, name in COMMANDS:
        function = getattr(import_module(f"dateline.cli.{module}"), module)
        app.command(name)(function)
    app.add_typer(import_module("dateline.cli.sources").app, name="sources")


@app.callback(invoke_without_command=True)
def _root(version: bool = typer.Option(False, "--version", help="Print the version and exit.")) -> None:
    if version:
        typer.echo(f"dateline {__version__}")
        raise typer.Exit


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; a person's mistake is one sentence and exit code 2, a failure 1."""
    _register()
    try:
        app(arguments)
    except DatelineError as error:
        typer.echo(f"dateline: {error}", err=True)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except BrokenPipeError:
        # The reader of our output left (`dateline show … | head`): no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
