"""Saved pages: the exchanges that they become, with and without a manifest."""

from __future__ import annotations

import gzip
from io import BytesIO
from typing import Any

import pytest

from dateline.sources import html
from exchanges import PAGE, WHEN, checked


@pytest.mark.parametrize(
    "body",
    [PAGE, gzip.compress(PAGE), gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:])],
    ids=["plain", "gzip", "two members"],
)
def test_a_saved_page_with_its_manifest(body: bytes) -> None:
    entry = {
        "url": "https://ness.example/ferry",
        "captured_at": "2024-03-25T10:00:00+01:00",
        "published": "March 25, 2024",
        "title": "Ferry",
    }
    (row,) = checked(html.read(BytesIO(body), "1.html", "pages", entry, None))
    assert (row["body"], row["url"], row["captured"], row["input_kind"]) == (PAGE, entry["url"], WHEN, "page")
    assert (row["lead"]["origin"], row["lead"]["published"], row["lead"]["title"]) == (
        "manifest",
        "2024-03-25",
        "Ferry",
    )


def test_a_saved_page_without_manifest_keeps_what_the_caller_knows() -> None:
    (row,) = checked(html.read(BytesIO(PAGE), "1.html", "pages", None, WHEN))
    assert (row["url"], row["captured"], row["lead"]) == (None, WHEN, None)


@pytest.mark.parametrize(
    ("body", "entry", "failure"),
    [
        (b"", {}, "empty"),
        (PAGE * 9, {}, "too_large"),
        (gzip.compress(PAGE * 9), {}, "too_large"),
        (gzip.compress(PAGE)[:30], {}, "unreadable"),
        (b"\x1f\x8b not gzip", {}, "unreadable"),
        (PAGE, {"captured_at": "2024-02-31"}, "bad_date"),
        (PAGE, {"url": 7, "title": ["x"], "published": None, "captured_at": True}, None),
    ],
)
def test_saved_pages_that_can_not_be_used(body: bytes, entry: dict[str, Any], failure: str | None) -> None:
    (row,) = checked(html.read(BytesIO(body), "1.html", "pages", entry, None, limit=200))
    assert row["failure"] == failure
    assert (row["body"] is None) == bool(failure)
