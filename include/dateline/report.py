"""What a step did, in one line and in numbers."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Summary:
    """One step over one batch or one day.

    Args:
        step: the verb.
        what: batch id or day.
        counts: named row counts, in the order in which they are told.
        seconds: wall time.
        skipped: why nothing was done; empty if something was.
        changed: whether what readers see (or the next step reads) is other than before.
    """

    step: str
    what: str
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    skipped: str = ""
    changed: bool = True

    @property
    def line(self) -> str:
        """One line for a log."""
        if self.skipped:
            return f"{self.step} {self.what}: nothing to do, {self.skipped}"
        counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in self.counts.items())
        return f"{self.step} {self.what}: {counts} ({self.seconds:.1f} s)"
