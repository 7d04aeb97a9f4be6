"""`dateline check` names every damage of a table of damages, and finds nothing in a lake that is whole."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from damage import (
    FIRST,
    LAST,
    RECORDS,
    SECOND,
    Rows,
    change_day,
    change_intake,
    found,
    put_footers_right,
    the_file,
)
from dateline.cli.main import main
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake, lease
from dateline.edges.lake.receipts import write_receipt
from dateline.edges.process import identity
from dateline.health import Finding, Looked, inspect
from dateline.run import settle_all
from dateline.settle import ORPHAN_SECONDS
from older_files import make_older, make_older_intake, write


def test_a_whole_lake_has_all_kinds_of_links_and_no_finding(whole):
    looked = Looked()
    assert list(inspect(whole, looked)) == []
    lake = Lake.open(whole.lake)
    rows = lake.dataset("duplicates").to_pylist()
    pairs = {(row["relation"], row["date"] == row["target_date"]) for row in rows}
    assert pairs == {("duplicate", True), ("duplicate", False), ("version", False)}
    files = list(Path(whole.lake).rglob("*.parquet"))
    assert looked.files == len(files)
    assert looked.days == 3
    assert looked.rows > 4 * len(RECORDS)


# Intake


def drop_first(rows: Rows) -> Rows:
    return rows[1:]


def other_capture(rows: Rows) -> None:
    rows[0]["capture_id"] = "f" * 32


def another_day(rows: Rows) -> None:
    rows[0]["published"] += timedelta(days=9)


def lose_receipt(step: str) -> Callable[[Lake], None]:
    return lambda lake: lake.store.delete(next(lake.store.list(f"receipts/{step}")))


def change_receipt(step: str, **values: Any) -> Callable[[Lake], None]:
    def change(lake: Lake) -> None:
        (receipt,) = lake.receipts(step)
        write_receipt(lake.store, replace(receipt, **values))

    return change


def other_bytes(lake: Lake) -> None:
    """The same rows by another library, under the same name."""
    _, file = the_file(lake, "captures")
    make_older(lake.store.local(file.path), 1)


def by_hand(dataset: str, change: Callable[[Any], Any]) -> Callable[[Lake], None]:
    """Rows that no step could have written, with a footer and a receipt that agree with them."""

    def damage(lake: Lake) -> None:
        make_older_intake(lake, dataset, 1, change)

    return damage


def swap(table: Any) -> Any:
    return table.take([1, 0, *range(2, table.num_rows)])


def no_such_kind(table: Any) -> Any:
    at = table.column_names.index("kind")
    return table.set_column(at, table.schema.field(at), [["rumour"] * table.num_rows])


def intake(dataset: str, change: Callable[[Rows], Rows | None]) -> Callable[[Lake], None]:
    return lambda lake: change_intake(lake, dataset, change)


def lose_file(dataset: str) -> Callable[[Lake], None]:
    return lambda lake: lake.store.delete(the_file(lake, dataset)[1].path)


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
    make_older(Lake.open(settings.lake).store.local(file.path), 1, drop_first_row)
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


# Derived days


def set_link(**values: Any) -> Callable[[Rows], None]:
    return lambda rows: rows[0].update(values)


def the_version(**values: Any) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        next(row for row in rows if row["relation"] == "version").update(values)

    return change


def turn_round(rows: Rows) -> None:
    rows[0]["article_id"], rows[0]["target_id"] = rows[0]["target_id"], rows[0]["article_id"]


def to_null(rows: Rows) -> None:
    rows[0]["target_date"] = None


def from_nobody(rows: Rows) -> None:
    rows[0]["article_id"] = "0" * 32


def mention(**values: Any) -> Callable[[Rows], None]:
    """A name in the first text: the word that opens it."""

    def change(rows: Rows) -> None:
        good = {"exact": "Oslo", "start": 0, "end": 4, "label": "GPE", "entity": 0}
        entity = {"idx": 0, "name": "Oslo", "label": "GPE", "count": 1}
        blank = dict.fromkeys(("role", "country", "geonames_id", "wikidata"))
        rows[0]["mentions"] = [good | values]
        rows[0]["entities"] = [entity | blank]

    return change


def one_more(rows: Rows) -> Rows:
    return sorted([*rows, rows[0] | {"article_id": "f" * 32}], key=lambda row: row["article_id"])


def no_newest(rows: Rows) -> None:
    rows[0]["is_newest"] = False


def other_text(rows: Rows) -> None:
    rows[0]["version_count"] += 1


DAYS: dict[str, tuple[dict[str, Callable[[Rows], Any]], date, str]] = {
    "a link to no article": (
        {"duplicates": set_link(target_id="0" * 32)}, FIRST, r"leads nowhere: 2026-03-20 has no such article",
    ),
    "a link to no day": (
        {"duplicates": set_link(target_date=date(2026, 3, 19))}, SECOND, "nowhere: 2026-03-19 has no article",
    ),
    "a link of the day before to an article of that day": (
        {"duplicates": set_link(target_date=FIRST, target_id="0" * 32)}, SECOND, "-20 has no such article",
    ),
    "a link to a later day": ({"duplicates": set_link(target_date=LAST)}, SECOND, "points forward, to 2026"),
    "a link beyond the window": (
        {"duplicates": set_link(target_date=date(2026, 3, 1))}, SECOND, "back than 14 days, to 2026-03-01",
    ),
    "a link to a later text of the day": ({"duplicates": turn_round}, FIRST, "points forward within the day"),
    "a link into the null partition": ({"duplicates": to_null}, SECOND, "into the null partition or out"),
    "a link of nobody": ({"duplicates": from_nobody}, FIRST, "starts at no article of the day"),
    "a version of another": (
        {"duplicates": the_version(target_id="0" * 32)}, LAST, "is not to an earlier day of the same article",
    ),
    "articles with another link": (
        {"articles": set_link(extends="0" * 32)}, FIRST, "extends and its columns are not what",
    ),
    "articles with another similarity": (
        {"duplicates": set_link(similarity=0.25)}, FIRST, "duplicate_of and its columns are not what",
    ),
    "an article without annotation": ({"annotations": drop_first}, FIRST, "1 articles have no annotation"),
    "an annotation without article": ({"annotations": one_more}, FIRST, "1 annotations have no article"),
    "articles that repeat another annotation": (
        {"annotations": mention()}, FIRST, "articles of 2026-03-20: mentions is not what `annotations` says",
    ),
    "an entity that is not listed": (
        dict.fromkeys(("annotations", "articles"), mention(entity=1)), FIRST,
        "annotations of 2026-03-20: mentions.entity is no entity of the article",
    ),
    "an offset beyond the text": (
        dict.fromkeys(("annotations", "articles"), mention(end=99_999)), FIRST, "mentions.end lies beyond",
    ),
    "words that do not stand there": (
        dict.fromkeys(("annotations", "articles"), mention(exact="Lima")), FIRST, "mentions.exact is not wh",
    ),
    "signatures of other articles": ({"signatures": no_newest}, FIRST, "its newest texts are not those of"),
    "an article is lost": ({"articles": drop_first}, FIRST, "publish 2026-03-20: 3 documents ≠ 2 articles"),
    "a version too many": ({"articles": other_text}, FIRST, "as many texts of each article as"),
}  # fmt: skip


@pytest.mark.parametrize("case", DAYS)
def test_damage_of_a_day_is_named_and_repaired_as_told(settings, whole, case):
    changes, day, words = DAYS[case]
    for dataset, change in changes.items():
        change_day(settings, dataset, day, change)
    put_footers_right(settings)
    findings = found(settings)
    assert [one for one in findings if re.search(words, one.what)], findings
    for _ in range(3):
        # Each round removes what is blamed; what was made of it may be blamed in the next.
        for one in findings:
            assert one.level == "broken"
            told = re.search(r"; remove (\S+quet)(?: and (\S+quet))? and run `dateline settle`$", one.what)
            assert told, one.what
            for path in filter(None, told.groups()):
                (Path(settings.lake) / path).unlink(missing_ok=True)
        list(settle_all(settings))
        findings = found(settings)
    assert findings == []
    for path in Path(whole.lake).glob("[!ac]*s/*/part.parquet"):
        assert (Path(settings.lake) / path.relative_to(whole.lake)).read_bytes() == path.read_bytes()


def test_a_good_mention_is_no_damage(settings):
    for dataset in ("annotations", "articles"):
        change_day(settings, dataset, FIRST, mention())
    put_footers_right(settings)
    assert found(settings) == []


def test_rows_that_are_not_what_the_footer_says(settings):
    lake = Lake.open(settings.lake)
    path = lake.store.local("duplicates/date=2026-03-20/part.parquet")
    write(path, pq.ParquetFile(path).read().slice(1), lake.footer("duplicates", FIRST))
    (finding,) = found(settings)
    assert finding.level == "broken"
    assert "duplicates of 2026-03-20: its rows are not what its footer says; remove dup" in finding.what


def test_moved_inputs_are_dirty_and_older_versions_stale(settings):
    findings = found(replace(settings, window_days=9))
    assert [(one.level, one.what.partition(" of ")[0]) for one in findings] == [("stale", "duplicates")] * 3
    assert {one.what.partition(": ")[2] for one in findings} == {
        "older versions made it; run `dateline settle --stale`"
    }
    change_day(settings, "signatures", FIRST, no_newest)
    assert {one.level for one in found(settings)} == {"dirty"}


# Older and newer schemas


@pytest.mark.parametrize("dataset", ["documents", "captures"])
def test_older_files_of_intake_are_told_in_one_line(settings, dataset):
    lake = Lake.open(settings.lake)
    count = len(list(lake.store.list(dataset)))
    make_older_intake(lake, dataset, 0)
    stale = [one.what for one in found(settings) if one.level == "stale"]
    assert len(stale) == 1
    assert stale[0].startswith(f"{count} files of {dataset} in ")
    assert stale[0].endswith("written under version 0, this dateline keeps 1: run `dateline migrate`")


@pytest.mark.parametrize(
    ("version", "level", "words"), [(0, "stale", "run `dateline migrate`"), (9, "broken", "upgrade dateline")]
)
def test_other_schemas_of_days_and_changes(settings, version, level, words):
    lake = Lake.open(settings.lake)
    paths = ["articles/date=2026-03-20/part.parquet", next(lake.store.list("changes"))]
    for path in paths:
        make_older(lake.store.local(path), version)
    findings = found(settings)
    assert [one.level for one in findings] == [level, level]
    for path, finding in zip(paths, findings, strict=True):
        assert path in finding.what
        assert finding.what.endswith(words)


# What is neither batch nor day


def test_a_history_that_does_not_lead_to_what_is_published(settings):
    lake = Lake.open(settings.lake)
    lake.store.delete(next(lake.store.list("changes")))
    (finding,) = found(settings)
    assert finding.level == "dirty"
    assert finding.what.startswith(
        "changes: its rows do not lead to the articles of 2026-03-20 as they are; run"
    )
    list(settle_all(settings))
    assert found(settings) == []


def test_changes_that_say_other_than_their_footer(settings):
    lake = Lake.open(settings.lake)
    path = next(lake.store.list("changes"))
    make_older(lake.store.local(path), 2, lambda table: table.slice(1))
    data = lake.store.get(path)
    lake.store.put(path, data.replace(b'"row_digest": "0:' + b"0" * 64, b'"row_digest": "1:' + b"0" * 64))
    (finding,) = found(settings)
    assert finding.level == "broken"
    assert "its rows are not what its footer says; remove it" in finding.what


def test_files_that_belong_to_nothing_are_told_when_they_are_old(settings):
    root = Path(settings.lake)
    listed = next(root.glob("documents/*/*.parquet"))
    for name, age in (("young", 60), ("old", ORPHAN_SECONDS + 3 * 86_400)):
        copy = listed.with_name(f"{name}.parquet")
        shutil.copy(listed, copy)
        then = Clock().now().timestamp() - age
        os.utime(copy, (then, then))
    stray = root / "articles/date=2026-03-20/backup.parquet"
    stray.write_bytes(b"")
    looked = Looked()
    assert [(one.level, one.what) for one in inspect(settings, looked)] == [
        (
            "note",
            "documents: 1 files that no receipt lists, the oldest 3 days old; `dateline settle` removes them",
        ),
        (
            "note",
            "articles/date=2026-03-20/backup.parquet is no file of the lake, and readers may take it for "
            "one; remove it",
        ),
    ]
    assert looked.young == 1


LEASES = {
    "expired": (timedelta(minutes=-31), {}, "is held by some run, which is gone; the next run takes it over"),
    "its process has ended": (
        timedelta(), {**identity(), "started": "1"}, "is held by some run, which is gone; the next run takes",
    ),
    "alive": (timedelta(), {}, "some run is settling this lake"),
    "from the future": (timedelta(days=2), {}, "a clock has jumped; if that run is gone, remove lease.json"),
}  # fmt: skip


@pytest.mark.parametrize("case", LEASES)
def test_a_lease_is_told(settings, case):
    ago, process, words = LEASES[case]
    lease.take(Lake.open(settings.lake).store, "some run", Clock().now() + ago, process)
    (finding,) = found(settings)
    assert finding.level == "note"
    assert words in finding.what


def test_a_torn_lease_is_told(settings):
    (Path(settings.lake) / lease.PATH).write_text("{")
    (finding,) = found(settings)
    assert (finding.level, finding.what) == (
        "note",
        "lease.json can't be read; the next run takes the lease over",
    )


@pytest.mark.parametrize(
    ("damage", "code", "said"),
    [
        (lambda lake: None, 0, "every promise is kept"),
        (lose_receipt("clean"), 0, "every promise is kept; "),
        (lose_file("captures"), 1, "1 promises are broken"),
    ],
)
def test_the_command_ends_with_totals_and_1_where_something_is_broken(
    settings, capsys, monkeypatch, damage, code, said
):
    monkeypatch.setenv("DATELINE_MODEL", "none")
    damage(Lake.open(settings.lake))
    with pytest.raises(SystemExit) as ended:
        main(["check", "--lake", settings.lake])
    assert (ended.value.code or 0) == code
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1].startswith(said)
    assert any(line.startswith("looked at ") and line.endswith(" 3 days") for line in lines)
