"""A point in time as a source gave it: instant, offset, precision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A time with what is known of it.

    Args:
        instant: aware, in UTC; the first instant of the day or month where only that is known.
        precision: instant, minute, day or month (`contracts.shared.PRECISIONS`).
        offset: minutes east of UTC that the source gave; None if it gave none.
    """

    instant: datetime
    precision: str
    offset: int | None = None

    @classmethod
    def day(cls, day: date) -> When:
        """A date without a time: that date, in UTC."""
        return cls(datetime(day.year, day.month, day.day, tzinfo=UTC), "day")

    @property
    def iso(self) -> str:
        """ISO 8601: with the source's own offset if known, else as UTC; a date if only that is known."""
        if self.precision == "month":
            return self.instant.strftime("%Y-%m")
        if self.precision == "day":
            return self.instant.date().isoformat()
        zone = timezone(timedelta(minutes=self.offset)) if self.offset is not None else UTC
        return self.instant.astimezone(zone).isoformat()

    def printed_day(self, zone: tzinfo | None) -> date:
        """The day on its source's clock: by its offset, else in the zone where it hung, UTC if None."""
        if self.precision in ("day", "month"):
            return self.instant.date()
        if self.offset is not None:
            return (self.instant + timedelta(minutes=self.offset)).date()
        return self.instant.astimezone(zone or UTC).date()

    @property
    def written(self) -> str:
        """As `iso`, but a time without an offset stays one: whoever knows its zone can still apply it.

        For times that were parsed without a zone, as leads are.
        """
        return self.iso if self.offset is not None else self.iso.removesuffix("+00:00")
