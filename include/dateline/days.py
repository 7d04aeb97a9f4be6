"""Making one derived day: read its inputs, run the step, check the sums, put the file in place."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

import pyarrow as pa

from dateline.contracts import contract
from dateline.day_parts import DocumentReader, Publication, RowHashes
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake
from dateline.edges.lake.digests import RowDigest
from dateline.edges.lake.files import FileFacts
from dateline.edges.lake.lake import Staged
from dateline.edges.lake.partitions import Day, day_name
from dateline.edges.lake.recent import RecentDays
from dateline.news import History, announce
from dateline.pipeline import DERIVED_DATASETS
from dateline.report import Summary
from dateline.resources import Resources
from dateline.step import Made, in_key_order
from dateline.sums import PublicationSums
from dateline.text.window import SKETCHED

Inputs = dict[str, dict[str, str]]
"""Dataset → day name → row digest."""

_MADE_FROM = {
    "signatures": ("documents",),
    "duplicates": ("signatures",),
    "clusters": ("signatures", "duplicates", "clusters"),
    "annotations": ("documents",),
    "articles": ("documents", "duplicates", "annotations"),
}


_WAITS_FOR = {
    "signatures": (),
    "duplicates": ("signatures",),
    "clusters": ("signatures", "duplicates"),
    "annotations": ("signatures",),
    "articles": ("signatures", "duplicates", "annotations"),
}
"""What of the same day must be made from the documents as they are, before a dataset is made."""


@dataclass(frozen=True)
class Days:
    """The derived days of a lake, and how each is made.

    Args:
        lake: read and written.
        resources: the frozen arguments of the steps.
        clock: for the `changes` dataset only.
        force: make days again although their inputs are as they were.
        versions: the run makes days again that older versions made; `changes` then says `stale` of days whose
            own documents have not moved, whoever runs it and at whichever step it began.
        note: what the person said who asked for it, for `changes`.
        guard: called just before something is put in place; raises where this run has lost the lease.
    """

    lake: Lake
    resources: Resources
    clock: Clock
    force: bool = False
    versions: bool = False
    note: str | None = None
    guard: Callable[[], None] = lambda: None

    @cached_property
    def documents(self) -> dict[Day, list[FileFacts]]:
        """The document files that the clean receipts list, by day. Read once: a run sees one state."""
        return self.lake.day_files("documents")

    @cached_property
    def history(self) -> History:
        """What `changes` tells of every day."""
        return History.read(self.lake, self.clock)

    def digest(self, dataset: str, day: Day) -> str | None:
        """Row digest of a day as it is now; None if it does not exist."""
        if dataset == "documents":
            files = self.documents.get(day)
            if not files:
                return None
            return str(sum((RowDigest.parse(file.row_digest) for file in files), RowDigest()))
        footer = self.lake.footer(dataset, day)
        return footer.row_digest if footer else None

    def window(self, day: Day) -> list[Day]:
        """The days whose signatures a day is compared with, itself first: one other is held at a time."""
        if day is None:
            return [None]
        span = self.resources.window_days
        days = (day - timedelta(days=back) for back in range(min(span + 1, day.toordinal())))
        known = self._signed
        return [other for other in days if other in known]

    @cached_property
    def _signed(self) -> frozenset[Day]:
        return frozenset(self.lake.days("signatures"))

    @cached_property
    def _signatures(self) -> RecentDays:
        """Each day's signatures are asked for by all days of its window."""
        return RecentDays(self.lake, "signatures", list(SKETCHED))

    @cached_property
    def _clusters(self) -> RecentDays:
        return RecentDays(self.lake, "clusters")

    def inputs(self, dataset: str, day: Day) -> Inputs:
        """What a derived day would be made from now."""
        found: Inputs = {}
        for name in _MADE_FROM[dataset]:
            days = [day]
            if (dataset, name) == ("duplicates", "signatures"):
                days = self.window(day)
            elif (dataset, name) == ("clusters", "clusters"):
                days = self.window(day)[1:]
            digests = {day_name(other): self.digest(name, other) for other in days}
            found[name] = {other: digest for other, digest in digests.items() if digest is not None}
        return found

    def is_current(self, dataset: str, day: Day) -> bool:
        """Whether a derived day was made from the inputs as they are now."""
        footer = self.lake.footer(dataset, day)
        return footer is not None and footer.inputs == self.inputs(dataset, day)

    def is_stale(self, dataset: str, day: Day) -> bool:
        """Whether a derived day was made by other declared versions than the present ones."""
        footer = self.lake.footer(dataset, day)
        return footer is not None and footer.versions != self.resources.versions(dataset)

    def _documents_of(self, day: Day) -> DocumentReader:
        return DocumentReader(self.lake, self.documents.get(day, []))

    # The five steps

    def sign(self, day: Day) -> Summary:
        """Make `signatures` of a day."""
        from dateline.steps.sign import sign

        read = self._documents_of(day)
        return self._make("sign", "signatures", day, lambda: sign(read.documents(), self.resources.sign))

    def deduplicate(self, day: Day) -> Summary:
        """Make `duplicates` of a day from its signatures and those of the window before it."""
        from dateline.steps.deduplicate import COMPARED, deduplicate

        hot: dict[str, int] = {}

        def whole(other: Day, rows: Any) -> pa.Table:
            return self.lake.read_rows("signatures", other, list(COMPARED), rows.tolist())

        def window() -> Iterator[tuple[Day, pa.RecordBatch]]:
            for other in self.window(day):
                for batch in self._signatures.read(other):
                    yield other, batch

        rules = self.resources.deduplicate
        made = lambda: deduplicate(day, window(), rules, whole, hot.update)  # noqa: E731
        return self._make("deduplicate", "duplicates", day, made, told=hot)

    def cluster(self, day: Day) -> Summary:
        """Make `clusters` of a day."""
        return self._make("cluster", "clusters", day, lambda: self.clusters(day))

    def clusters(self, day: Day) -> Made:
        """What the links of a day and the clusters of the window before it come to."""
        from dateline.steps.cluster import cluster

        def earlier() -> Iterator[tuple[Day, pa.RecordBatch]]:
            for other in self.window(day)[1:]:
                for batch in self._clusters.read(other):
                    yield other, batch

        articles = self.lake.read_day("signatures", day, ["article_id", "is_newest"])
        return cluster(
            day, articles, self.lake.read_day("duplicates", day), earlier(), self.resources.cluster
        )

    def enrich(self, day: Day) -> Summary:
        """Make `annotations` of a day; rows whose inputs are as they were are taken over."""
        from dateline.steps.enrich import enrich

        read = self._documents_of(day)

        def made() -> Made:
            known = self.lake.read_upgraded("annotations", day)
            return enrich(read.documents(), known, self.resources.enrich)

        return self._make("enrich", "annotations", day, made)

    def publish(self, day: Day) -> Summary:
        """Make `articles` of a day, check its sums, tell `changes`, and put it in place."""
        from dateline.steps.publish import publish

        read, sums = self._documents_of(day), PublicationSums()

        def made() -> Made:
            links = sums.links(self.lake.read_day("duplicates", day))
            findings = self.lake.read_day("annotations", day)
            return sums.articles(publish(read.documents(), links, findings, self.resources.publish))

        def check() -> None:
            listed = sum(file.rows for file in self.documents.get(day, []))
            sums.check(day_name(day), listed, read.doubled)

        def tell(staged: Staged, hashes: dict[str, bytes]) -> None:
            old = self.lake.footer("articles", day)
            moved = old is None or old.inputs.get("documents") != staged.footer.inputs["documents"]
            stale = self.versions and not moved
            announce(self.history, day, staged.footer.row_digest, hashes, stale=stale, note=self.note)

        return self._make("publish", "articles", day, made, Publication(check, tell, sums.told))

    def check_publication(self, day: Day) -> None:
        """The sums of a day as it was published; nothing to check where its inputs have moved since.

        Raises:
            SumsDoNotAdd: they do not hold.
        """
        if not all(self.is_current(dataset, day) for dataset in _MADE_FROM):
            return
        read, sums = self._documents_of(day), PublicationSums()
        for _ in sums.links(self.lake.read_day("duplicates", day)):
            pass
        columns = ["version_count", "sighting_count", "duplicate_of"]
        published = ((contract("articles"), rows) for rows in self.lake.read_day("articles", day, columns))
        for _ in sums.articles(published):
            pass
        for _ in read.documents():
            pass
        sums.check(day_name(day), sum(file.rows for file in self.documents[day]), read.doubled)

    def remove(self, day: Day) -> Summary:
        """Take all derived files of a day away whose last document is gone."""
        self.guard()
        if self.lake.footer("articles", day) is not None:
            announce(self.history, day, "", {}, stale=False, note=self.note)
        for dataset in reversed(DERIVED_DATASETS):
            self.lake.remove_day(dataset, day)
        return Summary("publish", day_name(day), {"articles": 0})

    def _make(
        self,
        step: str,
        dataset: str,
        day: Day,
        made: Callable[[], Made],
        publication: Publication | None = None,
        told: dict[str, int] | None = None,
    ) -> Summary:
        began, name = time.monotonic(), day_name(day)
        if not all(self.is_current(other, day) for other in _WAITS_FOR[dataset]):
            # Documents that came meanwhile: what was made of the old ones must not be mixed with them.
            return Summary(step, name, skipped="its documents have moved; the next run", changed=False)
        inputs = self.inputs(dataset, day)
        old = self.lake.footer(dataset, day)
        if old is not None and old.inputs == inputs and not self.force:
            return Summary(step, name, skipped="its inputs are unchanged", changed=False)
        kept, hashes = contract(dataset), RowHashes(publication is not None)
        staged = self.lake.stage_day(
            kept,
            day,
            in_key_order(made(), kept),
            versions=self.resources.versions(dataset),
            inputs=inputs,
            each_row=hashes.add,
        )
        try:
            changed = old is None or old.row_digest != staged.footer.row_digest
            if publication is not None:
                # Also where no row is other than before: a new row that was lost leaves it so.
                publication.check()
            self.guard()
            if publication is not None and changed:
                publication.tell(staged, hashes.of)
            self.lake.publish(staged)
        except BaseException:
            self.lake.store.discard(staged.file)
            raise
        rows = RowDigest.parse(staged.footer.row_digest).rows
        counts = {dataset: rows, **(publication.told() if publication else {}), **(told or {})}
        return Summary(step, name, counts, time.monotonic() - began, changed=changed)
