"""What a robots.txt that can't be had means in one poll, it means in the next: nothing else is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripted_town import FIRST, Town, feed, item, page
from scripted_web import Script, answer, redirect

CLOSED: dict[str, Script] = {
    "300": answer("which?", 300),
    "306": answer("no", 306),
    "407": answer("who?", 407),
    "500": answer("no", 500),
    "304": answer("", 304),
    "a switch of protocols": b"HTTP/1.1 101 Word\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
    "moved to a private place": redirect("http://10.0.0.1/robots.txt"),
}
OPEN: dict[str, Script] = {
    "404": answer("no", 404),
    "403": answer("no", 403),
    "425": answer("no", 425),
    "empty": answer(""),
    "a circle": redirect("/robots.txt"),
}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    made.source("quay", 'feeds = ["http://www.quay.test/feed"]')
    made.scripts |= {"www.quay.test/feed": feed(item("/a")), "www.quay.test/a": page(FIRST)}
    yield made
    made.web.close()


def asked(town: Town, hours: float) -> list[str]:
    town.at(hours, settle=False)
    return [one.path for one in town.web.asked]


@pytest.mark.parametrize("name", CLOSED)
def test_two_polls_of_a_closed_host(name: str, town: Town) -> None:
    town.scripts["www.quay.test/robots.txt"] = CLOSED[name]
    for hours in (0, 2):
        assert set(asked(town, hours)) == {"/robots.txt"}
    town.scripts["www.quay.test/robots.txt"] = answer("User-agent: *\nAllow: /")
    assert "/a" in asked(town, 12)


@pytest.mark.parametrize("name", OPEN)
def test_two_polls_of_an_open_one(name: str, town: Town) -> None:
    town.scripts["www.quay.test/robots.txt"] = OPEN[name]
    assert "/a" in asked(town, 0)
    assert "/robots.txt" not in asked(town, 2)


def test_a_page_that_a_proxy_refused_is_asked_for_again(town: Town) -> None:
    town.scripts["www.quay.test/a"] = [answer("who?", 407), page(FIRST)]
    assert "/a" in asked(town, 0)
    assert "/a" in asked(town, 2)
