"""What a file of the lake says of itself, beside its rows."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.contract import Contract
from dateline.errors import Damaged, LakeError, NewerSchema, OtherSchema

FOOTER_KEY = "dateline"


@dataclass(frozen=True)
class Footer:
    """What a derived file says of itself.

    Args:
        dataset, schema_version: the contract kept.
        row_digest: of the file's rows.
        versions: declared versions of the step and its resources.
        inputs: dataset → day name → row digest of what it was made from.
    """

    dataset: str
    schema_version: int
    row_digest: str
    versions: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, dict[str, str]] = field(default_factory=dict)


def read_footer(path: Path) -> Footer:
    """The footer of a file, without reading its rows.

    A run asks for the same ones again and again: as long as a file is the same, its footer is remembered.

    Raises:
        Damaged: the file is no Parquet of ours.
    """
    found = path.stat()
    return _remembered(path, found.st_ino, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=16384)
def _remembered(path: Path, inode: int, changed: int, size: int) -> Footer:  # noqa: ARG001
    """Ten years of days fit in; what footers have in common is held once, so that one takes 2 kB."""
    found = read_written(path)[0]
    try:
        inputs = {
            sys.intern(name): {sys.intern(day): sys.intern(digest) for day, digest in days.items()}
            for name, days in found.inputs.items()
        }
    except (AttributeError, TypeError) as error:
        raise Damaged(f"{path} is no file of this lake: its footer names no inputs ({error})") from error
    return replace(found, versions=_shared(json.dumps(found.versions)), inputs=inputs)


@lru_cache(maxsize=64)
def _shared(versions: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(versions)
    return made


def read_written(path: Path) -> tuple[Footer, str]:
    """The footer of a file, and the name and version of the library that wrote it.

    Raises:
        Damaged: the file is no Parquet of ours.
        LakeError: it can't be read just now.
    """
    try:
        found = pq.read_metadata(path)
    except FileNotFoundError:
        raise
    except (pa.ArrowException, OSError) as error:
        require_damage(path, error)
        raise Damaged(f"{path} is no file of this lake: {error}") from error
    return parse_footer(found.metadata, path), found.created_by


def require_damage(path: Path, error: Exception) -> None:
    """Nothing, where bytes were read and make no sense: such a file is made again, what was there is lost.

    Raises:
        LakeError: the system (an OSError with a number) or the memory refused; the file may be whole.
    """
    if isinstance(error, MemoryError) or getattr(error, "errno", None):
        raise LakeError(f"{path} can't be read just now: {error}; it may be whole") from error


def parse_footer(metadata: dict[bytes, bytes] | None, where: object) -> Footer:
    """The footer among the metadata of a Parquet file.

    Raises:
        Damaged: there is none that can be read; `where` names the file.
    """
    try:
        return Footer(**json.loads((metadata or {})[FOOTER_KEY.encode()]))
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged(f"{where} is no file of this lake: its footer can't be read ({error})") from error


@cache
def library() -> str:
    """What a file says that is written here and now: name and version of the Parquet library."""
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({}), sink)
    name: str = pq.read_metadata(pa.BufferReader(sink.getvalue())).created_by
    return name


def require_version(contract: Contract, found: int, where: object) -> None:
    """Nothing, if a file keeps the present version of its contract.

    Raises:
        OtherSchema: it keeps an older one.
        NewerSchema: it keeps a newer one.
    """
    kept = f"version {found} of `{contract.name}`, this one keeps {contract.version}"
    if found > contract.version:
        raise NewerSchema(f"{where} was written by a newer dateline, under {kept}: upgrade dateline")
    if found < contract.version:
        raise OtherSchema(f"{where} was written by an older dateline, under {kept}: run `dateline migrate`")
