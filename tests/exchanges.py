"""Exchanges that a source was read to, held to their contract, and a page that some of them hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from dateline.contracts import contract

WHEN = datetime(2024, 3, 25, 9, tzinfo=UTC)
PAGE = b"<!DOCTYPE html><title>Ferry</title><p>The ferry left."


def checked(rows: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, after the contract has taken them."""
    made = list(rows)
    contract("exchanges").batch([{"seq": seq, **row} for seq, row in enumerate(made)])
    return made
