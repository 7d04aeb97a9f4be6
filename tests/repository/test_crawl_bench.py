"""The bench of the fetch: the web that it polls, what it counts, and one small run."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest
from crawl_bench import bare, compare, killed, told
from crawl_web import Server, Shape

SMALL = Shape(pages=40, sources=4, hosts=2, page_bytes=500)


def test_every_page_is_named_once() -> None:
    named = [page for source in range(SMALL.sources) for page in SMALL.named(source)]
    assert sorted(named) == list(range(40))
    urls = SMALL.urls()
    assert len(urls) == len(set(urls)) == 2 + 4 + 40
    assert {paper.feeds[0] for paper in SMALL.papers()} <= set(urls)


def get(port: int, path: str, host: str = "h000.test") -> tuple[int, bytes]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": host})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, b""


def test_the_server_answers_and_counts() -> None:
    with Server(SMALL) as server:
        status, page = get(server.port, "/page/3")
        assert status == 200
        assert b"Page 3" in page
        assert len(page) > 500
        assert get(server.port, "/feed/1.xml")[1].count(b"<item>") == 10
        assert get(server.port, "/robots.txt")[0] == 200
        assert get(server.port, "/else")[0] == 404
        assert server.asked()["h000.test/page/3"] == 1
        assert sum(server.asked().values()) == 4
        server.forget()
        assert not server.asked()
        spent = told(bare, SMALL.urls(), server.port)
        assert set(server.asked().values()) == {1}
        assert len(server.asked()) == 46
    assert spent.cpu > 0
    assert spent.peak > 10_000_000


@pytest.mark.slow
def test_a_small_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(SMALL, tmp_path / "whole").cpu > 0
    assert "0 pages never asked for" in capsys.readouterr().out
    killed(Shape(pages=2_000, sources=4, hosts=2, page_bytes=500), tmp_path / "killed")
    assert "0 pages never asked for" in capsys.readouterr().out
