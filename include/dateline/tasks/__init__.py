"""What an orchestrator calls: one function a task, plain values in and out.

Everything that passes between two tasks is a name, a day or a digest, never rows. Each function reads the
settings and opens the lake itself, so it can run on any worker, and again: what is done is not done twice.
What was done is told to the log, a line a step.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from dateline.report import Summary

log = logging.getLogger("dateline")

MOST_SHARDS = 16
"""Mapped tasks of one run; more would be more overhead than gain."""

Plain = dict[str, Any]
"""A value that JSON can hold."""


def tell(summaries: Iterable[Summary]) -> bool:
    """Log a line a summary; whether any changed something."""
    changed = False
    for summary in summaries:
        log.info(summary.line)
        changed |= summary.changed
    return changed


def require_current() -> None:
    """Nothing, if what is to be written fits what intake has written before; looked at before work is done.

    Raises:
        OtherSchema: the lake is of another schema version; says what to do.
    """
    from dateline.edges.lake import Lake
    from dateline.settings import from_environment

    Lake.open(from_environment().lake).require_current(derived=False)
