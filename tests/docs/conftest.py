"""A lake as `make run` leaves it behind, made without Airflow: what the pages show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from serve import Newsroom

from dateline.edges.archive import plan
from dateline.live_runs import clean_live, fetch_live, resolve_live
from dateline.run import import_batch, settle_all
from dateline.settings import ROOT, Settings

POLLS = ("2026-03-25T06:00:00Z", "2026-03-25T18:00:00Z")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `data/lake`: the sample newsroom polled twice, the sample archive, settled once."""
    folder = tmp_path_factory.mktemp("sample")
    settings = Settings(
        lake=str(folder / "data/lake"), sources=str(ROOT / "seeds/newsroom/sources"), host_gap=0.02
    )
    with Newsroom(POLLS[0]) as room:
        for now in POLLS:
            room.now = now
            settings = replace(settings, now=now, connect_to=room.connect_to)
            for batch in resolve_live(settings):
                fetch_live(settings, batch)
                clean_live(settings, batch.id)
    for archive in plan(ROOT / "seeds/archive", "text", None):
        import_batch(settings, archive, None, {})
    list(settle_all(settings))
    return folder
