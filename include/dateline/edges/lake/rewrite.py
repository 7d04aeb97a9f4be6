"""Writing the rows of a file anew: under the present contract, by the present library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.compute as pc

from dateline.contract import Contract
from dateline.edges.lake.digests import RowDigest
from dateline.edges.lake.files import read_upgraded, write_file
from dateline.edges.lake.footers import Footer, read_footer
from dateline.edges.lake.partitions import Day, day_name, parse_day
from dateline.edges.lake.store import Store
from dateline.errors import LakeError


@dataclass(frozen=True)
class Rewritten:
    """A file that lies staged beside the one it is to replace."""

    file: Path
    footer: Footer
    sha256: str


def rewrite(store: Store, made: Contract, path: str, digest: str) -> Rewritten:
    """Stage a file with the same rows and the same footer as another, of the present version.

    Args:
        path: the file as it is, `DATASET/date=D/…`; it stays.
        digest: row digest that its rows must have, as they lie there.

    Raises:
        FileNotFoundError: it is gone.
        LakeError: its rows are not those, or came out otherwise, or belong to another day: nothing is staged.
        ContractBroken: its rows can't become what the contract promises: nothing is staged.
    """
    local = store.local(path)
    old, before = read_footer(local), _Seen()
    day = parse_day(path.split("/")[1].removeprefix("date="))
    upgraded = old.schema_version != made.version
    batches = _of_day(read_upgraded(local, made, before.add if upgraded else None), made, day, path)
    folder = str(PurePosixPath(path).parent)
    staged, footer, sha256 = write_file(
        store, made, folder, batches, versions=old.versions, inputs=old.inputs
    )
    after = RowDigest.parse(footer.row_digest)
    seen = before.digest if upgraded else after
    if str(seen) != digest or after.rows != seen.rows:
        store.discard(staged)
        raise LakeError(f"the rows of {path} are not those that were written down; see `dateline check`")
    return Rewritten(staged, footer, sha256)


class _Seen:
    """Adds up what lies in a file before it is upgraded."""

    def __init__(self) -> None:
        self.digest = RowDigest()

    def add(self, batch: pa.RecordBatch) -> None:
        self.digest += RowDigest.of([batch])


def _of_day(
    batches: Iterator[pa.RecordBatch], made: Contract, day: Day, path: str
) -> Iterator[pa.RecordBatch]:
    """The batches; an upgrade that moves a row to another day would leave it where nobody looks for it."""
    for batch in batches:
        if made.day is not None:
            found = pc.unique(made.day(batch)).to_pylist()
            if found not in ([day], []):
                other = next(other for other in found if other != day)
                raise LakeError(
                    f"{path}: a row of it would lie in {day_name(other)} now; take its batch in again"
                )
        yield batch
