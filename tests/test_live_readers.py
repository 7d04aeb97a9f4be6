"""A reader that fails at one answer: it is told as unreadable, and the others are read."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.live import leading
from dateline.sources import feeds, sections, sitemaps
from scripted_polls import Paper, Polls, of_kind, rss
from scripted_web import answer

READERS = {"feed": feeds, "sitemap": sitemaps, "section": sections}
GOOD, PAGE = "http://good.test/feed", "http://good.test/a"


@pytest.mark.parametrize("kind", READERS)
def test_it_takes_no_other_along(
    kind: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    read = READERS[kind].read

    def fails(body: bytes, **known: Any) -> Any:
        if b"evil" in body:
            raise ZeroDivisionError("words of the body")
        return read(body, **known)

    monkeypatch.setattr(READERS[kind], "read", fails)
    place = f"http://bad.test/{kind}"
    bad = Paper("bad", **{"feeds": (), f"{kind}s": (place,)}, home="http://bad.test/")
    scripts = {
        f"bad.test/{kind}": answer("<p>evil"),
        "good.test/feed": rss(PAGE),
        "good.test/a": answer("<p>a"),
    }
    polls = Polls(scripts, bad, Paper("good", (GOOD,), home="http://good.test/"))
    rows = polls.poll()
    [told] = [row for row in rows if row["url"] == place]
    assert (told["failure"], told["detail"]) == ("unreadable", "its reader failed: ZeroDivisionError")
    assert told["body"] is None
    assert of_kind(rows) == {PAGE: None}
    [record] = [one for one in caplog.records if one.name == leading.log.name]
    assert place in record.getMessage()
    assert record.exc_info is not None
