"""What a feed said of a page that was never had is forgotten with it."""

from __future__ import annotations

import pytest

from dateline.edges.lake import Lake
from dateline.intake import fetch_batch
from dateline.text.leads import make_lead
from taken import HOST, KEPT, SECRET, URL, answer, findings, rows_of, settings_of, settle, take_down, take_in

LEAD = make_lead(
    "feed", origin_url=f"{HOST}/feed.xml", title=f"{SECRET} lit the lamp", summary="On the pier."
)
FAILED = {**answer("page", f"{URL}?utm_source=rss", b""), "body": None, "failure": "timeout", "lead": LEAD}
MOVED = FAILED | {"url": f"{HOST}/short/7", "final_url": URL, "redirects": [f"{HOST}/short/7"]}
PUT_OFF = FAILED | {"failure": "deferred", "lead": make_lead("section", title=f"{SECRET} again")}
OTHER = FAILED | {"url": f"{HOST}/other", "final_url": None, "lead": make_lead("feed", title="Nets")}
ROWS = (FAILED, MOVED, PUT_OFF, OTHER, KEPT)


@pytest.fixture
def settings(tmp_path):
    return settings_of(tmp_path)


def kept(settings):
    return {row["seq"]: row["lead"]["title"] for row in rows_of(settings, "attempts") if row["lead"]}


def outcomes(settings):
    return [row["outcome"] for row in sorted(rows_of(settings, "attempts"), key=lambda row: row["seq"])]


@pytest.mark.parametrize("what", [URL, URL + "#top"])
def test_it_goes_from_attempts(settings, what):
    take_in(settings, "first", ROWS)
    settle(settings)
    before = outcomes(settings)
    assert set(kept(settings)) == {0, 1, 2, 3}
    take_down(settings, what)
    assert kept(settings) == {3: "Nets"}
    assert outcomes(settings) == before, "what a host did is still told"
    assert [level for level, _ in findings(settings)] == ["note"]
    files = Lake.open(settings.lake).store.list("attempts")
    assert len(list(files)) == 1, "the file with the lead lies there still"


def test_a_source_that_is_forgotten_takes_its_leads_along(settings):
    take_in(settings, "first", ROWS)
    settle(settings)
    take_down(settings, "gull")
    assert kept(settings) == {}
    assert [level for level, _ in findings(settings)] == ["note"]


def test_it_is_not_kept_any_more(settings):
    take_down(settings)
    take_in(settings, "first", ROWS)
    assert kept(settings) == {3: "Nets"}


def test_one_that_is_left_is_found(settings, monkeypatch):
    take_down(settings)
    monkeypatch.setattr("dateline.intake.refuse", lambda rows, *_: rows)
    made = [{**row, "seq": seq} for seq, row in enumerate(ROWS)]
    fetch_batch(Lake.open(settings.lake), "first", {"all": "1"}, lambda _, __: made)
    [(level, told)] = [one for one in findings(settings) if "forgotten" in one[1]]
    assert (level, "3 rows of attempts" in told) == ("broken", True)
