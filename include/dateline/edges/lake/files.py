"""One Parquet file, written so that equal rows give equal bytes, and read in bounded batches."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.contract import Contract, KeyOrder
from dateline.edges.lake.digests import RowDigest, row_hashes
from dateline.edges.lake.footers import FOOTER_KEY, Footer, parse_footer, require_damage, require_version
from dateline.edges.lake.store import Store
from dateline.errors import ContractBroken, Damaged, LakeError

GROUP_ROWS = {"captures": 128, "documents": 2048, "signatures": 1024, "annotations": 2048, "articles": 2048}
"""Rows of a row group, by rows alone so that bytes do not depend on how input was batched. Small where
rows are large: a row group is what a writer holds in memory."""
DICTIONARY = {
    "signatures": ["source", "language", "site", "credit", "canonical_site"],
}
"""Columns that are written by a dictionary of their values; all where not named. For hashes it is in vain:
none comes twice, and reading them takes half as long again."""
BUFFER_BYTES = 64 * 1024
"""Read at a time of each column."""
READ_ROWS = {"captures": 32}
"""Rows of a batch when reading; 1,024 where not named."""


@dataclass(frozen=True)
class FileFacts:
    """A file of the lake, as receipts list it; `schema_version` is that of the contract it keeps."""

    dataset: str
    day: str
    path: str
    rows: int
    sha256: str
    row_digest: str
    schema_version: int = 1


class _Rechunk:
    """Collects batches into row groups of exactly `size` rows."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held: list[pa.RecordBatch] = []
        self._count = 0

    def add(self, batch: pa.RecordBatch) -> Iterator[pa.Table]:
        self._held.append(batch)
        self._count += batch.num_rows
        while self._count >= self._size:
            table = pa.Table.from_batches(self._held)
            yield table.slice(0, self._size).combine_chunks()
            rest = table.slice(self._size)
            self._held, self._count = rest.to_batches(), rest.num_rows

    def rest(self, schema: pa.Schema) -> pa.Table:
        return pa.Table.from_batches(self._held, schema=schema).combine_chunks()


def write_file(
    store: Store,
    contract: Contract,
    folder: str,
    batches: Iterable[pa.RecordBatch],
    *,
    versions: dict[str, Any],
    inputs: dict[str, dict[str, str]],
    each_row: Callable[[pa.RecordBatch, list[bytes]], None] | None = None,
) -> tuple[Path, Footer, str]:
    """Write checked, key-sorted batches to a staged file.

    Returns:
        The staged file, its footer and the SHA-256 of its bytes; the caller publishes or deletes it.

    Raises:
        ContractBroken: a batch breaks the contract, or keys repeat or fall.
        LakeError: the disk refuses.
    """
    staged = store.stage(folder)
    try:
        footer = _write(staged, contract, batches, versions, inputs, each_row)
        return staged, footer, sha256_of(staged)
    except OSError as error:
        store.discard(staged)
        raise LakeError(f"{store.uri}/{folder} can't be written: {error}") from error
    except BaseException:
        store.discard(staged)
        raise


def _write(
    staged: Path,
    contract: Contract,
    batches: Iterable[pa.RecordBatch],
    versions: dict[str, Any],
    inputs: dict[str, dict[str, str]],
    each_row: Callable[[pa.RecordBatch, list[bytes]], None] | None,
) -> Footer:
    order, digest = KeyOrder(contract), RowDigest()
    chunks = _Rechunk(GROUP_ROWS.get(contract.name, 16384))
    wanted = DICTIONARY.get(contract.name)
    dictionary: Any = True if wanted is None else [name for name in wanted if name in contract.names]
    writer = pq.ParquetWriter(
        staged, contract.schema, compression="zstd", compression_level=3, write_page_index=True,
        use_dictionary=dictionary,
    )  # fmt: skip
    with writer:
        for batch in batches:
            checked = order.check(contract.check(batch))
            hashes = list(row_hashes(checked))
            digest += RowDigest.of_hashes(hashes)
            if each_row is not None:
                each_row(checked, hashes)
            # The check has seen the types; only what the schema says beside them is put on.
            plain = pa.RecordBatch.from_arrays(checked.columns, schema=contract.schema)
            for group in chunks.add(plain):
                writer.write_table(group, row_group_size=group.num_rows)
        rest = chunks.rest(contract.schema)
        if rest.num_rows:
            writer.write_table(rest, row_group_size=rest.num_rows)
        footer = Footer(contract.name, contract.version, str(digest), versions, inputs)
        writer.add_key_value_metadata({FOOTER_KEY: json.dumps(asdict(footer), sort_keys=True)})
    return footer


def read_file(
    path: Path,
    contract: Contract,
    columns: list[str] | None = None,
    rows: int | None = None,
    key: str | None = None,
) -> Iterator[pa.RecordBatch]:
    """The batches of a file, in order.

    Args:
        columns: those wanted; all where not given.
        rows: most rows of a batch, for whoever reads many files at once.
        key: a value of the first column of the key. Only the groups of rows that may hold it are read: of a
            file, which is sorted by its key, that is mostly one.

    Raises:
        OtherSchema: it was written under another version of the contract.
        ContractBroken: the file's columns are not the contract's.
        Damaged: the file is no readable Parquet.
    """
    with _opened(path) as file:
        require_version(contract, parse_footer(file.metadata.metadata, path).schema_version, path)
        if file.schema_arrow.names != contract.names:
            raise ContractBroken(
                f"{contract.name}: {path} has the columns {file.schema_arrow.names}, version "
                f"{contract.version} promises {contract.names}"
            )
        groups = None if key is None else _groups(file, contract.key[0], key)
        for batch in _batches(file, contract, columns, rows, groups):
            yield batch if columns is not None else contract.check(batch)


def read_upgraded(
    path: Path, contract: Contract, before: Callable[[pa.RecordBatch], None] | None = None
) -> Iterator[pa.RecordBatch]:
    """The batches of a file of the present version or an older one, as of the present version.

    Args:
        before: is shown every batch as it lies in the file.

    Raises:
        NewerSchema: it was written under a newer version of the contract.
        ContractBroken: its rows can't become what the contract promises.
        Damaged: the file is no readable Parquet.
    """
    with _opened(path) as file:
        version = parse_footer(file.metadata.metadata, path).schema_version
        if version > contract.version:
            require_version(contract, version, path)
        for batch in _batches(file, contract, None):
            if before is not None:
                before(batch)
            yield contract.upgrade(batch, version)


def read_rows(path: Path, contract: Contract, columns: list[str], rows: list[int]) -> pa.Table:
    """Some rows of a file, by their numbers from 0, which rise; only groups that hold any are read.

    Raises:
        OtherSchema: it was written under another version of the contract.
        Damaged: the file is no readable Parquet, or has no such row.
    """
    tables = [contract.schema.empty_table().select(columns)]
    with _opened(path) as file:
        require_version(contract, parse_footer(file.metadata.metadata, path).schema_version, path)
        if rows and rows[-1] >= file.metadata.num_rows:
            raise Damaged(f"{path} has {file.metadata.num_rows} rows, and no row {rows[-1]}")
        first = place = 0
        for group in range(file.metadata.num_row_groups):
            last = first + file.metadata.row_group(group).num_rows
            stop = bisect_left(rows, last, place)
            if stop > place:
                found = file.read_row_group(group, columns=columns, use_threads=False)
                tables.append(found.take([row - first for row in rows[place:stop]]))
            first, place = last, stop
    return pa.concat_tables(tables)


@contextmanager
def _opened(path: Path) -> Iterator[pq.ParquetFile]:
    try:
        # By default the whole file is fetched before its first row: right for a far store, here it is memory.
        with pq.ParquetFile(path, pre_buffer=False, buffer_size=BUFFER_BYTES) as file:
            yield file
    except FileNotFoundError:
        raise
    except (pa.ArrowException, OSError) as error:
        # Damaged pages come as a plain OSError.
        require_damage(path, error)
        raise Damaged(f"{path} can't be read: {error}") from error


def _batches(
    file: pq.ParquetFile,
    contract: Contract,
    columns: list[str] | None,
    rows: int | None = None,
    groups: list[int] | None = None,
) -> Iterator[pa.RecordBatch]:
    size = READ_ROWS.get(contract.name, 1024)
    size = size if rows is None else min(size, rows)
    batches: Iterator[pa.RecordBatch] = file.iter_batches(
        batch_size=size, row_groups=groups, columns=columns, use_threads=False
    )
    return batches


def _groups(file: pq.ParquetFile, column: str, key: str) -> list[int]:
    """The groups of rows whose least and greatest value leave room for the key."""
    place = file.schema_arrow.names.index(column)
    found = []
    for number in range(file.metadata.num_row_groups):
        told = file.metadata.row_group(number).column(place).statistics
        least, most = (told.min, told.max) if told is not None else (None, None)
        if least is None or most is None or least <= key <= most:
            found.append(number)
    return found


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex digits."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
