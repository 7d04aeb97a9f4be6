"""CPU of each step, and of the whole, beside a bare loop over the same pages in the same run.

    python scripts/bench.py [FOLDER] [--pages N] [--rounds N]

FOLDER holds saved pages (*.html or *.html.gz), searched below it; without one, the pages of the sample
newsroom are taken. Bare means: `trafilatura.bare_extraction(page, with_metadata=True)`, then
`nlp.pipe` over those texts that are in English, as the pipeline's own English model gets them.
Rounds alternate between the two; the least CPU time of each counts, and the spread is told.
"""

from __future__ import annotations

import argparse
import gzip
import io
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import dateline  # noqa: F401 - before Arrow is loaded: it chooses how Arrow takes memory

# isort: split
import pyarrow as pa
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.contract import UTC_MICROS
from dateline.contracts.documents import DOCUMENTS
from dateline.days import Days
from dateline.edges.archive import plan
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake
from dateline.edges.lake.receipts import batch_key
from dateline.edges.lake.spool import Spool
from dateline.resources import Resources
from dateline.run import clean_one, fetch_archive
from dateline.settings import ROOT, Settings
from dateline.text.languages import detect

LARGEST = 2_000_000
DAY = datetime(2026, 3, 25, 12, tzinfo=UTC)
COPIES = 8
"""How often each page of the newsroom is taken, so that what is done once a run weighs as it does at work."""


def newsroom(folder: Path) -> None:
    """Save the pages that the sample newsroom would serve."""
    sys.path.insert(0, str(ROOT / "seeds/newsroom"))
    from publishers import sites  # type: ignore[import-not-found]

    now = datetime(2026, 3, 25, 18, tzinfo=UTC)
    for host, site in sorted(sites().items()):
        for number, story in enumerate(site.listed(now)):
            answer = site.answer(story.facts["path"], now)
            if answer.status == 200 and answer.body:
                for copy in range(COPIES):
                    (folder / f"{host}-{number}-{copy}.html").write_bytes(answer.body)


def pages(folder: Path, most: int) -> list[bytes]:
    """The first pages by name, unpacked."""
    files = sorted(path for path in folder.rglob("*.htm*") if path.is_file())
    step = max(1, len(files) // most)
    read = (path.read_bytes() for path in files[::step][:most])
    bodies = [gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body for body in read]
    return [body for body in bodies if 0 < len(body) < LARGEST]


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of some work in this process."""
    began = time.process_time()
    work()
    return time.process_time() - began


@cache
def english_model(name: str) -> Any:
    """The spaCy model with all its parts."""
    from importlib import import_module

    return import_module(name).load()


def bare(bodies: list[bytes], model: str) -> dict[str, float]:
    """CPU of the bare loop, by part."""
    from trafilatura import bare_extraction

    texts: list[str] = []

    def extract() -> None:
        for body in bodies:
            found = bare_extraction(body, with_metadata=True)
            if found is not None and found.text:
                texts.append(found.text)

    extracted = cpu(extract)
    english = [text for text in texts if detect(text)[0] == "en"]
    nlp = english_model(model)
    tagged = cpu(lambda: [None for _ in nlp.pipe(english, batch_size=16)])
    return {"bare_extraction": extracted, "nlp.pipe": tagged}


def pipeline(archive: Path, resources: Resources) -> dict[str, float]:
    """CPU of each step over a new lake: reading, checking, writing and digests included."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(lake=folder)
        (batch,) = plan(archive, "warc", "bench")
        spent = {"fetch": cpu(lambda: fetch_archive(settings, batch, None, {}))}
        spent["clean"] = cpu(lambda: clean_one(settings, batch.id))
        on_one_day(Lake.open(folder), batch.id)
        for verb in ("sign", "deduplicate", "cluster", "enrich", "publish"):
            days = Days(Lake.open(folder), resources, Clock())
            (day,) = days.documents
            spent[verb] = cpu(partial(getattr(days, verb), day))
        return spent


def on_one_day(lake: Lake, batch_id: str) -> None:
    """Date all documents alike: a real day has thousands, and a sample has a few for each of many days."""
    receipt = lake.receipt("clean", batch_key(batch_id))
    assert receipt is not None  # noqa: S101
    spool = Spool(DOCUMENTS)
    for file in receipt.of("documents"):
        for rows in lake.read_facts(file):
            instants = pa.array([DAY] * rows.num_rows, UTC_MICROS)
            exact = pa.array(["instant"] * rows.num_rows)
            dated = rows.set_column(
                rows.schema.names.index("published"), DOCUMENTS.schema.field("published"), instants
            )
            dated = dated.set_column(
                rows.schema.names.index("published_precision"),
                DOCUMENTS.schema.field("published_precision"),
                exact,
            )
            spool.add(dated)
    files = lake.write_batch(spool, DOCUMENTS, receipt.batch, receipt.versions)
    lake.write_receipt(replace(receipt, files=tuple(files)), receipt)


def save(bodies: list[bytes], path: Path) -> None:
    """The pages as one web archive, as a crawler would have left them."""
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for number, body in enumerate(bodies):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                f"https://bench.test/{number}",
                "response",
                payload=io.BytesIO(body),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": "2026-03-25T12:00:00Z"},
            )
            writer.write_record(record)


def report(title: str, rounds: list[dict[str, float]], count: int) -> float:
    """Print milliseconds an article and part; give the least total."""
    totals = [sum(spent.values()) for spent in rounds]
    best = rounds[totals.index(min(totals))]
    for name, seconds in best.items():
        print(f"{title:9} {name:16} {1000 * seconds / count:8.2f} ms/article")
    spread = ", ".join(f"{1000 * total / count:.1f}" for total in totals)
    print(f"{title:9} {'total':16} {1000 * min(totals) / count:8.2f} ms/article (rounds: {spread})")
    return min(totals)


def lines(options: argparse.Namespace) -> Iterator[str]:
    """Run the rounds; the last line is the ratio."""
    with tempfile.TemporaryDirectory() as made:
        source = options.folder or Path(made) / "newsroom"
        if options.folder is None:
            source.mkdir()
            newsroom(source)
        bodies = pages(source, options.pages)
        archive = Path(made) / "pages.warc.gz"
        save(bodies, archive)
        yield f"{len(bodies)} pages, {sum(map(len, bodies)) / len(bodies) / 1000:.0f} kB each"
        settings = Settings()
        resources = Resources(settings)
        resources.enrich  # noqa: B018 - loaded before anything is measured, as it is for the bare loop
        bare(bodies[:5], settings.model)
        apart: list[dict[str, float]] = []
        whole: list[dict[str, float]] = []
        for _ in range(options.rounds):
            apart.append(bare(bodies, settings.model))
            whole.append(pipeline(archive, resources))
        ratio = report("pipeline", whole, len(bodies)) / report("bare", apart, len(bodies))
        yield f"pipeline / bare = {ratio:.3f}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    for line in lines(parser.parse_args()):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
