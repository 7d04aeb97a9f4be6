"""What to do about a file or a receipt of intake: what settle makes again, what only a copy brings back."""

from __future__ import annotations

from dateline.edges.lake.files import FileFacts
from dateline.edges.lake.receipts import Receipt

_RESTORE = {
    "captures": "restore it from a copy; its documents stay",
    "attempts": "restore it from a copy; until then its requests are not remembered",
    "rejects": "restore it from a copy; nothing else is made of it",
}
"""Of a live batch: the web of that moment can't be asked again."""


def is_live(batch_id: str) -> bool:
    """Whether a batch was polled, and so can't be taken in again."""
    return batch_id.startswith("live/")


def of_file(receipt: Receipt, file: FileFacts, *, gone: bool) -> str:
    """What to do about a file that a receipt lists.

    Args:
        gone: it has vanished; otherwise it is there and damaged.
    """
    if receipt.step == "clean":
        again = "run `dateline settle`, which makes it again from its captures"
    elif is_live(receipt.id):
        return _RESTORE[file.dataset]
    else:
        again = "take its batch in again"
    doing = again if gone else f"remove it and {again}"
    return doing if receipt.step == "clean" else f"restore it from a copy, or {doing}"


def of_batch(batch_id: str) -> str:
    """What to do where files of a fetch do not fit each other."""
    restore = "restore its files from a copy"
    return restore if is_live(batch_id) else f"{restore}, or remove them and take its batch in again"


def of_receipt(step: str, batch_id: str | None) -> str:
    """What to do about a receipt that can't be read.

    Args:
        batch_id: in words, where the receipt of the other step tells it.
    """
    if step == "clean":
        return "restore it from a copy, or remove it and run `dateline settle`, which cleans its batch again"
    if batch_id is None:
        return (
            "restore it from a copy, or, if its batch is one of an archive, remove it and import that again"
        )
    if is_live(batch_id):
        return "restore it from a copy"
    return "restore it from a copy, or remove it and take its batch in again"
