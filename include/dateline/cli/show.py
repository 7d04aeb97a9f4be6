"""`dateline show`: read a published day."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from dateline.cli.console import json_line, out
from dateline.cli.settings import LakeOption, settings
from dateline.cli.show_cluster import SHOWN, as_told, print_cluster, published
from dateline.cluster import members
from dateline.edges.lake import Lake
from dateline.edges.lake.partitions import Day, day_name, parse_day
from dateline.errors import UsageError


def show(
    date: Annotated[
        str | None,
        typer.Argument(metavar="[DATE]", help="A publication day, YYYY-MM-DD.", show_default=False),
    ] = None,
    lake: LakeOption = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="Instead of a day: the articles that repeat, renew or extend one another, of which one "
            "has this id (its first 6 digits or more), with their texts side by side. Of an article "
            "of several days its last one counts.",
            show_default=False,
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help=f"All texts of a cluster, not the first {SHOWN}.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a row, every column.")] = False,
) -> None:
    """Show the articles of a day, duplicates marked, or those of one cluster, differences marked."""
    if (date is None) == (cluster is None):
        raise UsageError("a day or --cluster ID is wanted, and one of them only")
    if every and cluster is None:
        raise UsageError("--all goes with --cluster")
    day = parse_day(date) if date is not None else None
    found = Lake.open(settings(lake).lake, create=False)
    if cluster is not None:
        _show_cluster(found, cluster, every=every, as_json=as_json)
    else:
        _show_day(found, day, as_json=as_json)


def _show_cluster(lake: Lake, name: str, *, every: bool, as_json: bool) -> None:
    found = members(lake, name)
    if as_json:
        for member in found:
            print(json_line(as_told(found[0], member)), end="")
    else:
        print_cluster(out, found, None if every else SHOWN)


def _show_day(lake: Lake, day: Day, *, as_json: bool) -> None:
    if lake.footer("articles", day) is None:
        days = ", ".join(day_name(one) for one in lake.days("articles")[-5:])
        raise UsageError(
            f"{day_name(day)} is not published in {lake.store.uri}"
            + (f"; its last days: {days}" if days else "")
        )
    rows = [row for batch in lake.read_day("articles", day) for row in batch.to_pylist()]
    rows.sort(key=lambda row: (row["published"] is None, row["published"], row["article_id"]))
    if as_json:
        for row in rows:
            print(json_line({name: plain(value) for name, value in row.items()}), end="")
    elif len(rows) == 1:
        _one(rows[0], day_name(day))
    else:
        print_table(rows, f"articles of {day_name(day)}")


def plain(value: Any) -> Any:
    """A value that JSON can hold."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else value


def shown_time(row: dict[str, Any]) -> str:
    """The time of publication of an article, as exactly as it is known."""
    return published(row["published"], row["published_precision"], row["published_offset"])


def print_table(rows: list[dict[str, Any]], title: str) -> None:
    """A line an article, with what it repeats; a title that it repeats is looked for among the rows."""
    table = Table(title=title, title_justify="left")
    for name in ("published", "source", "lang", "words", "vers."):
        table.add_column(name, justify="right" if name in ("words", "vers.") else "left", no_wrap=True)
    table.add_column("title", ratio=3)
    table.add_column("repeats", ratio=2)
    titles = {row["article_id"]: row["title"] for row in rows}
    for row in rows:
        repeats = ""
        if row["duplicate_of"]:
            origin = (
                titles.get(row["duplicate_of"]) or f"{row['duplicate_of'][:8]} of {row['duplicate_of_date']}"
            )
            repeats = f"{row['duplicate_kind']}: {origin}"
        elif row["extends"]:
            repeats = f"extends: {titles.get(row['extends']) or row['extends'][:8]}"
        cells = (shown_time(row).replace("T", " "), row["source"], row["language"])
        numbers = (str(row["word_count"]), str(row["version_count"]))
        table.add_row(*map(Text, (*cells, *numbers, row["title"] or "—", repeats)))
    out.print(table)


def _one(row: dict[str, Any], day: str) -> None:
    table = Table(title=f"the article of {day}", title_justify="left", show_header=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    source = row["published_source"] or "nothing"
    table.add_row("published", f"{shown_time(row)} (precision {row['published_precision']}, source {source})")
    for name in ("title", "authors", "dateline", "language", "kind", "source", "url", "path", "word_count"):
        value = row[name]
        if value not in (None, []):
            table.add_row(name, Text(", ".join(value) if isinstance(value, list) else str(value)))
    table.add_row("text", Text(row["text"]))
    for name, told in _findings(row):
        table.add_row(name, Text(told))
    out.print(table)


def _findings(row: dict[str, Any]) -> list[tuple[str, str]]:
    """The annotations, in words."""
    spoken = [
        f"{said['speaker_name'] or said['source_text'] or '?'} ({said['type']}): {said['content']}"
        for said in row["attributions"]
    ]
    found = {
        "entities": [f"{entity['name']} ({entity['label']})" for entity in row["entities"]],
        "said": spoken,
        "times": [f"{time['exact']} = {time['value']}" for time in row["temporal"]],
        "places": [f"{place['name']} ({place['country']})" for place in row["places"]],
        "quantities": [quantity["exact"] for quantity in row["quantities"]],
        "keyphrases": [phrase["text"] for phrase in row["keyphrases"]],
        "models": [f"{model['name']} {model['version']}" for model in row["models"]],
    }
    joined = {name: ("\n" if name == "said" else ", ").join(values) for name, values in found.items()}
    return [(name, told) for name, told in joined.items() if told]
