"""`dateline`: the command line. Each command is a function in the file of its name."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from threading import current_thread, main_thread
from types import FrameType

import typer

from dateline import __version__
from dateline.errors import Damaged, DatelineError, UsageError

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
    ("reprocess", "reprocess"),
    ("import_archive", "import"),
    ("extract", "extract"),
    ("feed", "feed"),
    ("dedup", "dedup"),
    ("enrich", "enrich"),
    ("show", "show"),
    ("check", "check"),
    ("forget", "forget"),
    ("politeness", "politeness"),
    ("migrate", "migrate"),
    ("schema", "schema"),
)
"""(module and function of `dateline.cli`, name of the command)."""

GROUPS = ("sources", "profile")
"""Commands that have commands: module of `dateline.cli` and name."""


class _Stopped(SystemExit):
    """A signal has asked us to stop: no Exception, so nothing on the way takes it for a failure."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.name = signal.Signals(number).name


@contextmanager
def _stoppable() -> Iterator[None]:
    """Inside, the signals that stop a program unwind it, so that leases and files are given back."""
    if current_thread() is not main_thread():
        # Only the main thread may say what a signal does.
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        for number, handler in before.items():
            # What nohup or a shell's & has told us to be deaf to stays so.
            if handler is not signal.SIG_IGN:
                signal.signal(number, _stop)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, _: FrameType | None) -> None:
    raise _Stopped(number)


def _register(arguments: list[str]) -> None:
    """Load the command that is asked for, or all where none is: to load all takes longer than to start."""
    asked = arguments[0] if arguments else None
    wanted = [asked] if asked in _NAMED else list(_NAMED)
    for name in wanted:
        _load(name)


_NAMED = {name: module for module, name in COMMANDS} | dict.fromkeys(GROUPS)
"""Name of each command → module and function of its name, None for one that has commands."""


@cache
def _load(name: str) -> None:
    if module := _NAMED[name]:
        app.command(name)(getattr(import_module(f"dateline.cli.{module}"), module))
    else:
        app.add_typer(import_module(f"dateline.cli.{name}").app, name=name)


@app.callback(invoke_without_command=True)
def _root(version: bool = typer.Option(False, "--version", help="Print the version and exit.")) -> None:
    if version:
        typer.echo(f"dateline {__version__}")
        raise typer.Exit


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; a person's mistake is one sentence and exit code 2, a failure 1.

    SIGINT and SIGTERM end it with 128 and their number, after whatever has to be given back.
    """
    try:
        with _stoppable():
            _register(sys.argv[1:] if arguments is None else arguments)
            app(arguments)
    except _Stopped as stopped:
        typer.echo(f"dateline: stopped by {stopped.name}", err=True)
        sys.exit(stopped.code)
    except DatelineError as error:
        hint = "; `dateline check` says what to do" if isinstance(error, Damaged) else ""
        typer.echo(f"dateline: {error}{hint}", err=True)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except BrokenPipeError:
        # The reader of our output left (`dateline show … | head`): no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
