"""`dateline profile`: learn what recurs on the pages of a source, and show it."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from dateline.cli.settings import LakeOption, settings
from dateline.edges import site_profiles
from dateline.edges.lake.partitions import real_day
from dateline.errors import UsageError
from dateline.text.site_profiles import Profile

app = typer.Typer(
    help="What recurs on the pages of one source: learnt when asked for, and then left out of its articles.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Source = Annotated[
    str, typer.Argument(help="Slug of a source, or name of an archive, in the lake.", metavar="SOURCE")
]
Start = Annotated[
    Optional[str],  # noqa: UP045 - the command line library reads the annotation at run time
    typer.Option("--from", help="First day of capture (YYYY-MM-DD)."),
]
End = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--to", help="Last day of capture (YYYY-MM-DD)."),
]


@app.command()
def learn(source: Source, start: Start = None, end: End = None, lake: LakeOption = None) -> None:
    """Learn from the captures in the lake what recurs on a source's pages, and write its file.

    Documents that are made from now on leave it out; those of before, `dateline reprocess` makes again.
    """
    from dateline.profiles import learn_source, span_of

    found = learn_source(settings(lake), source, span_of(real_day(start), real_day(end)))
    typer.echo(f"{source}: {_told(found.profile)}")
    typer.echo(f"{found.path}: {'written' if found.is_new else 'as it was'}")
    if found.is_other:
        typer.echo("documents made before are as they were; `dateline reprocess --reason …` makes them again")


@app.command()
def show(source: Source) -> None:
    """Show what was learnt of a source: how many articles have it, what it is, and the text."""
    path = site_profiles.path_of(site_profiles.folder_of(settings()), source)
    try:
        profile = site_profiles.read(path)
    except FileNotFoundError as error:
        raise UsageError(
            f"there is no profile of {source[:80]!r}; `dateline profile learn {source[:80]}` makes one"
        ) from error
    typer.echo(f"{source}: {_told(profile)}")
    for one in profile.paragraphs:
        typer.echo(f"{one.articles}\tparagraph ({one.place})\t{' '.join(one.text.split())}")
    for text, count in profile.titles:
        typer.echo(f"{count}\tpart of titles\t{text}")
    for name, count in profile.names:
        typer.echo(f"{count}\tdefault author\t{name}")


def _told(profile: Profile) -> str:
    return (
        f"{len(profile.paragraphs)} paragraphs, {len(profile.titles)} parts of titles and "
        f"{len(profile.names)} default authors recur in {profile.articles} articles"
    )
