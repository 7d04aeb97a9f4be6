"""`dateline dedup`: which lines of a file repeat, renew or extend which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
import typer

from dateline.cli.console import err, json_line, progress, write_json_lines
from dateline.cli.settings import OutputOption, input_option
from dateline.contracts.shared import DATED
from dateline.contracts.signatures import SIGNATURES
from dateline.edges.json_lines import read_json_lines
from dateline.errors import UsageError
from dateline.steps.sign import TIMED, signature_of
from dateline.text.compare import Limits
from dateline.text.dates import parse
from dateline.text.links import Link, find_links
from dateline.text.normalise import content_hash
from dateline.text.texts import Texts
from dateline.text.urls import url_key

_CHUNK = 1000
"""Lines held as Python objects at a time."""
_SIGNED = ("content_hash", "title_hash", "published", "minhash", "shingles", "numbers", "slots", "opening")
_SCHEMA = pa.schema(
    {
        "id": pa.string(),
        "article": pa.string(),
        "url_key": pa.string(),
        "day": pa.date32(),
        **{name: SIGNATURES.schema.field(name).type for name in _SIGNED},
    }
)


def dedup(
    source: Annotated[Path, input_option('{"id","url","title","text","published"}')],
    target: OutputOption,
    window: Annotated[
        int | None, typer.Option(min=0, help="Most days between two linked texts; any by default.")
    ] = None,
) -> None:
    """Say of each text which earlier text it repeats, re-issues or extends."""
    given: dict[str, Any] = {}
    texts = Texts.of(pa.Table.from_batches(_signed(source, given), _SCHEMA))
    links = {
        texts.ids[place]: min(found.values(), key=lambda link: (link.rank, link.relation))
        for place, found in find_links(texts, texts, Limits(), window)
    }
    clusters = _clusters(texts.ids, links)
    with write_json_lines(target) as lines:
        for name, value in given.items():
            lines.write(json_line(_line(value, links.get(name), clusters[name], given)))
    _summarise(links, clusters)


def _signed(source: Path, given: dict[str, Any]) -> Iterator[pa.RecordBatch]:
    """The lines as signatures; puts each id as text → as given into `given`, in the order of the file."""
    rows: list[dict[str, Any]] = []
    for record in progress(read_json_lines(source), "signed"):
        name = _name(record.get("id"), source, len(given) + 1)
        if name in given:
            raise UsageError(f"{source}: the id {name!r} is there twice")
        given[name] = record["id"]
        rows.append(_row(name, record))
        if len(rows) >= _CHUNK:
            yield pa.RecordBatch.from_pylist(rows, _SCHEMA)
            rows = []
    yield pa.RecordBatch.from_pylist(rows, _SCHEMA)


def _name(value: Any, source: Path, number: int) -> str:
    """The id as text."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UsageError(f"{source}: text {number} has no id (a string or a whole number)")
    name = str(value)
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"{source}: the id of text {number} is no valid Unicode") from error
    return name


def _row(name: str, record: dict[str, Any]) -> dict[str, Any]:
    text, title, url = (_text(record.get(key)) for key in ("text", "title", "url"))
    day, instant = _time(record.get("published"))
    return {
        "id": name,
        "article": url_key(url) or f"id {name}",
        "url_key": url_key(url),
        "day": day,
        "published": instant,
        "content_hash": content_hash(text),
        **{key: value for key, value in signature_of(text, title).items() if key in _SIGNED},
    }


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _time(value: Any) -> tuple[date | None, datetime | None]:
    """Day and instant, as far as they are known."""
    when = parse(value) if isinstance(value, str) else None
    if when is None or when.precision not in DATED:
        return None, None
    return when.instant.date(), when.instant if when.precision in TIMED else None


def _clusters(names: Iterable[str], links: dict[str, Link]) -> dict[str, str]:
    """The root of each text; names come earliest first, so the target's root is known before."""
    roots: dict[str, str] = {}
    for name in names:
        roots[name] = roots[links[name].target] if name in links else name
    return roots


def _line(value: Any, link: Link | None, cluster: str, given: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": value,
        "duplicate_of": given[link.target] if link else None,
        "kind": _kind(link) if link else None,
        "similarity": round(link.similarity, 4) if link else None,
        "cluster": given[cluster],
    }


def _kind(link: Link) -> str:
    return link.kind or link.relation


def _summarise(links: dict[str, Link], clusters: dict[str, str]) -> None:
    kinds = Counter(_kind(link) for link in links.values())
    shown = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) or "no links"
    err.print(f"{len(clusters)} texts in {len(set(clusters.values()))} clusters: {shown}")
