"""The sums that hold after every step: nothing is lost, and nothing is made up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from dateline.errors import SumsDoNotAdd
from dateline.step import Made


def check_clean(what: str, sums: dict[str, int], listed: int) -> None:
    """The sums of the clean step over one batch.

    Raises:
        SumsDoNotAdd: they do not hold.
    """
    equal("clean", what, {"captures listed": listed}, {"read": sums["captures"], "doubled": sums["doubled"]})
    equal(
        "clean",
        what,
        {"captures": sums["captures"], "expanded entries": sums["entries"]},
        {name: sums[name] for name in ("documents", "rejects", "no_pages")},
    )


def equal(step: str, what: str, left: dict[str, int], right: dict[str, int]) -> None:
    """Raise SumsDoNotAdd unless both sides, told by name, add up to the same."""
    if sum(left.values()) != sum(right.values()):
        told = [" + ".join(f"{count} {name}" for name, count in side.items()) for side in (left, right)]
        raise SumsDoNotAdd(f"{step} {what}: {told[0]} ≠ {told[1]}")


class PublicationSums:
    """The conservation of a publication."""

    def __init__(self) -> None:
        self.counts = {"articles": 0, "refetches": 0, "versions": 0, "duplicates": 0, "linked": 0}

    def links(self, stream: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in stream:
            is_duplicate = pc.equal(batch.column("relation"), pa.scalar("duplicate"))
            self.counts["linked"] += is_duplicate.true_count
            yield batch

    def articles(self, made: Made) -> Made:
        for kept, batch in made:
            versions = pc.sum(batch.column("version_count")).as_py() or 0
            sightings = pc.sum(batch.column("sighting_count")).as_py() or 0
            self.counts["articles"] += batch.num_rows
            self.counts["versions"] += versions - batch.num_rows
            self.counts["refetches"] += sightings - versions
            self.counts["duplicates"] += batch.num_rows - batch.column("duplicate_of").null_count
            yield kept, batch

    def check(self, day: str, listed: int, doubled: int) -> None:
        """Raise SumsDoNotAdd unless every document is an article, a refetch or a version."""
        counts = self.counts
        folded = counts["articles"] + counts["versions"] + counts["refetches"] + doubled
        if folded != listed:
            raise SumsDoNotAdd(
                f"publish {day}: {listed} documents ≠ {counts['articles']} articles + "
                f"{counts['refetches'] + doubled} folded refetches + {counts['versions']} folded versions"
            )
        if counts["duplicates"] != counts["linked"]:
            raise SumsDoNotAdd(
                f"publish {day}: {counts['duplicates']} articles have duplicate_of, and duplicates has "
                f"{counts['linked']} such links"
            )

    def told(self) -> dict[str, int]:
        return {name: self.counts[name] for name in ("duplicates", "refetches", "versions")}
