"""Receipts: what no receipt lists did not happen."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from dateline.edges.lake.digests import RowDigest
from dateline.edges.lake.files import FileFacts
from dateline.edges.lake.store import Store
from dateline.errors import Damaged

_NAME = re.compile(r"receipts/(?:fetch|clean)/([0-9a-f]{16})\.json")


def batch_key(batch_id: str) -> str:
    """B: the first 16 hex digits of SHA-256 of a batch's id."""
    return hashlib.sha256(batch_id.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Receipt:
    """What one intake step made of one batch.

    Args:
        step: fetch or clean.
        batch: B, see `batch_key`.
        id: the batch's id in words.
        versions: declared versions of the step and its resources.
        inputs: path → row digest of the files read (none for fetch).
        files: what was written.
        sums: the counts that were checked against each other.
    """

    step: str
    batch: str
    id: str
    versions: dict[str, Any]
    inputs: dict[str, str] = field(default_factory=dict)
    files: tuple[FileFacts, ...] = ()
    sums: dict[str, int] = field(default_factory=dict)

    def of(self, dataset: str) -> list[FileFacts]:
        """The files of one dataset."""
        return [file for file in self.files if file.dataset == dataset]


def write_receipt(store: Store, receipt: Receipt) -> None:
    """Put the receipt in place: this one move switches the batch as a whole."""
    data = json.dumps(asdict(receipt), indent=1, sort_keys=True).encode()
    store.put(receipt_path(receipt.step, receipt.batch), data)


def read_receipt(store: Store, step: str, batch: str) -> Receipt | None:
    """The receipt of a batch, None if the step has not been done.

    Raises:
        Damaged: it can't be read, or is that of another batch or step.
    """
    path = receipt_path(step, batch)
    try:
        receipt = _parse(store.get(path), path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Damaged(f"the receipt {path} can't be read: {error.strerror or error}") from error
    if (receipt.step, receipt.batch) != (step, batch):
        raise Damaged(f"the receipt {path} says that it is {receipt_path(receipt.step, receipt.batch)}")
    return receipt


def batches(store: Store, step: str) -> list[str]:
    """B of every receipt of a step, in order; files of other names (copies, notes) are no receipts."""
    matches = map(_NAME.fullmatch, store.list(f"receipts/{step}"))
    return [match[1] for match in matches if match]


def is_receipt(path: str) -> bool:
    """Whether a path of the lake is that of a receipt."""
    return _NAME.fullmatch(path) is not None


def read_receipts(store: Store, step: str) -> Iterator[Receipt]:
    """All receipts of a step, by B.

    Raises:
        Damaged: one can't be read, or is that of another batch or step.
    """
    for batch in batches(store, step):
        if (receipt := read_receipt(store, step, batch)) is not None:
            yield receipt


def receipt_path(step: str, batch: str) -> str:
    """Where the receipt of a batch lies."""
    return f"receipts/{step}/{batch}.json"


def _parse(data: bytes, path: str) -> Receipt:
    try:
        values = json.loads(data)
        files = tuple(FileFacts(**file) for file in values.pop("files"))
        for file in files:
            RowDigest.parse(file.row_digest)
        return Receipt(**values, files=files)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Damaged(f"the receipt {path} can't be read: {error}") from error
