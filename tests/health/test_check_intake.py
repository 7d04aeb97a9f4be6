"""`dateline check` names each damage of intake: its rows, files and receipts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from damage import Rows, change_intake, drop_first, found, lose_file, lose_receipt, the_file
from dateline.contracts import contract
from dateline.edges.lake import Lake
from dateline.edges.lake.receipts import write_receipt
from dateline.health import Finding
from dateline.run import settle_all
from older_files import make_older, make_older_intake


def other_capture(rows: Rows) -> None:
    rows[0]["capture_id"] = "f" * 32


def another_day(rows: Rows) -> None:
    rows[0]["published"] += timedelta(days=9)


def change_receipt(step: str, **values: Any) -> Callable[[Lake], None]:
    def change(lake: Lake) -> None:
        (receipt,) = lake.receipts(step)
        write_receipt(lake.store, replace(receipt, **values))

    return change


def other_bytes(lake: Lake) -> None:
    """The same rows by another library, under the same name."""
    _, file = the_file(lake, "captures")
    make_older(lake.store.local(file.path), file.schema_version)


def by_hand(dataset: str, change: Callable[[Any], Any]) -> Callable[[Lake], None]:
    """Rows that no step could have written, with a footer and a receipt that agree with them."""

    def damage(lake: Lake) -> None:
        make_older_intake(lake, dataset, contract(dataset).version, change)

    return damage


def swap(table: Any) -> Any:
    return table.take([1, 0, *range(2, table.num_rows)])


def no_such_kind(table: Any) -> Any:
    at = table.column_names.index("kind")
    return table.set_column(at, table.schema.field(at), [["rumour"] * table.num_rows])


def intake(dataset: str, change: Callable[[Rows], Rows | None]) -> Callable[[Lake], None]:
    return lambda lake: change_intake(lake, dataset, change)


INTAKE = {
    "an attempt is lost": (intake("attempts", drop_first), "broken", r"8 tried ≠ 7 attempts.*take its batch"),
    "a capture without attempt": (intake("attempts", drop_first), "broken", "1 captures have no attempt"),
    "an attempt without capture": (
        intake("captures", drop_first), "broken", "1 attempts name captures that are not there",
    ),
    "a document of no capture": (
        intake("captures", drop_first), "broken", "names the capture .*, which its batch does not have",
    ),
    "a document is lost": (intake("documents", drop_first), "broken", "expanded entries ≠ 6 documents"),
    "a stranger's document": (intake("documents", other_capture), "broken", f"names the capture {'f' * 32}"),
    "a row in another's day": (intake("documents", another_day), "broken", "a day that is not that of its"),
    "the same rows, other bytes": (other_bytes, "broken", "other bytes than its receipt says"),
    "keys out of order": (by_hand("captures", swap), "broken", "is out of order; restore it"),
    "an illegal word": (by_hand("documents", no_such_kind), "broken", r"kind: 'rumour' .* is none of"),
    "captures are gone": (lose_file("captures"), "broken", "is gone from .* take its batch in again"),
    "attempts are gone": (lose_file("attempts"), "broken", "is gone from"),
    "rejects are gone": (lose_file("rejects"), "broken", "is gone from"),
    "no clean receipt": (lose_receipt("clean"), "dirty", "captures that were not cleaned"),
    "no fetch receipt": (lose_receipt("fetch"), "broken", "was cleaned and has no fetch receipt; restore"),
    "other captures were cleaned": (change_receipt("clean", inputs={}), "dirty", "were not cleaned"),
    "older rules": (change_receipt("clean", versions={"version": "0"}), "stale", "run `dateline reprocess`"),
    "sums of another batch": (change_receipt("fetch", sums={"tried": 3}), "broken", "3 tried ≠ 8 attempts"),
}  # fmt: skip


@pytest.mark.parametrize("case", INTAKE)
def test_damage_of_intake_is_named(settings, case):
    damage, level, words = INTAKE[case]
    damage(Lake.open(settings.lake))
    findings = found(settings)
    assert says(findings, level, words), findings
    if level != "broken":
        assert {one.level for one in findings} <= {level, "dirty", "note"}, findings


def says(findings: list[Finding], level: str, words: str) -> bool:
    return any(one.level == level and re.search(words, one.what) for one in findings)


def test_a_file_whose_documents_are_damaged_is_not_blamed_on_its_day(settings):
    _, file = the_file(Lake.open(settings.lake), "documents")
    make_older(Lake.open(settings.lake).store.local(file.path), file.schema_version, drop_first_row)
    (finding,) = found(settings)
    assert finding.what == (
        f"{file.path} has other rows than its receipt says; remove it and run `dateline settle`, which makes "
        "it again from its captures"
    )
    (Path(settings.lake) / file.path).unlink()
    list(settle_all(settings))
    assert found(settings) == []


def drop_first_row(table: Any) -> Any:
    return table.slice(1)
