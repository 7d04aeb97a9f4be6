"""Links: each leads to an earlier article that is there, and `articles` says what `duplicates` says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dateline.contracts.articles import ARTICLES, LINKS
from dateline.contracts.duplicates import DUPLICATES
from dateline.days import Days
from dateline.edges.lake.partitions import Day, day_name

Fault = tuple[tuple[str, ...], str]
"""Datasets of which the first is wrong and any may be the cause: they must be made again; what is wrong."""
_BOTH = ("articles", "duplicates")
_SIGNED = ("signatures", "articles")

_REPEATED = {
    "duplicate": {
        "target_id": "duplicate_of",
        "target_date": "duplicate_of_date",
        "duplicate_kind": "duplicate_kind",
        "similarity": "duplicate_similarity",
        "origin": "syndicated_from",
        "origin_why": "syndicated_why",
    },
    "version": {"target_id": "version_of", "target_date": "version_of_date"},
    "extends": {"target_id": "extends", "target_date": "extends_date"},
}
"""Relation → column of `duplicates` → column of `articles`."""


def link_faults(days: Days, day: Day, ids: Mapping[Day, pa.Array]) -> Iterator[Fault]:
    """What is wrong with the links of a day.

    Args:
        ids: article ids of the day and of the days before it; a day that is not among them is not judged.
    """
    links = pa.Table.from_batches(days.lake.read_day("duplicates", day), schema=DUPLICATES.schema)
    yield from _unlike(days, day, links)
    newest, texts = _signed(days, day)
    if newest is None or sorted(newest) != ids[day].to_pylist():
        yield _SIGNED, "its newest texts are not those of the day's articles"
        return
    for batch in days.lake.read_day("articles", day, ["article_id", "version_count"]):
        if any(texts[row["article_id"]] != row["version_count"] for row in batch.to_pylist()):
            yield _SIGNED, "it has not as many texts of each article as `articles` counts versions"
            break
    for fault in _astray(days, day, links, ids):
        yield ("duplicates",), fault
    for fault in (*_not_before(day, links, newest), *_not_earliest(links)):
        yield ("duplicates",), fault


def _unlike(days: Days, day: Day, links: pa.Table) -> Iterator[Fault]:
    """Where `articles` says other than `duplicates`."""
    names = ["article_id", *(column.name for column in LINKS)]
    schema = pa.schema([ARTICLES.schema.field(name) for name in names])
    batches = (batch.select(names) for batch in days.lake.read_day("articles", day, names))
    articles = pa.Table.from_batches(batches, schema=schema)
    for relation, columns in _REPEATED.items():
        of_links = links.filter(pc.field("relation") == relation).select(["article_id", *columns])
        has = pc.is_valid(articles.column(columns["target_id"]))
        of_articles = articles.filter(has).select(["article_id", *columns.values()])
        if of_links.to_pydict() != dict(
            zip(of_links.column_names, of_articles.to_pydict().values(), strict=True)
        ):
            yield _BOTH, f"{columns['target_id']} and its columns are not what `duplicates` says"


def _signed(days: Days, day: Day) -> tuple[dict[str, datetime | None] | None, Counter[str]]:
    """article_id → instant of its newest text on the day (None where one has two); and how many texts."""
    newest: dict[str, datetime | None] = {}
    texts: Counter[str] = Counter()
    rows = 0
    for batch in days.lake.read_day("signatures", day, ["article_id", "is_newest", "published"]):
        texts.update(row["article_id"] for row in batch.to_pylist())
        for row in batch.filter(batch.column("is_newest")).to_pylist():
            newest[row["article_id"]] = row["published"]
            rows += 1
    return (newest if rows == len(newest) else None), texts


def _astray(days: Days, day: Day, links: pa.Table, ids: Mapping[Day, pa.Array]) -> Iterator[str]:
    """Links out of the window, forward, or to where no such article is."""
    sources = links.column("article_id")
    strange = links.filter(pc.invert(pc.is_in(sources, value_set=ids[day])))
    if len(strange):
        yield f"{_first(strange)} starts at no article of the day"
    footer = days.lake.footer("duplicates", day)
    window = footer.versions.get("window_days", days.resources.window_days) if footer else 0
    for target in pc.unique(links.column("target_date")).to_pylist():
        there = pc.equal(links.column("target_date"), pa.scalar(target, pa.date32()))
        group = links.filter(pc.is_null(links.column("target_date")) if target is None else there)
        if fault := _out_of_window(day, target, window):
            yield f"{_first(group)} {fault}"
        elif target in ids:
            lost = group.filter(pc.invert(pc.is_in(group.column("target_id"), value_set=ids[target])))
            if len(lost):
                yield f"{_first(lost)} leads nowhere: {day_name(target)} has no such article"
        elif target not in days.documents:
            yield f"{_first(group)} leads nowhere: {day_name(target)} has no articles"


def _out_of_window(day: Day, target: date | None, window: int) -> str:
    if (day is None) != (target is None):
        return "leads into the null partition or out of it"
    if day is None or target is None:
        return ""
    if target > day:
        return f"points forward, to {target}"
    return (
        f"points further back than {window} days, to {target}"
        if day - target > timedelta(days=window)
        else ""
    )


def _not_before(day: Day, links: pa.Table, newest: Mapping[str, datetime | None]) -> Iterator[str]:
    """Links within the day: the target comes before the article by (instant, article id), missing last."""
    for row in links.to_pylist():
        same_day = row["target_date"] == day
        if row["relation"] == "version" and (same_day or row["target_id"] != row["article_id"]):
            yield f"the version link of {row['article_id']} is not to an earlier day of the same article"
            return
        pair = [row["target_id"], row["article_id"]]
        if same_day and all(one in newest for one in pair):
            target, article = ((newest[one] is None, newest[one], one.encode()) for one in pair)
            if not target < article:
                yield f"the {row['relation']} link of {row['article_id']} points forward within the day"
                return


def _not_earliest(links: pa.Table) -> Iterator[str]:
    """Articles of which not just one link is told to be the earliest, or one goes to an earlier day."""
    of: dict[str, list[dict[str, Any]]] = {}
    for row in links.select(["article_id", "target_date", "is_earliest"]).to_pylist():
        of.setdefault(row["article_id"], []).append(row)
    for article, rows in of.items():
        told = [row["target_date"] for row in rows if row["is_earliest"]]
        if len(told) != 1 or any(
            row["target_date"] < told[0] for row in rows if None not in (told[0], row["target_date"])
        ):
            yield f"not just the earliest of the links of {article} is told to be it"
            return


def _first(links: pa.Table) -> str:
    row = links.slice(0, 1).to_pylist()[0]
    return f"the {row['relation']} link of {row['article_id']} to {row['target_id']}"
