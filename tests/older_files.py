"""Files of a lake as another library, or an older version of a contract, would have left them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.contract import Contract, Upgrade
from dateline.contracts import contract
from dateline.edges.lake import Lake
from dateline.edges.lake.digests import RowDigest
from dateline.edges.lake.files import FileFacts
from dateline.edges.lake.footers import Footer, library, read_footer
from dateline.edges.lake.receipts import write_receipt
from dateline.pipeline import DERIVED_DATASETS, INTAKE_DATASETS

OTHER_LIBRARY = "parquet-cpp-arrow version 9.0.0"
Change = Callable[[pa.Table], pa.Table]


def write(path: Path, table: pa.Table, footer: Footer, by: str = OTHER_LIBRARY) -> None:
    """Write a file by hand, with other options than ours and the name of another library."""
    told = {**(table.schema.metadata or {}), b"dateline": json.dumps(asdict(footer)).encode()}
    with pq.ParquetWriter(path, table.schema, compression="snappy") as writer:
        writer.write_table(table, row_group_size=7)
        writer.add_key_value_metadata(told)
    if by != library():
        mine = library().encode()
        data = path.read_bytes()
        assert data.count(mine) == 1
        path.write_bytes(data.replace(mine, by.ljust(len(mine)).encode()))


def make_older(path: Path, version: int, change: Change = lambda table: table) -> str:
    """Leave a file as an older version held it; gives its row digest."""
    footer = read_footer(path)
    table = change(pq.ParquetFile(path).read())
    digest = str(RowDigest.of(table.to_batches()))
    versions = dict(footer.versions)
    if "contract" in versions and version != contract(footer.dataset).version:
        versions["contract"] = "another"
    write(path, table, replace(footer, schema_version=version, row_digest=digest, versions=versions))
    return digest


def make_older_intake(lake: Lake, dataset: str, version: int, change: Change = lambda table: table) -> None:
    """Leave all files of a dataset of intake as an older version held them, the receipts too."""
    for step in ("fetch", "clean"):
        for receipt in list(lake.receipts(step)):
            moved = {}
            for file in receipt.of(dataset):
                moved[file.path] = _older_listed(lake, receipt.batch, file, version, change)
            files = tuple(moved.get(file.path, file) for file in receipt.files)
            if not moved:
                continue
            write_receipt(lake.store, replace(receipt, files=files))
            clean = lake.receipt("clean", receipt.batch)
            if step == "fetch" and clean is not None and dataset == "captures":
                inputs = {file.path: file.row_digest for file in moved.values()}
                write_receipt(lake.store, replace(clean, inputs=inputs))


def _older_listed(lake: Lake, batch: str, file: FileFacts, version: int, change: Change) -> FileFacts:
    path = lake.store.local(file.path)
    digest = make_older(path, version, change)
    name = sha256(path.read_bytes()).hexdigest()
    new = path.with_name(f"{batch}-{name[:16]}.parquet")
    path.rename(new)
    where = f"{file.path.rpartition('/')[0]}/{new.name}"
    return replace(file, path=where, sha256=name, row_digest=digest, schema_version=version)


def make_other_library(lake: Lake) -> None:
    """Leave every file of a lake as another library wrote it; the rows stay."""
    for dataset in INTAKE_DATASETS:
        make_older_intake(lake, dataset, contract(dataset).version)
    for dataset in (*DERIVED_DATASETS, "changes"):
        for path in lake.store.list(dataset):
            make_older(lake.store.local(path), contract(dataset).version)


@contextmanager
def next_version(made: Contract, upgrade: Upgrade) -> Iterator[None]:
    """Inside, the contract is one version on, and what it is now was reached by `upgrade`."""
    version, upgrades = made.version, made.upgrades
    object.__setattr__(made, "version", version + 1)
    object.__setattr__(made, "upgrades", {**upgrades, version: upgrade})
    made.__dict__.pop("_digest", None)  # remembered, as contracts don't change elsewhere
    try:
        yield
    finally:
        object.__setattr__(made, "version", version)
        object.__setattr__(made, "upgrades", upgrades)
        made.__dict__.pop("_digest", None)
