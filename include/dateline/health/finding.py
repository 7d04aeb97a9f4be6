"""What a look at a lake may find, and how much was looked at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from dateline.edges.lake.partitions import Day

BROKEN, DIRTY, STALE, NOTE = "broken", "dirty", "stale", "note"


@dataclass(frozen=True)
class Finding:
    """One thing to know about a lake.

    Args:
        level: broken (a promise is not kept), dirty (settle repairs it), stale (older versions or an older
            schema made it) or note (nothing is wrong).
        what: one sentence, with what to do.
    """

    level: str
    what: str

    def __post_init__(self) -> None:
        # Messages of Arrow span lines, and names of strays need not be UTF-8: a finding is a line of a log.
        line = " ".join(self.what.split()).encode("utf-8", "backslashreplace").decode()
        object.__setattr__(self, "what", line)


@dataclass
class Looked:
    """How much was looked at, and what the later looks must leave out.

    Args:
        files, rows, days: counts of what was read.
        older: (dataset, version) → files that were written under an older version of the contract.
        young: files of intake that no receipt lists, too young to be swept.
        unsure: days whose documents could not be read as they were written down.
    """

    files: int = 0
    rows: int = 0
    days: int = 0
    older: Counter[tuple[str, int]] = field(default_factory=Counter)
    young: int = 0
    unsure: set[Day] = field(default_factory=set)
