"""The clock: the only place that asks what time it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dateline.errors import UsageError
from dateline.settings import Settings


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells the time.

    Args:
        pinned: the instant it always tells (aware, UTC); None for the system's time.
    """

    pinned: datetime | None = None

    @classmethod
    def of(cls, settings: Settings) -> Clock:
        """The clock that the settings ask for; an instant without an offset is UTC.

        Raises:
            UsageError: `settings.now` is no instant, or names a file that holds none.
        """
        if not settings.now:
            return cls()
        told = _read(settings.now[1:]) if settings.now.startswith("@") else settings.now
        try:
            instant = datetime.fromisoformat(told)
            instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise UsageError(
                f"DATELINE_NOW is no instant such as 2024-03-25T06:00:00Z: {told[:80]!r}"
            ) from error
        return cls(instant)

    def now(self) -> datetime:
        """This instant, aware, in UTC."""
        return self.pinned or datetime.now(UTC)


def _read(path: str) -> str:
    """The instant that a file holds: whoever writes it moves the clock of processes that run already."""
    try:
        with Path(path).open("rb") as file:
            return file.read(100).decode("utf-8", "replace").strip()
    except (OSError, ValueError) as error:
        raise UsageError(f"DATELINE_NOW names a file that can't be read: {path[:200]!r}") from error
