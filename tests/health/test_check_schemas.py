"""`dateline check` tells files of older and newer schemas, and which command helps."""

from __future__ import annotations

import pytest

from damage import found
from dateline.contracts import contract
from dateline.edges.lake import Lake
from older_files import make_older, make_older_intake


@pytest.mark.parametrize("dataset", ["documents", "captures"])
def test_older_files_of_intake_are_told_in_one_line(settings, dataset):
    lake = Lake.open(settings.lake)
    count = len(list(lake.store.list(dataset)))
    make_older_intake(lake, dataset, 0)
    stale = [one.what for one in found(settings) if one.level == "stale"]
    assert len(stale) == 1
    assert stale[0].startswith(f"{count} files of {dataset} in ")
    assert stale[0].endswith(
        f"written under version 0, this dateline keeps {contract(dataset).version}: run `dateline migrate`"
    )


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
