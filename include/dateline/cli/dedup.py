"""`dateline dedup`: which lines of a file repeat, renew or extend which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import msgspec
import pyarrow as pa
import typer

from dateline.cli.console import chunks, err, json_lines, progress, write_json_lines
from dateline.cli.settings import OutputOption, input_option
from dateline.contracts.shared import DATED
from dateline.contracts.signatures import SIGNATURES
from dateline.edges.json_lines import count_lines, read_json_lines
from dateline.errors import UsageError
from dateline.sources.jsonl import NAMES
from dateline.steps.sign import TIMED
from dateline.text.agencies import ends_of
from dateline.text.compare import Limits
from dateline.text.dates import parse
from dateline.text.hits import HOT
from dateline.text.links import Link, candidates, find_links
from dateline.text.meeting import Hot
from dateline.text.origin import Origin, origin_of, provenance_of
from dateline.text.ragged import Ragged
from dateline.text.signed import LISTS, Signed, signed
from dateline.text.texts import UNKNOWN_DAY, Texts
from dateline.text.urls import url_key

_Time = tuple[date | None, datetime | None]
_CHUNK = 1000
"""Lines held as Python objects at a time."""


class _Given(NamedTuple):
    """What is kept of a line as it was given; of the text what may credit an agency."""

    id: str | int
    url: str
    ends: str


_SCHEMA = pa.schema(
    {
        "id": pa.string(),
        "article": pa.string(),
        "url_key": pa.string(),
        "day": pa.date32(),
        "published": SIGNATURES.schema.field("published").type,
        "content_hash": pa.string(),
        "title_hash": pa.string(),
        "headline_hash": pa.string(),
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
    given: dict[str, _Given] = {}
    texts = _texts(source, given)
    with err.status("looking for earlier texts"):
        pairs, hot = candidates(texts, window)
        links = {
            place: min(found.values(), key=lambda link: (link.target, link.relation))
            for place, found in find_links(texts, pairs.later, pairs.sooner, Limits(), window)
        }
        roots = _roots(len(texts), links)
    with write_json_lines(target) as lines:
        for some in chunks(_lines(given, texts.ids, links, roots), _CHUNK):
            lines.write(json_lines(some))
    _summarise(texts, links, roots, hot)


def _texts(source: Path, given: dict[str, _Given]) -> Texts:
    """The texts of a file; puts each id as text → as given into `given`, in the order of the file."""
    total = count_lines(source) if err.is_terminal else None
    facts: list[pa.RecordBatch] = []
    lists: dict[str, list[Ragged]] = {name: [] for name in LISTS}
    for records in chunks(progress(read_json_lines(source), "signed", total), _CHUNK):
        names, urls, texts = [], [], []
        for record in records:
            name, url, text = _name(record, source, len(given)), _text(record, "url"), _text(record, "text")
            if name in given:
                raise UsageError(f"{source}: the id {name!r} is there twice")
            given[name] = _Given(record["id"], url, ends_of(text))
            names.append(name)
            urls.append(url)
            texts.append(text)
        pieces = list(signed(texts, [_text(record, "title") for record in records]))
        for name in LISTS:
            lists[name] += [getattr(piece, name) for piece in pieces]
        times = [_time(_field(record, "published")) for record in records]
        facts.append(_facts(names, urls, times, pieces))
    return Texts.arranged(pa.Table.from_batches(facts, _SCHEMA), lists)


def _name(record: dict[str, Any], source: Path, before: int) -> str:
    """The id as text."""
    value, number = record.get("id"), before + 1
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UsageError(f"{source}: text {number} has no id (a string or a whole number)")
    name = str(value)
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"{source}: the id of text {number} is no valid Unicode") from error
    return name


def _facts(names: list[str], urls: list[str], times: list[_Time], signed: list[Signed]) -> pa.RecordBatch:
    keys = [url_key(url) for url in urls]
    facts: dict[str, list[Any]] = {
        "id": names,
        "article": [key or f"id {name}" for key, name in zip(keys, names, strict=True)],
        "url_key": keys,
        "day": [day for day, _ in times],
        "published": [instant for _, instant in times],
        "content_hash": [name for piece in signed for name in piece.texts],
        "title_hash": [name for piece in signed for name in piece.titles],
        "headline_hash": [name for piece in signed for name in piece.headlines],
    }
    return pa.RecordBatch.from_pydict(facts, schema=_SCHEMA)


def _field(record: dict[str, Any], name: str) -> Any:
    """The value of a field; where there is none of that name, of the others by which it commonly goes."""
    value = record.get(name)
    if value is None:
        lowered = {key.lower(): given for key, given in record.items() if given is not None}
        value = next((lowered[other] for other in NAMES[name] if other in lowered), None)
    return value


def _text(record: dict[str, Any], name: str) -> str:
    value = _field(record, name)
    return value if isinstance(value, str) else ""


def _time(value: Any) -> _Time:
    """Day and instant, as far as they are known."""
    is_epoch = isinstance(value, int) and not isinstance(value, bool)
    when = parse(str(value)) if is_epoch or isinstance(value, str) else None
    if when is None or when.precision not in DATED:
        return None, None
    return when.instant.date(), when.instant if when.precision in TIMED else None


def _roots(count: int, links: dict[int, Link]) -> list[int]:
    """The root of each text; earlier texts come first, so the target's root is known before."""
    roots: list[int] = []
    for place in range(count):
        roots.append(roots[links[place].target] if place in links else place)
    return roots


class _Line(msgspec.Struct):
    """What is told of a text."""

    id: str | int
    duplicate_of: str | int | None
    kind: str | None
    similarity: float | None
    cluster: str | int
    origin: str | None
    origin_why: str | None


def _lines(
    given: dict[str, _Given], names: list[str], links: dict[int, Link], roots: list[int]
) -> Iterator[_Line]:
    places = {name: place for place, name in enumerate(names)}
    for name, line in given.items():
        place = places[name]
        root, link = given[names[roots[place]]].id, links.get(place)
        if link is None:
            yield _Line(line.id, None, None, None, root, None, None)
            continue
        earlier = given[names[link.target]]
        origin, why = (_origin(line, earlier) if link.relation == "duplicate" else None) or (None, None)
        yield _Line(line.id, earlier.id, _kind(link), round(link.similarity, 4), root, origin, why)


def _origin(later: _Given, earlier: _Given) -> Origin | None:
    """Where a copy on another site comes from. Asked for copies only: credits are dear to look for."""
    there = provenance_of(earlier.url, earlier.ends)
    # Its own credit counts only where the earlier copy has none.
    here = provenance_of(later.url, "" if there.credit else later.ends)
    return origin_of(here, there)


def _kind(link: Link) -> str:
    return link.kind or link.relation


def _summarise(texts: Texts, links: dict[int, Link], roots: list[int], hot: Hot) -> None:
    kinds = Counter(_kind(link) for link in links.values())
    shown = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) or "no links"
    sizes = Counter(roots)
    err.print(f"{len(texts)} texts in {len(sizes)} clusters: {shown}")
    largest = max(sizes.values(), default=0)
    wordless = int((texts.shingles.counts == 0).sum())
    undated = int((texts.days == UNKNOWN_DAY).sum())
    told = {
        f"texts in the largest cluster: {largest}": largest > 1,
        f"keys that over {HOT} earlier texts share, so that only the first are compared: {hot.keys}, "
        f"in {hot.texts} texts": hot.keys > 0,
        f"texts without words, which are linked to nothing: {wordless}": wordless > 0,
        f"texts without a day, which count as later than those with one: {undated}": undated > 0,
    }
    for sentence in (sentence for sentence, holds in told.items() if holds):
        err.print(sentence)
