"""`dateline sources`: list the publishers, turn them on and off, check their files."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Optional

import typer
from rich.table import Table

from dateline.cli.console import err, out
from dateline.cli.settings import LakeOption
from dateline.cli.sources_add import Told, add_source
from dateline.edges import sources as files
from dateline.errors import UsageError
from dateline.health import SourceHealth, of_sources
from dateline.settings import Settings, from_environment

app = typer.Typer(help="The publishers that are asked: one TOML file each.", rich_markup_mode=None)

Folder = Annotated[
    Optional[str],  # noqa: UP045 - the command line library reads the annotation at run time
    typer.Option("--folder", help="Folder of source files; DATELINE_SOURCES by default.", metavar="FOLDER"),
]
Slugs = Annotated[list[str], typer.Argument(help="Names of source files without .toml.", metavar="SLUG…")]


@app.callback(invoke_without_command=True)
def sources(context: typer.Context, folder: Folder = None, lake: LakeOption = None) -> None:
    """List the publishers that are asked, turn them on and off, check their files."""
    context.obj = from_environment(sources=folder, lake=lake)
    if context.invoked_subcommand is None:
        list_sources(context)


@app.command("list")
def list_sources(context: typer.Context, folder: Folder = None, lake: LakeOption = None) -> None:
    """Show every source and its health; plain tab-separated lines where the output is no terminal.

    Health is what the lake's attempts tell of what a source is polled at: when any of it last answered, how
    much of it fails now, when it is due, and how much is dead, that is asked once a week or less.
    """
    chosen = _chosen(context, folder, lake)
    found, _ = _survey(chosen.sources)
    health = of_sources(chosen, found)
    rows = [
        (
            source.slug,
            source.name,
            source.country,
            source.language,
            str(len(source.leads)),
            "yes" if source.enabled else "no",
            *_health(health.get(source.slug)),
        )
        for source in found
    ]
    if not out.is_terminal or not rows:
        for row in rows:
            typer.echo("\t".join(row))
        return
    table = Table()
    # The slug is what one types into the next command: never cut.
    table.add_column("slug", no_wrap=True, overflow="ignore", min_width=max(len(row[0]) for row in rows))
    for heading in ("name", "country", "language"):
        table.add_column(heading)
    table.add_column("feeds", justify="right")
    for heading in ("enabled", "last answer", "failing", "next poll", "dead"):
        table.add_column(heading)
    for row, source in zip(rows, found, strict=True):
        table.add_row(*row, style=None if source.enabled else "dim")
    out.print(table)
    out.print(f"{len(found)} sources, {sum(source.enabled for source in found)} enabled")


def _health(health: SourceHealth | None) -> tuple[str, ...]:
    """Four cells: empty where the source was never asked."""
    if health is None:
        return "", "", "", ""
    answered = f"{health.last_answer:%Y-%m-%d %H:%M}" if health.last_answer else "never"
    due = f"{health.next_poll:%Y-%m-%d %H:%M}" if health.next_poll else "now"
    return answered, str(health.failing), due, str(health.dead)


@app.command()
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="Its front page; a feed will do too.", metavar="URL")],
    folder: Folder = None,
    slug: Annotated[Optional[str], typer.Option(help="Stem of the file; else of the domain.")] = None,  # noqa: UP045
    name: Annotated[Optional[str], typer.Option(help="As readers know it.")] = None,  # noqa: UP045
    language: Annotated[Optional[str], typer.Option(help="BCP 47 tag.")] = None,  # noqa: UP045
    country: Annotated[Optional[str], typer.Option(help="ISO 3166-1 code.")] = None,  # noqa: UP045
    timezone: Annotated[Optional[str], typer.Option(help="IANA zone.")] = None,  # noqa: UP045
    enable: Annotated[bool, typer.Option("--enable", help="Ask it from the next run on.")] = False,
) -> None:
    """Look a site over for feeds and sitemaps, show them, and write its source file.

    Asks its robots.txt, its front page and what these name, as politely as a run does; live sites only with
    DATELINE_CONTACT. What the site does not tell of itself is told by the options.
    """
    told = Told(slug, name, language, country, timezone, enable)
    add_source(url, told, _chosen(context, folder))


@app.command()
def enable(context: typer.Context, slugs: Slugs, folder: Folder = None) -> None:
    """Ask these sources from the next run on."""
    _switch(slugs, _chosen(context, folder).sources, on=True)


@app.command()
def disable(context: typer.Context, slugs: Slugs, folder: Folder = None) -> None:
    """Ask these sources no more; what was fetched stays."""
    _switch(slugs, _chosen(context, folder).sources, on=False)


@app.command()
def check(context: typer.Context, folder: Folder = None) -> None:
    """Check every source file; one line for each mistake."""
    place = _chosen(context, folder).sources
    found = files.mistakes(place)
    for line in found:
        typer.echo(line)
    if found:
        raise UsageError(f"{len(found)} of the source files in {place} can't be used")
    typer.echo(f"{len(files.load(place))} source files are in order")


def _switch(slugs: list[str], folder: str, on: bool) -> None:
    _, wrong = _survey(folder)
    changed = files.enable(folder, [slug for slug in slugs if slug not in wrong], on)
    word = "enabled" if on else "disabled"
    asked = dict.fromkeys(slugs)
    for slug in asked:
        if slug not in wrong:
            typer.echo(f"{slug}: {word}" if slug in changed else f"{slug}: was {word} already")
    if unchanged := [slug for slug in asked if slug in wrong]:
        raise UsageError(f"not {word}, as the file can't be used: {', '.join(unchanged)}")


def _survey(folder: str) -> tuple[tuple[files.Source, ...], dict[str, str]]:
    """The sources that can be used, and why others can't, which is told on standard error too."""
    found, wrong = files.survey(folder)
    for mistake in wrong.values():
        err.print(mistake, markup=False)
    return found, wrong


def _chosen(context: typer.Context, folder: str | None, lake: str | None = None) -> Settings:
    """The settings with what was given to the command; what it was not given, the group may have been."""
    group: Settings = context.obj
    return replace(group, sources=folder or group.sources, lake=lake or group.lake)
