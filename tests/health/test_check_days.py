"""`dateline check` names each damage of a derived day, and what it tells to do repairs it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from damage import FIRST, LAST, SECOND, Rows, change_day, drop_first, found, put_footers_right
from dateline.edges.lake import Lake
from dateline.run import settle_all
from older_files import write


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


def to_syndicate(rows: Rows) -> None:
    next(row for row in rows if row["duplicate_of"]).update(syndicated_from="dpa", syndicated_why="credit")


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
    "a root that is none": ({"clusters": set_link(root_id="0" * 32)}, FIRST, "clusters .* its chains do not"),
    "a cluster of nobody": ({"clusters": one_more}, SECOND, "clusters of .*: its chains do not end where"),
    "an article without a cluster": ({"clusters": drop_first}, LAST, "clusters of .*: its chains do not"),
    "a link that is not the earliest": (
        {"duplicates": set_link(is_earliest=False)}, FIRST, "not just the earliest of the links of",
    ),
    "articles with another origin": (
        {"articles": to_syndicate}, FIRST, "duplicate_of and its columns are not what",
    ),
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
