"""A user's mistake is one clear sentence and an exit code; a bad file is a reject; never a traceback."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from dateline.cli.main import main
from dateline.edges.lake import Lake

TEXT = "date 2026-03-22 {title}\n\nOSLO\nThe harbour council met on Sunday and voted for a new pier {n}.\n"


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    """Run `dateline`; gives exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATELINE_LAKE", "DATELINE_SOURCES", "DATELINE_NOW"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str) -> tuple[int, str, str]:
        code: object = 0
        try:
            main(list(arguments))
        except SystemExit as exit_:
            code = exit_.code
        told = capsys.readouterr()
        return (code if isinstance(code, int) else 0), told.out, told.err

    return run


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("show", "2024-02-31", "--lake", "L"), 2, "no day: '2024-02-31'"),
        (("show", "../../etc", "--lake", "L"), 2, "no day"),
        (("show", "2024-02-01", "--lake", "L"), 2, "there is no lake at L"),
        (("run", "--date", "../x"), 2, "no day"),
        (("settle", "--from", "2024-13-01"), 2, "no day"),
        (("settle", "--from", "2024-02-02", "--to", "2024-02-01"), 2, "lies after"),
        (("settle", "--lake", "gopher://x"), 2, "scheme"),
        (("import", "nowhere", "--kind", "text"), 2, "there is nothing at"),
        (("import", ".", "--kind", "runes"), 2, "is none of"),
        (("import", ".", "--kind", "jsonl", "--map", "text"), 2, "map wants pairs"),
        (("import", "in", "--kind", "jsonl", "--map", "txet=alt"), 2, "no field 'txet', only id, url,"),
        (("import", "in", "--kind", "jsonl", "--map", "text=a,text=b"), 2, "'text' twice"),
        (("import", "in", "--map", "text=body"), 2, "not for text"),
        (("import", "in", "--manifest", "same.jsonl"), 2, "lines 2 and 4 name the same file"),
        (("import", "in", "--manifest", "odd.jsonl"), 2, "line 1: html_path is no valid Unicode"),
        (("import", "in", "--kind", "text", "--captured-at", "2024-02-31"), 2, "no instant or day"),
        (("import", "in", "--kind", "text", "--archive", "../up"), 2, "not a name for an archive"),
        (("schema", "nonsense"), 2, "no dataset 'nonsense'"),
        (("sources", "enable", "no-such-source"), 2, "no-such-source"),
        (("extract", "--input", "none.jsonl", "--output", "o"), 2, "can't be read"),
        (("dedup", "--input", "bad.jsonl", "--output", "o"), 2, "line 1: no JSON"),
        (("enrich", "--input", "list.jsonl", "--output", "o"), 2, "not a JSON object"),
        (("dedup", "--input", "empty.jsonl", "--output", "no/such/folder"), 2, "can't be written"),
        (("enrich", "--input", "nan.jsonl", "--output", "o"), 2, "line 1: no JSON (NaN is no JSON)"),
        (("enrich", "--input", "nameless.jsonl", "--output", "o"), 2, "text 1 has no id"),
        (("nonsense",), 2, "No such command"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_one_sentence_and_an_exit_code(call, tmp_path, arguments, code, told):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT.format(title="A pier", n=1))
    (tmp_path / "bad.jsonl").write_text("{oops\n")
    (tmp_path / "list.jsonl").write_text("[1]\n")
    (tmp_path / "empty.jsonl").write_text("")
    (tmp_path / "nan.jsonl").write_text('{"id": NaN, "text": "x"}\n')
    (tmp_path / "nameless.jsonl").write_text('{"id": [1], "text": "x"}\n')
    (tmp_path / "odd.jsonl").write_text('{"html_path": "in/\\ud800"}\n')
    (tmp_path / "same.jsonl").write_text(
        '\n{"html_path": "in/x"}\n{"html_path": "in/y"}\n{"html_path": "in/../in/x"}\n'
    )
    found, out, err = call(*arguments)
    assert told in err + out
    assert found == code
    assert "Traceback" not in err


def test_a_lake_that_can_not_be_written(call, tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "in").mkdir()
    code, _, err = call("import", "in", "--kind", "text", "--lake", "file/lake")
    assert code == 1
    assert "can't be written" in err


def test_an_empty_folder_is_nothing_to_do(call, tmp_path):
    (tmp_path / "in").mkdir()
    code, out, _ = call("import", "in", "--kind", "auto", "--lake", "L")
    assert code == 0
    assert "nothing to do" in out


def bad_files(folder: Path) -> dict[str, str]:
    """Name → reason of what can't be used, beside one good file."""
    folder.mkdir()
    (folder / "good.txt").write_text(TEXT.format(title="A new pier for the harbour", n=1))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "impossible-day.txt").write_text(TEXT.format(title="x", n=2).replace("03-22", "02-31"))
    (folder / "huge.txt").write_bytes(b"a word " * 400_000)
    (folder / "latin.txt").write_bytes(
        TEXT.format(title="Café", n=3).replace("Sunday", "Sunday at the café in Málaga").encode("cp1252")
    )
    (folder / "cut.txt.gz").write_bytes(gzip.compress(TEXT.encode() * 50)[:60])
    (folder / "dangling.txt").symlink_to(folder / "gone.txt")
    return {
        "empty.txt": "empty",
        "binary.txt": "binary",
        "impossible-day.txt": "bad_date",
        "huge.txt": "too_large",
        "cut.txt.gz": "unreadable",
    }


def test_bad_text_files_become_rejects_with_their_reason(call, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_MAX_BYTES", "1000000")
    expected = bad_files(tmp_path / "in")
    code, _, err = call("import", "in", "--kind", "text", "--lake", "L")
    assert code == 0, err
    lake = Lake.open("L")
    assert {row["path"]: row["reason"] for row in lake.dataset("rejects").to_pylist()} == expected
    titles = {row["path"]: row["title"] for row in lake.dataset("articles").to_pylist()}
    assert titles == {"good.txt": "A new pier for the harbour", "latin.txt": "Café"}


def test_bad_pages_become_rejects_and_nothing_hangs(call, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    pages = {
        "empty.html": b"",
        "deep.html": b"<html><body>" + b"<div>" * 100_000 + b"<p>text" + b"</div>" * 100_000,
        "picture.html": b"\x89PNG\r\n\x1a\n" + b"\0" * 500,
        "cut.html": b"<html><head><title>Cut",
        "list.html": b"<html><body><ul>" + b"<li><a href='/a'>A link</a></li>" * 50 + b"</ul></body></html>",
        "good.html": b"<html><head><title>A new pier</title></head><body><article><h1>A new pier</h1>"
        + b"<p>The harbour council met on Sunday and voted for a new pier that will open in May.</p>" * 8
        + b"</article></body></html>",
    }
    for name, body in pages.items():
        (folder / name).write_bytes(body)
    lines = [
        {"url": f"https://x.test/{name}", "html_path": f"in/{name}"} for name in [*pages, "missing.html"]
    ]
    (tmp_path / "m.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    code, _, err = call("import", "in", "--kind", "html", "--manifest", "m.jsonl", "--lake", "L")
    assert code == 0, err
    lake = Lake.open("L")
    rejects = {row["path"]: row["reason"] for row in lake.dataset("rejects").to_pylist()}
    assert set(rejects) == {*pages, "missing.html"} - {"good.html"} - {
        row["path"] for row in lake.dataset("articles").to_pylist()
    }
    assert {
        "empty.html": "empty",
        "missing.html": "missing",
        "picture.html": "not_html",
    }.items() <= rejects.items()
    assert "good.html" in {row["path"] for row in lake.dataset("articles").to_pylist()}
    assert call("check", "--lake", "L")[0] == 0


def test_bad_lines_of_a_dump_are_rejects_with_their_number(call, tmp_path):
    lines = [
        '{"title": "A pier", "body": "The council voted for a new pier on Sunday.", "date": "2026-03-22"}'
    ]
    lines += ["{broken", "[1, 2]", '{"title": "No text"}', '{"text": "x", "date": "2024-02-31"}', "\xff" * 3]
    (tmp_path / "dump.jsonl").write_bytes("\n".join(lines).encode("latin-1"))
    code, _, err = call("import", "dump.jsonl", "--map", "text=body", "--lake", "L")
    assert code == 0, err
    lake = Lake.open("L")
    assert lake.dataset("articles").num_rows == 1
    assert lake.dataset("rejects").num_rows == 5


def test_a_file_that_can_not_be_opened_does_not_hide_the_kind_of_the_others(call, tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT.format(title="A new pier for the harbour", n=1))
    (tmp_path / "in" / "loop.html").symlink_to(tmp_path / "in" / "loop.html")
    code, _, err = call("import", "in", "--lake", "L")
    assert code == 0, err
    lake = Lake.open("L")
    assert lake.dataset("articles").num_rows == 1
    assert [(row["path"], row["reason"]) for row in lake.dataset("rejects").to_pylist()] == [
        ("loop.html", "unreadable")
    ]


def test_a_manifest_leads_nowhere_else_and_keeps_its_urls(call, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "a.html").write_text("<p>a")
    (tmp_path / "secret.html").write_text("<p>secret")
    names = ["in/a.html", "in/gone.html", "in/../secret.html", "/etc/hostname"]
    lines = [{"url": f"https://x.test/{number}", "html_path": name} for number, name in enumerate(names)]
    (tmp_path / "m.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    code, _, err = call("import", "link", "--kind", "html", "--manifest", "m.jsonl", "--lake", "L")
    assert code == 0, err
    lake = Lake.open("L")
    rejects = {row["url"]: row["reason"] for row in lake.dataset("rejects").to_pylist()}
    assert [row["path"] for row in lake.dataset("captures").to_pylist()] == ["a.html"]
    assert rejects.pop("https://x.test/0") == "too_short"
    assert rejects == {
        "https://x.test/1": "missing",
        "https://x.test/2": "bad_path",
        "https://x.test/3": "bad_path",
    }
