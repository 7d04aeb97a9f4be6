"""Users and passwords in URLs: never stored, never sent."""

from __future__ import annotations

import pytest

from dateline.text.urls import absolute, web_url, without_credentials

CREDENTIALS = {
    "http://me:secret@harbour.example/a@b": "http://harbour.example/a@b",
    "HTTPS://me@harbour.example:81?c=d@e": "HTTPS://harbour.example:81?c=d@e",
    " http://me:p@ss@harbour.example": " http://harbour.example",
    "//me:secret@harbour.example/": "//harbour.example/",
    "http://harbour.example/@writer": "http://harbour.example/@writer",
    "http://harbour.example?me@there": "http://harbour.example?me@there",
    "http://harbour.example\\@other.example/": "http://harbour.example\\@other.example/",
    "mailto:me@harbour.example": "mailto:me@harbour.example",
    "me@harbour.example": "me@harbour.example",
}


@pytest.mark.parametrize("url", CREDENTIALS)
def test_credentials_are_taken_out_and_nothing_else(url: str) -> None:
    assert without_credentials(url) == CREDENTIALS[url]


def test_what_is_taken_from_pages_has_no_credentials() -> None:
    url = "http://me:secret@harbour.example/a"
    assert web_url(url) == "http://harbour.example/a"
    assert absolute("b", url) == "http://harbour.example/b"
    assert absolute("//me@harbour.example/c", url) == "http://harbour.example/c"
