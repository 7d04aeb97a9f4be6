"""What stands around and in an address is no part of it, and hides no password."""

from __future__ import annotations

import pytest

from dateline.text.urls import web_url, without_credentials

PLAIN = "http://quay.test/a"


@pytest.mark.parametrize("around", ["\x18{}", "\x00 {}\x1f\n", "{}\r\n"])
def test_control_characters_around_it(around: str) -> None:
    assert web_url(around.format(PLAIN)) == PLAIN
    assert web_url(around.format("http://ann:word@quay.test/a")) == PLAIN
    assert "word" not in without_credentials(around.format("http://ann:word@quay.test/a"))


def test_line_breaks_within_it() -> None:
    assert web_url("ht\ttp://ann:\nword@quay.test/\ra") == PLAIN
    assert web_url("\x18") is None
