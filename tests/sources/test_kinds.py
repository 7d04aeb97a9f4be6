"""The kind of a file is told by its name and its first bytes."""

from __future__ import annotations

import gzip

import pytest

from dateline.sources import detect
from exchanges import PAGE


@pytest.mark.parametrize(
    ("path", "head", "kind"),
    [
        ("a.txt", b"date 2024-03-25 Ferry", "text"),
        ("a/b.HTML", b"", "html"),
        ("a.html.gz", gzip.compress(PAGE), "html"),
        ("a", PAGE, "html"),
        ("a", b"\xef\xbb\xbf\n<!-- x --><html>", "html"),
        ("a", b"plain words", "text"),
        ("a.jsonl", b"{", "jsonl"),
        ("a", b' {"text": "x"}', "jsonl"),
        ("a.txt", b"WARC/1.0\r\n", "warc"),
        ("a", gzip.compress(b"WARC/1.0\r\n" * 900)[:60], "warc"),
        ("a.arc.gz", b"", "warc"),
        ("dump.warc/notes.txt", b"words", "text"),
    ],
)
def test_kinds_are_told_by_name_and_bytes(path: str, head: bytes, kind: str) -> None:
    assert detect(path, head) == kind
