"""A feed that names what was forgotten is kept without its body, and still known to change."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from dateline.edges.lake import Lake
from dateline.remembered import crawl_state
from dateline.text.crawl_pace import interval
from taken import HOST, NOON, URL, feed, page, rows_of, settings_of, take_down, take_in

PLACE = f"{HOST}/feed.xml"


@pytest.mark.parametrize("first", [True, False])
def test_what_came_is_told_by_its_digest(tmp_path, first):
    settings = settings_of(tmp_path)
    if first:
        take_down(settings)
    row = feed(URL, f"{HOST}/nets")
    take_in(settings, "one", [row])
    if not first:
        take_down(settings)
    [capture] = rows_of(settings, "captures")
    [attempt] = rows_of(settings, "attempts")
    assert capture["body"] == b""
    assert attempt["body_digest"] == hashlib.sha256(row["body"]).hexdigest()[:16]


def test_its_pace_is_that_of_one_that_names_nothing_forgotten(tmp_path):
    pauses = []
    for number, named in enumerate([URL, f"{HOST}/other"]):
        (tmp_path / str(number)).mkdir()
        settings = settings_of(tmp_path / str(number))
        take_down(settings)
        for hour in range(12):
            at = {"captured": NOON + timedelta(hours=hour), "entries": 2}
            fresh = f"{HOST}/story-{hour}"
            rows = [feed(named, fresh) | at, page(fresh, f"Story {hour}") | at]
            take_in(settings, f"batch-{hour}", rows)
        state = crawl_state(Lake.open(settings.lake), NOON + timedelta(hours=12))
        pauses.append(interval(state.past("feed", PLACE), state._news_of(state.past("feed", PLACE))))
    assert pauses[0] == pauses[1] < timedelta(minutes=30)
