"""One file for each kind of source; all are pure functions on bytes or binary streams."""

from __future__ import annotations

import re
import zlib

_EXTENSIONS = {
    "warc": "warc", "arc": "warc", "jsonl": "jsonl", "ndjson": "jsonl", "jsonlines": "jsonl", "json": "jsonl",
    "html": "html", "htm": "html", "xhtml": "html", "shtml": "html", "php": "html", "txt": "text",
    "text": "text", "md": "text",
}  # fmt: skip
_MARKUP = re.compile(rb"<(?:!doctype\s{1,9}html|html|head|body|meta|title|div)\b", re.IGNORECASE)
_XML = re.compile(rb"<(?:\?xml|!--)")


def detect(path: str, head: bytes) -> str:
    """The kind of an archive's file: text, html, jsonl or warc.

    Args:
        path: its name decides, unless the bytes say plainly that it is a web archive.
        head: its first bytes, a few hundred or more; gzip is looked into.
    """
    head = _unpacked(head)
    if head.startswith((b"WARC/", b"filedesc://")):
        return "warc"
    name = path.lower().rpartition("/")[2]
    for suffix in (".gz", ".lz4", ".zst", ".bz2"):
        name = name.removesuffix(suffix)
    if known := _EXTENSIONS.get(name.rpartition(".")[2] if "." in name else ""):
        return known
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return "jsonl"
    if _MARKUP.match(start) or (_XML.match(start) and _MARKUP.search(start)):
        return "html"
    return "text"


def _unpacked(head: bytes) -> bytes:
    """The first bytes inside gzip; the bytes themselves if they are none."""
    if not head.startswith(b"\x1f\x8b"):
        return head
    try:
        return zlib.decompressobj(31).decompress(head, 4096)
    except zlib.error:
        return head
